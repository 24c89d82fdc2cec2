#pragma once

#include <allheaders.h>

#include <memory>

namespace sohoa::ocr {

struct PixDeleter {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixHandle = std::unique_ptr<Pix, PixDeleter>;

struct PixaDeleter {
  void operator()(Pixa* pixa) const { pixaDestroy(&pixa); }
};
using PixaHandle = std::unique_ptr<Pixa, PixaDeleter>;

struct BoxaDeleter {
  void operator()(Boxa* boxa) const { boxaDestroy(&boxa); }
};
using BoxaHandle = std::unique_ptr<Boxa, BoxaDeleter>;

}  // namespace sohoa::ocr
