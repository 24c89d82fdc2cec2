pkg_check_modules(VIPS REQUIRED IMPORTED_TARGET vips)
pkg_check_modules(LIBARCHIVE REQUIRED IMPORTED_TARGET libarchive)
sohoa_tests(unit/decode USES sohoa_decode PkgConfig::VIPS PkgConfig::LIBARCHIVE TIMEOUT 600)
