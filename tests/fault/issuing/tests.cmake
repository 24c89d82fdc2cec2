sohoa_tests(fault/issuing USES sohoa_test_support sohoa_demo_pki sohoa_wiring sohoa_archive sohoa_flow
            nlohmann_json::nlohmann_json TIMEOUT 600)
target_sources(fault_issuing PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/fault/archive/faulty_env.cpp)
add_dependencies(fault_issuing sohoa sohoa-page)
