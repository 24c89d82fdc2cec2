sohoa_tests(unit/base USES sohoa_base sohoa_test_support)
