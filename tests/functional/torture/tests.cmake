sohoa_tests(functional/torture USES sohoa_test_support nlohmann_json::nlohmann_json TIMEOUT 1500)
add_dependencies(functional_torture sohoa sohoa-page)
