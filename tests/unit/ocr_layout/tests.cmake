sohoa_tests(unit/ocr_layout USES sohoa_layout)
