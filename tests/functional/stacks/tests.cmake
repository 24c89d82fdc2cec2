add_library(sohoa_test_stacks STATIC support/stacks.cpp)
target_link_libraries(sohoa_test_stacks PUBLIC sohoa_datasets sohoa_test_support GTest::gtest)
sohoa_tests(functional/stacks USES sohoa_test_stacks nlohmann_json::nlohmann_json TIMEOUT 900)
add_dependencies(functional_stacks sohoa sohoa-page)
