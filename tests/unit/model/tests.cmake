sohoa_tests(unit/model USES sohoa_model)
