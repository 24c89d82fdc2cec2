sohoa_tests(unit/base USES sohoa_base)
