# Fuzzers of everything that parses untrusted bytes in the coordinator. With the preset `fuzz` (clang, libFuzzer):
# build/fuzz/bin/page_messages_fuzz -max_total_time=60
# sohoa_fuzzer(NAME USES ...): the program of NAME.cpp.
function(sohoa_fuzzer name)
  cmake_parse_arguments(ARG "" "" "USES" ${ARGN})
  if(SOHOA_FUZZ)
    add_executable(${name} ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/${name}.cpp)
    target_link_libraries(${name} PRIVATE ${ARG_USES})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    add_test(NAME fuzz.${name} COMMAND ${name} -max_total_time=20)
  endif()
endfunction()

sohoa_fuzzer(page_messages_fuzz USES sohoa_engine sohoa_model)
