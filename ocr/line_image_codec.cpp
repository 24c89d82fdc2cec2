// Tesseract 5 hands each text line's image to its recogniser as a PNG in memory, and decodes it again a moment later.
// On grey pages the compression is 15 to 30 % of a page's time, the more the noisier, for nothing.
//
// An executable's own definition of a function goes before a shared library's (ELF symbol interposition), so
// Tesseract's call to pixWriteMemPng arrives here. While a PlainLineImages lives, the image is packed as spix, a copy
// of its bits; whoever reads it uses pixReadMem, which tells formats by their first bytes. Everybody else gets the
// library's function. The pixels that are recognised are the same bit by bit.

#include "ocr/line_image_codec.hpp"

#include <dlfcn.h>

#include "ocr/handles.hpp"

namespace sohoa::ocr {
namespace {
thread_local int plain_depth = 0;
thread_local long plain_count = 0;
}  // namespace

PlainLineImages::PlainLineImages() {
  ++plain_depth;
}
PlainLineImages::~PlainLineImages() {
  --plain_depth;
}
long PlainLineImages::packed() {
  return plain_count;
}

namespace {
l_ok write_png(l_uint8** data, size_t* size, Pix* pix, l_float32 gamma) {
  using Function = l_ok (*)(l_uint8**, size_t*, PIX*, l_float32);
  static const auto original = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "pixWriteMemPng"));
  return original == nullptr ? 1 : original(data, size, pix, gamma);
}
}  // namespace
}  // namespace sohoa::ocr

extern "C" __attribute__((visibility("default"))) l_ok pixWriteMemPng(l_uint8** data, size_t* size, PIX* pix,
                                                                      l_float32 gamma) {
  if (sohoa::ocr::plain_depth == 0) return sohoa::ocr::write_png(data, size, pix, gamma);
  ++sohoa::ocr::plain_count;
  return pixWriteMemSpix(data, size, pix);
}
