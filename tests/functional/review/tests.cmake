sohoa_tests(functional/review USES sohoa_test_support nlohmann_json::nlohmann_json)
add_dependencies(functional_review sohoa sohoa-page)
