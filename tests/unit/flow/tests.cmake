sohoa_tests(unit/flow USES sohoa_flow sohoa_archive sohoa_test_support)
add_dependencies(unit_flow sohoa-page)
