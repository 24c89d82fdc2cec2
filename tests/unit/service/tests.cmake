sohoa_tests(unit/service USES sohoa_duplicates)
