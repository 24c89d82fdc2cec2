sohoa_tests(unit/http USES sohoa_http)
