sohoa_tests(unit/datasets USES sohoa_datasets)
