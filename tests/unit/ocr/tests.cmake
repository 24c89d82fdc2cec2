sohoa_tests(unit/ocr USES sohoa_ocr sohoa_text)
