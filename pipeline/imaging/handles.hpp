#pragma once

// Leptonica's objects with owners; included by this folder's .cpp files only.

#include <leptonica/allheaders.h>

#include <memory>

namespace sohoa::imaging {

struct PixDeleter {
  void operator()(PIX* pix) const { pixDestroy(&pix); }
};
using Pix = std::unique_ptr<PIX, PixDeleter>;

}  // namespace sohoa::imaging
