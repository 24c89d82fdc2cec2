include(${CMAKE_CURRENT_SOURCE_DIR}/golden/preflight/preflight.cmake)
sohoa_tests(functional/issuing USES sohoa_test_support sohoa_demo_pki sohoa_issue sohoa_barcodes sohoa_catalogue sohoa_rules
            nlohmann_json::nlohmann_json TIMEOUT 600 TOGETHER)
target_compile_definitions(functional_issuing PRIVATE PREFLIGHT_CLASSPATH="${preflight_classpath}")
add_dependencies(functional_issuing sohoa sohoa-page)
