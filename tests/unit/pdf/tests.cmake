find_package(ZLIB REQUIRED)
sohoa_tests(unit/pdf USES sohoa_pdf sohoa_issue sohoa_test_support ZLIB::ZLIB)
