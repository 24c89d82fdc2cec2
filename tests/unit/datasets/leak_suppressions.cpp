#ifdef SOHOA_SANITIZED

// fontconfig keeps its pattern and font caches until the process ends, behind cairo's static font map.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig";
}

#endif
