# SoftHSM whose tokens can be taken out.
find_library(SOHOA_SOFTHSM softhsm2 PATH_SUFFIXES softhsm REQUIRED)
pkg_check_modules(P11_KIT REQUIRED p11-kit-1)
add_library(removable_token MODULE support/pki/removable_token.cpp)
target_include_directories(removable_token SYSTEM PRIVATE ${P11_KIT_INCLUDE_DIRS})
target_compile_definitions(removable_token PRIVATE SOHOA_SOFTHSM="${SOHOA_SOFTHSM}")
target_link_libraries(removable_token PRIVATE ${CMAKE_DL_LIBS})

sohoa_tests(unit/sign USES sohoa_sign sohoa_demo_pki sohoa_test_support ${CMAKE_DL_LIBS})
target_compile_definitions(unit_sign PRIVATE SOHOA_REMOVABLE_TOKEN="$<TARGET_FILE:removable_token>"
                           SOHOA_SOFTHSM="${SOHOA_SOFTHSM}")
add_dependencies(unit_sign removable_token sohoa_pki)
