sohoa_tests(fault/kill USES sohoa_test_stacks sohoa_archive nlohmann_json::nlohmann_json TIMEOUT 900)
add_dependencies(fault_kill sohoa sohoa-page)
