include(${CMAKE_CURRENT_SOURCE_DIR}/golden/preflight/preflight.cmake)
pkg_check_modules(LCMS REQUIRED IMPORTED_TARGET lcms2)
find_package(ZLIB REQUIRED)
find_package(nlohmann_json REQUIRED)

sohoa_tests(unit/issue USES sohoa_issue sohoa_text sohoa_test_support PkgConfig::LCMS ZLIB::ZLIB nlohmann_json::nlohmann_json)
target_compile_definitions(unit_issue PRIVATE PREFLIGHT_CLASSPATH="${preflight_classpath}")
