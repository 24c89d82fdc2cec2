sohoa_tests(unit/catalogue USES sohoa_catalogue sohoa_rules)
