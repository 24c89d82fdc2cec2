sohoa_tests(unit/flow USES sohoa_flow sohoa_test_support)
