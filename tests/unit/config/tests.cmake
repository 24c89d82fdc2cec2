sohoa_tests(unit/config USES sohoa_config sohoa_test_support)
