sohoa_tests(unit/text USES sohoa_text)
