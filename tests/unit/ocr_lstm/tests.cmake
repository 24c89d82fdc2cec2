find_file(SOHOA_VIE_MODEL vie.traineddata
  PATHS ENV TESSDATA_PREFIX /usr/share/tesseract-ocr/5/tessdata /usr/share/tessdata /usr/local/share/tessdata
  NO_DEFAULT_PATH REQUIRED)
sohoa_tests(unit/ocr_lstm USES sohoa_lstm)
target_compile_definitions(unit_ocr_lstm PRIVATE SOHOA_VIE_MODEL="${SOHOA_VIE_MODEL}")
