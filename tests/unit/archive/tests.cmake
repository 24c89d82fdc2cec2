sohoa_tests(unit/archive USES sohoa_archive sohoa_test_support)
