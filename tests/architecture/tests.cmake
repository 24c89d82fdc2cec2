sohoa_tests(architecture USES sohoa_base)
add_dependencies(architecture sohoa sohoa-page)
