# Tesseract as an oracle and peer, and pages as the recogniser gets them: for tests and the benchmark only.
add_library(sohoa_test_reading STATIC support/tesseract_oracle.cpp support/upright_pages.cpp)
target_include_directories(sohoa_test_reading PUBLIC ${CMAKE_SOURCE_DIR})
target_link_libraries(sohoa_test_reading PUBLIC sohoa_model PRIVATE sohoa_decode sohoa_imaging sohoa_intake PkgConfig::TESSERACT)

add_executable(sohoa_reading_bench bench/reading_bench.cpp)
target_link_libraries(sohoa_reading_bench PRIVATE sohoa_ocr sohoa_lstm sohoa_layout sohoa_decode sohoa_test_reading)

add_executable(sohoa_identity bench/identity.cpp)
set_target_properties(sohoa_identity PROPERTIES OUTPUT_NAME sohoa-identity)
set_target_properties(sohoa_reading_bench PROPERTIES OUTPUT_NAME sohoa-reading-bench)
target_link_libraries(sohoa_identity PRIVATE sohoa_ocr sohoa_lstm sohoa_decode sohoa_test_reading)

find_package(nlohmann_json REQUIRED)
add_executable(sohoa_fields_bench bench/fields.cpp)
set_target_properties(sohoa_fields_bench PROPERTIES OUTPUT_NAME sohoa-fields)
target_link_libraries(sohoa_fields_bench PRIVATE sohoa_fields sohoa_issue nlohmann_json::nlohmann_json)

add_executable(sohoa_word_bench bench/word_bench.cpp)
set_target_properties(sohoa_word_bench PROPERTIES OUTPUT_NAME sohoa-words)
target_link_libraries(sohoa_word_bench PRIVATE sohoa_ocr sohoa_language sohoa_decode sohoa_test_reading nlohmann_json::nlohmann_json)
