include(${CMAKE_CURRENT_SOURCE_DIR}/golden/preflight/preflight.cmake)
find_package(ZLIB REQUIRED)
sohoa_tests(unit/pdf USES sohoa_pdf sohoa_issue sohoa_test_support ZLIB::ZLIB)
target_compile_definitions(unit_pdf PRIVATE PREFLIGHT_CLASSPATH="${preflight_classpath}")
