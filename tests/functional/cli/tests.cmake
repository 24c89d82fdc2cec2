sohoa_tests(functional/cli USES sohoa_test_support nlohmann_json::nlohmann_json)
add_dependencies(functional_cli sohoa sohoa-page)
