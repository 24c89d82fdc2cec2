sohoa_tests(unit/datasets USES sohoa_datasets sohoa_test_support)
