sohoa_tests(fault/decode USES sohoa_decode TIMEOUT 600)
target_sources(fault_decode PRIVATE ${CMAKE_SOURCE_DIR}/tests/unit/decode/workbench.cpp)
