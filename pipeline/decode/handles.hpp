#pragma once

// Owners of C handles; private to this folder.

#include <archive.h>
#include <tiffio.h>
#include <vips/vips.h>

#include <memory>

namespace sohoa::decode {

struct Unref {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using VipsImagePtr = std::unique_ptr<VipsImage, Unref>;

struct GFree {
  void operator()(void* memory) const { g_free(memory); }
};
template <typename T>
using GMemory = std::unique_ptr<T, GFree>;

struct TiffClose {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using TiffPtr = std::unique_ptr<TIFF, TiffClose>;

struct ArchiveFree {
  void operator()(struct archive* archive) const { archive_read_free(archive); }
};
using ArchivePtr = std::unique_ptr<struct archive, ArchiveFree>;

}  // namespace sohoa::decode
