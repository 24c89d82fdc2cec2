sohoa_tests(fault/issuing USES sohoa_test_support sohoa_demo_pki nlohmann_json::nlohmann_json TIMEOUT 600)
add_dependencies(fault_issuing sohoa sohoa-page)
