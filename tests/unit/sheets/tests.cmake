sohoa_tests(unit/sheets USES sohoa_sheets sohoa_test_support)
