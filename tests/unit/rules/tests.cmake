sohoa_tests(unit/rules USES sohoa_rules sohoa_catalogue)
