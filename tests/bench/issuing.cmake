add_executable(sohoa_issuing_bench bench/issuing_bench.cpp)
set_target_properties(sohoa_issuing_bench PROPERTIES OUTPUT_NAME sohoa-issuing-bench)
target_include_directories(sohoa_issuing_bench PRIVATE ${CMAKE_SOURCE_DIR})
target_compile_definitions(sohoa_issuing_bench PRIVATE SOHOA_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                           SOHOA_BINARY_DIR="${CMAKE_BINARY_DIR}/bin" SOHOA_SHARED_DATA="${SOHOA_SHARED_DATA}")
target_link_libraries(sohoa_issuing_bench PRIVATE sohoa_test_support sohoa_demo_pki sohoa_wiring sohoa_flow sohoa_issue
                      nlohmann_json::nlohmann_json)
