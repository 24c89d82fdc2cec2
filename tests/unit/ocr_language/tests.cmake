sohoa_tests(unit/ocr_language USES sohoa_language)
