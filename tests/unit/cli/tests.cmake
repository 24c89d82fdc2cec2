find_package(nlohmann_json REQUIRED)
sohoa_tests(unit/cli USES sohoa_cli sohoa_test_support nlohmann_json::nlohmann_json)
