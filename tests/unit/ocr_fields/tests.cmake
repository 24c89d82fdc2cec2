sohoa_tests(unit/ocr_fields USES sohoa_fields sohoa_text)
