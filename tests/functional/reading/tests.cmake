sohoa_tests(functional/reading TOGETHER TIMEOUT 300 USES sohoa_ocr sohoa_lstm sohoa_decode sohoa_test_reading)
set_tests_properties(functional/reading PROPERTIES ENVIRONMENT OMP_THREAD_LIMIT=1)
