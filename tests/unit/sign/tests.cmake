sohoa_tests(unit/sign USES sohoa_sign sohoa_demo_pki sohoa_test_support)
