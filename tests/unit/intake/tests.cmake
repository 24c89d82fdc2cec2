sohoa_tests(unit/intake USES sohoa_intake)
