// TIFF in memory through libtiff's client procedures, and from it the bare CCITT stream that a PDF page needs.

#include <tiffio.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "datasets/output.hpp"
#include "datasets/tiff_stream.hpp"

namespace sohoa::datasets {
namespace {

struct Memory {
  Bytes bytes;
  std::uint64_t position = 0;
};
Memory& memory_of(thandle_t handle) {
  return *static_cast<Memory*>(handle);
}

tmsize_t read_some(thandle_t handle, void* to, tmsize_t size) {
  auto& memory = memory_of(handle);
  const auto left = memory.bytes.size() - std::min<std::uint64_t>(memory.position, memory.bytes.size());
  const auto count = std::min<std::uint64_t>(static_cast<std::uint64_t>(size), left);
  if (count > 0) std::memcpy(to, memory.bytes.data() + memory.position, count);
  memory.position += count;
  return static_cast<tmsize_t>(count);
}
tmsize_t write_some(thandle_t handle, void* from, tmsize_t size) {
  auto& memory = memory_of(handle);
  const auto end = memory.position + static_cast<std::uint64_t>(size);
  if (end > memory.bytes.size()) memory.bytes.resize(end);
  if (size > 0) std::memcpy(memory.bytes.data() + memory.position, from, static_cast<std::size_t>(size));
  memory.position = end;
  return size;
}
toff_t seek(thandle_t handle, toff_t offset, int whence) {
  auto& memory = memory_of(handle);
  const std::uint64_t base = whence == SEEK_CUR ? memory.position : whence == SEEK_END ? memory.bytes.size() : 0;
  return memory.position = base + offset;
}
int close_nothing(thandle_t) {
  return 0;
}
toff_t size_of(thandle_t handle) {
  return memory_of(handle).bytes.size();
}
int map_nothing(thandle_t, void**, toff_t*) {
  return 0;
}
void unmap_nothing(thandle_t, void*, toff_t) {}

struct TiffCloser {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using Tiff = std::unique_ptr<TIFF, TiffCloser>;

Tiff open(Memory& memory, const char* mode) {
  return Tiff(TIFFClientOpen("memory", mode, &memory, read_some, write_some, seek, close_nothing, size_of, map_nothing,
                             unmap_nothing));
}

void describe(TIFF* tiff, const ScanPage& page, bool group4) {
  const auto height = static_cast<std::uint32_t>(page.pixels.height());
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(page.pixels.width()));
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, group4 ? 1 : 8);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, page.pixels.channels());
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_FILLORDER, FILLORDER_MSB2LSB);
  TIFFSetField(tiff, TIFFTAG_XRESOLUTION, page.dpi);
  TIFFSetField(tiff, TIFFTAG_YRESOLUTION, page.dpi);
  TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
  if (group4) {
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, height);
    return;
  }
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
  TIFFSetField(tiff, TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, page.pixels.channels() == 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 256U);
}

/// A row of the page as the file has it: one bit a pixel, 1 black, or as it is.
Bytes packed_row(const Raster& pixels, std::int32_t y, bool group4) {
  const auto* row = pixels.row(y);
  if (!group4) return Bytes(row, row + pixels.stride());
  Bytes bits(static_cast<std::size_t>((pixels.width() + 7) / 8), 0);
  for (std::int32_t x = 0; x < pixels.width(); ++x) {
    if (row[x] < 128) bits[static_cast<std::size_t>(x / 8)] |= static_cast<std::uint8_t>(0x80 >> (x % 8));
  }
  return bits;
}

}  // namespace

bool is_black_and_white(const Raster& pixels) {
  if (pixels.channels() != 1) return false;
  for (std::int32_t y = 0; y < pixels.height(); ++y) {
    const auto* row = pixels.row(y);
    if (!std::all_of(row, row + pixels.width(), [](std::uint8_t value) { return value == 0 || value == 255; }))
      return false;
  }
  return true;
}

Result<Bytes> encode_tiff(const std::vector<ScanPage>& pages) {
  Memory memory;
  {
    const Tiff tiff = open(memory, "w");
    if (!tiff) return Error{ErrorCode::internal, "TIFF encoder does not start"};
    for (const auto& page : pages) {
      const bool group4 = is_black_and_white(page.pixels);
      describe(tiff.get(), page, group4);
      for (std::int32_t y = 0; y < page.pixels.height(); ++y) {
        auto row = packed_row(page.pixels, y, group4);
        if (TIFFWriteScanline(tiff.get(), row.data(), static_cast<std::uint32_t>(y), 0) < 0)
          return Error{ErrorCode::internal, "TIFF encoder refuses a row"};
      }
      if (TIFFWriteDirectory(tiff.get()) == 0) return Error{ErrorCode::internal, "TIFF encoder refuses a page"};
    }
  }
  return std::move(memory.bytes);
}

Result<Bytes> group4_stream(const ScanPage& page) {
  Memory memory;
  SOHOA_TRY(memory.bytes, encode_tiff({page}));
  const Tiff tiff = open(memory, "r");
  if (!tiff || TIFFNumberOfStrips(tiff.get()) != 1)
    return Error{ErrorCode::internal, "TIFF encoder made no single strip"};
  Bytes stream(static_cast<std::size_t>(TIFFRawStripSize(tiff.get(), 0)));
  if (TIFFReadRawStrip(tiff.get(), 0, stream.data(), static_cast<tmsize_t>(stream.size())) < 0)
    return Error{ErrorCode::internal, "TIFF strip cannot be read back"};
  return stream;
}

}  // namespace sohoa::datasets
