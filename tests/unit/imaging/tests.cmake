pkg_check_modules(LEPTONICA REQUIRED IMPORTED_TARGET lept)
sohoa_tests(unit/imaging USES sohoa_imaging PkgConfig::LEPTONICA)
