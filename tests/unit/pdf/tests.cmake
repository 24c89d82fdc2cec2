sohoa_tests(unit/pdf USES sohoa_pdf sohoa_test_support)
