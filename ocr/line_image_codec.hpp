#pragma once

namespace sohoa::ocr {

/// While one lives on this thread, Leptonica's pixWriteMemPng packs images without compressing them (Leptonica's own
/// spix format, which pixReadMem tells apart by its first bytes). Outside, it writes PNG as ever.
class PlainLineImages {
 public:
  PlainLineImages();
  ~PlainLineImages();
  PlainLineImages(const PlainLineImages&) = delete;
  PlainLineImages& operator=(const PlainLineImages&) = delete;

  /// How many images were packed plainly on this thread so far; a test sees by it that the shortcut is in effect.
  [[nodiscard]] static long packed();
};

}  // namespace sohoa::ocr
