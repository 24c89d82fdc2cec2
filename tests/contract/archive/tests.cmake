sohoa_tests(contract/archive USES sohoa_archive sohoa_test_support)
