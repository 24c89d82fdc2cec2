sohoa_tests(unit/service USES sohoa_duplicates sohoa_requests)
