include(${CMAKE_CURRENT_SOURCE_DIR}/golden/preflight/preflight.cmake)
sohoa_tests(functional/results USES sohoa_test_support nlohmann_json::nlohmann_json TIMEOUT 600 TOGETHER)
target_compile_definitions(functional_results PRIVATE PREFLIGHT_CLASSPATH="${preflight_classpath}")
add_dependencies(functional_results sohoa sohoa-page)
