pkg_check_modules(ZXING REQUIRED IMPORTED_TARGET zxing)
sohoa_tests(unit/barcodes USES sohoa_barcodes sohoa_sheets sohoa_datasets sohoa_test_support PkgConfig::ZXING)
