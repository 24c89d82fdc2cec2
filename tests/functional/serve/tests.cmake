sohoa_tests(functional/serve USES sohoa_test_support nlohmann_json::nlohmann_json)
add_dependencies(functional_serve sohoa sohoa-page)
