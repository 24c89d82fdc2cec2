sohoa_tests(functional/http USES sohoa_http)
