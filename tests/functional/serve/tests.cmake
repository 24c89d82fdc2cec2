sohoa_tests(functional/serve USES sohoa_test_support sohoa_catalogue sohoa_rules nlohmann_json::nlohmann_json)
add_dependencies(functional_serve sohoa sohoa-page)
