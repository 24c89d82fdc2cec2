# Fuzzers of everything that parses untrusted bytes in the coordinator, from the seeds in corpus/NAME on. With the preset
# `fuzz` (clang, libFuzzer): build/fuzz/bin/page_messages_fuzz -max_total_time=60 FOLDER tests/fuzz/corpus/page_messages
# sohoa_fuzzer(NAME USES ...): the program of NAME_fuzz.cpp.
function(sohoa_fuzzer name)
  cmake_parse_arguments(ARG "" "LENGTH" "USES" ${ARGN})
  if(SOHOA_FUZZ)
    add_executable(${name}_fuzz ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/${name}_fuzz.cpp)
    target_link_libraries(${name}_fuzz PRIVATE ${ARG_USES})
    target_link_options(${name}_fuzz PRIVATE -fsanitize=fuzzer)
    # What is found goes to a folder of the build; the seeds stay as they are.
    set(found ${CMAKE_BINARY_DIR}/fuzz/${name})
    file(MAKE_DIRECTORY ${found})
    add_test(NAME fuzz.${name} WORKING_DIRECTORY ${found}
             COMMAND ${name}_fuzz -max_total_time=20 -max_len=${ARG_LENGTH} ${found} ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/${name})
  endif()
endfunction()

sohoa_fuzzer(page_messages USES sohoa_engine sohoa_model LENGTH 16384)
sohoa_fuzzer(issue USES sohoa_issue LENGTH 16384)
sohoa_fuzzer(multipart USES sohoa_http LENGTH 2048)
sohoa_fuzzer(request USES sohoa_http sohoa_intake LENGTH 1024)
sohoa_fuzzer(pdf USES sohoa_pdf LENGTH 8192)
