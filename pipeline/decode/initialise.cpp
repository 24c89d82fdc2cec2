#include "pipeline/decode/initialise.hpp"

#include <malloc.h>
#include <poppler/Error.h>
#include <poppler/GlobalParams.h>
#include <tiffio.h>
#include <vips/vips.h>

#include <cstdlib>
#include <memory>

namespace sohoa {
namespace {

void drop_poppler_message(ErrorCategory /*category*/, Goffset /*position*/, const char* /*message*/) {}

void drop_glib_message(const gchar* /*domain*/, GLogLevelFlags /*level*/, const gchar* /*message*/, gpointer /*data*/) {
}

bool set_up() {
#ifdef __GLIBC__
  // A page's pixels come and go in pieces of 2 to 30 MB. Given back to the system each time, they cost a page fault for
  // every 4 KB again: 15 % of the time that decoding and imaging take.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 96 << 20);
#endif
  // What a library has to say about broken input is not for the operator's terminal; the Error says what matters.
  setErrorCallback(drop_poppler_message);
  globalParams = std::make_unique<GlobalParams>();
  globalParams->setErrQuiet(true);
  globalParams->setupBaseFonts(nullptr);

  if (VIPS_INIT("sohoa") != 0) return false;
  vips_concurrency_set(1);
  vips_cache_set_max(0);
  vips_cache_set_max_mem(0);
  vips_leak_set(FALSE);
  g_log_set_default_handler(drop_glib_message, nullptr);
  g_log_set_handler("VIPS", G_LOG_LEVEL_MASK, drop_glib_message, nullptr);

  TIFFSetErrorHandler(nullptr);
  TIFFSetWarningHandler(nullptr);
  return true;
}

}  // namespace

void initialise_decoders() {
  static const bool ready = set_up();
  // Without libvips no picture can be read: a broken installation, not an input.
  if (!ready) std::abort();
}

}  // namespace sohoa
