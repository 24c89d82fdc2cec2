if(NOT SOHOA_SANITIZE)  # instrumented code counts otherwise
  find_program(VALGRIND valgrind REQUIRED)
  add_executable(sohoa_counted_page functional/counted/page.cc)
  set_target_properties(sohoa_counted_page PROPERTIES OUTPUT_NAME sohoa-counted-page)
  target_link_libraries(sohoa_counted_page PRIVATE sohoa_ocr sohoa_layout sohoa_decode sohoa_test_reading)
  sohoa_tests(functional/counted TIMEOUT 300 USES sohoa_test_support)
  add_dependencies(functional_counted sohoa_counted_page)
endif()
