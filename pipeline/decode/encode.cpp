// Encoding of pages and patches for the PDF.
//
// Group 4 by libtiff, JPEG by libvips (libjpeg-turbo, optimised Huffman tables), Flate by zlib. PNG's row filters are
// chosen by the least sum of absolute differences (the PNG specification's own heuristic): about a third smaller than
// no filter on rendered pages. Palettes: a page rendered from a word processor with a stamp has some dozens to some
// thousands of colours, so a hash over the packed colours that gives up at the 257th costs less than 1 ns a pixel and
// pays off on line art. zlib's level 6: level 9 takes three times as long for 2 % less. Patches of a scan are told from
// drawings by the entropy of neighbours' differences, which costs a tenth of deflating them in vain.

#include "pipeline/decode/encode.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <optional>

#include "pipeline/decode/handles.hpp"
#include "pipeline/decode/memory_tiff.hpp"

namespace sohoa::decode {
namespace {

Error refused(std::string_view codec) {
  return {ErrorCode::internal, "encoding as " + std::string(codec) + " failed"};
}

Result<Bytes> deflated(const Bytes& bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  Bytes out(size);
  if (compress2(out.data(), &size, bytes.data(), static_cast<uLong>(bytes.size()), 6) != Z_OK) return refused("Flate");
  out.resize(size);
  out.shrink_to_fit();
  return out;
}

std::uint8_t paeth(int left, int up, int corner) {
  const int to_left = std::abs(up - corner);
  const int to_up = std::abs(left - corner);
  const int to_corner = std::abs(left + up - 2 * corner);
  const int above = to_up <= to_corner ? up : corner;
  return static_cast<std::uint8_t>(to_left <= to_up && to_left <= to_corner ? left : above);
}

/// PNG's filters 0 none, 1 sub, 2 up, 4 Paeth over rows of `row_bytes`, `step` bytes a pixel.
class RowFilter {
 public:
  RowFilter(std::size_t row_bytes, std::size_t step)
      : step_(step), size_(row_bytes), row_(step + row_bytes, 0), above_(step + row_bytes, 0) {
    for (auto& candidate : candidates_) candidate.resize(row_bytes);
  }

  /// The next row.
  void append(Bytes& out, const std::uint8_t* next) {
    std::copy_n(next, size_, row_.begin() + static_cast<std::ptrdiff_t>(step_));
    filter(row_.data() + step_, row_.data(), above_.data() + step_, above_.data());
    constexpr std::array<std::uint8_t, 4> types = {0, 1, 2, 4};
    std::size_t best = 0;
    for (std::size_t k = 1; k < types.size(); ++k) {
      if (weight(candidates_[k]) < weight(candidates_[best])) best = k;
    }
    out.push_back(types[best]);
    out.insert(out.end(), candidates_[best].begin(), candidates_[best].end());
    std::swap(row_, above_);
  }

 private:
  void filter(const std::uint8_t* row, const std::uint8_t* left, const std::uint8_t* up, const std::uint8_t* corner) {
    auto& [none, sub, upper, both] = candidates_;
    for (std::size_t i = 0; i < size_; ++i) {
      none[i] = row[i];
      sub[i] = static_cast<std::uint8_t>(row[i] - left[i]);
      upper[i] = static_cast<std::uint8_t>(row[i] - up[i]);
      both[i] = static_cast<std::uint8_t>(row[i] - paeth(left[i], up[i], corner[i]));
    }
  }

  static int weight(const Bytes& filtered) {
    return std::accumulate(filtered.begin(), filtered.end(), 0,
                           [](int sum, std::uint8_t value) { return sum + std::abs(static_cast<std::int8_t>(value)); });
  }

  std::size_t step_;
  std::size_t size_;
  Bytes row_;  // with a pixel of zeros in front, as the next
  Bytes above_;
  std::array<Bytes, 4> candidates_;
};

ImageStream stream_of(const Raster& raster, ImageCodec codec) {
  ImageStream stream;
  stream.codec = codec;
  stream.width = raster.width();
  stream.height = raster.height();
  stream.space = raster.channels() == 3 ? ColourSpace::rgb : ColourSpace::grey;
  return stream;
}

bool is_black_and_white(const Raster& raster) {
  if (raster.channels() != 1) return false;
  for (std::int32_t y = 0; y < raster.height(); ++y) {
    const auto* row = raster.row(y);
    if (!std::all_of(row, row + raster.width(), [](std::uint8_t v) { return v == 0 || v == 255; })) return false;
  }
  return true;
}

/// Samples packed to `bits`, high bits first, each row from a new byte.
Bytes packed(const std::vector<std::uint8_t>& samples, std::int32_t width, std::int32_t height, int bits) {
  const auto row_bytes = (static_cast<std::size_t>(width) * static_cast<std::size_t>(bits) + 7) / 8;
  Bytes out(row_bytes * static_cast<std::size_t>(height), 0);
  std::size_t next = 0;
  for (std::int32_t y = 0; y < height; ++y) {
    auto* row = out.data() + static_cast<std::size_t>(y) * row_bytes;
    for (std::int32_t x = 0; x < width; ++x) {
      const int bit = x * bits;
      row[bit / 8] = static_cast<std::uint8_t>(row[bit / 8] | samples[next++] << (8 - bits - bit % 8));
    }
  }
  return out;
}

struct Paletted {
  Bytes palette;  // R G B
  std::vector<std::uint8_t> indices;
};

/// Up to 256 colours, in the order they came. Open addressing: four places a colour, so that a search is short.
class Palette {
 public:
  Palette() { places_.fill(free); }

  /// The colour's index; nothing at the 257th.
  std::optional<std::uint8_t> index_of(std::uint32_t colour) {
    auto place = (colour * 2654435761U) >> 22;  // Knuth's multiplicative hash
    while (places_[place] != free && colours_[places_[place]] != colour) place = (place + 1) % 1024;
    if (places_[place] == free) {
      if (count_ == colours_.size()) return std::nullopt;
      colours_[count_] = colour;
      places_[place] = count_++;
    }
    return static_cast<std::uint8_t>(places_[place]);
  }
  [[nodiscard]] Bytes rgb() const {
    Bytes bytes;
    for (std::size_t i = 0; i < count_; ++i) {
      for (const int shift : {16, 8, 0}) bytes.push_back(static_cast<std::uint8_t>(colours_[i] >> shift));
    }
    return bytes;
  }

 private:
  static constexpr std::uint16_t free = 0xFFFF;
  std::array<std::uint32_t, 256> colours_{};
  std::array<std::uint16_t, 1024> places_{};
  std::uint16_t count_ = 0;
};

std::optional<Paletted> with_palette(const Raster& raster) {
  if (raster.channels() != 3) return std::nullopt;
  Paletted result;
  result.indices.reserve(static_cast<std::size_t>(raster.width()) * static_cast<std::size_t>(raster.height()));
  Palette known;
  for (std::int32_t y = 0; y < raster.height(); ++y) {
    const auto* pixel = raster.row(y);
    for (std::int32_t x = 0; x < raster.width(); ++x, pixel += 3) {
      const auto index = known.index_of(std::uint32_t{pixel[0]} << 16 | std::uint32_t{pixel[1]} << 8 | pixel[2]);
      if (!index) return std::nullopt;
      result.indices.push_back(*index);
    }
  }
  result.palette = known.rgb();
  return result;
}

Result<ImageStream> encode_palette(const Raster& raster, Paletted paletted) {
  auto stream = stream_of(raster, ImageCodec::flate);
  const auto colours = paletted.palette.size() / 3;
  stream.space = ColourSpace::indexed;
  stream.bits = colours <= 2 ? 1 : colours <= 4 ? 2 : colours <= 16 ? 4 : 8;
  stream.palette = std::move(paletted.palette);
  SOHOA_TRY(stream.data, deflated(packed(paletted.indices, raster.width(), raster.height(), stream.bits)));
  return stream;
}

/// What the differences of neighbours would take if each were coded by its frequency (their entropy).
double bytes_of_differences(const Raster& raster) {
  std::array<std::int64_t, 256> counts{};
  const auto step = raster.channels();
  for (std::int32_t y = 0; y < raster.height(); ++y) {
    const auto* row = raster.row(y);
    for (std::int64_t i = step; i < raster.stride(); ++i) {
      ++counts[static_cast<std::uint8_t>(row[i] - row[i - step])];
    }
  }
  const double all = static_cast<double>(raster.stride() - step) * raster.height();
  double bits = 0;
  for (const auto count : counts) {
    if (count > 0) bits += static_cast<double>(count) * std::log2(all / static_cast<double>(count));
  }
  return bits / 8;
}

}  // namespace

Result<ImageStream> encode_ccitt(const Raster& grey) {
  MemoryTiff memory;
  {
    const auto tiff = memory.open_for_writing();
    if (!tiff) return refused("CCITT");
    TIFFSetField(tiff.get(), TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(grey.width()));
    TIFFSetField(tiff.get(), TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(grey.height()));
    TIFFSetField(tiff.get(), TIFFTAG_BITSPERSAMPLE, 1);
    TIFFSetField(tiff.get(), TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(tiff.get(), TIFFTAG_ROWSPERSTRIP, static_cast<std::uint32_t>(grey.height()));
    TIFFSetField(tiff.get(), TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
    TIFFSetField(tiff.get(), TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
    TIFFSetField(tiff.get(), TIFFTAG_FILLORDER, FILLORDER_MSB2LSB);
    const auto row_bytes = (static_cast<std::size_t>(grey.width()) + 7) / 8;
    Bytes bits(row_bytes * static_cast<std::size_t>(grey.height()), 0);
    for (std::int32_t y = 0; y < grey.height(); ++y) {
      const auto* from = grey.row(y);
      auto* to = bits.data() + static_cast<std::size_t>(y) * row_bytes;
      for (std::int32_t x = 0; x < grey.width(); ++x) {
        if (from[x] < 128) to[x / 8] = static_cast<std::uint8_t>(to[x / 8] | 0x80 >> x % 8);
      }
    }
    if (TIFFWriteEncodedStrip(tiff.get(), 0, bits.data(), static_cast<tmsize_t>(bits.size())) < 0 ||
        TIFFWriteDirectory(tiff.get()) == 0) {
      return refused("CCITT");
    }
  }
  const Bytes file = memory.take();
  MemoryTiff written{ByteView(file)};
  const auto tiff = written.open_for_reading();
  if (!tiff) return refused("CCITT");
  auto stream = stream_of(grey, ImageCodec::ccitt);
  stream.bits = 1;
  stream.data.resize(static_cast<std::size_t>(TIFFRawStripSize(tiff.get(), 0)));
  if (TIFFReadRawStrip(tiff.get(), 0, stream.data.data(), static_cast<tmsize_t>(stream.data.size())) < 0) {
    return refused("CCITT");
  }
  return stream;
}

Result<ImageStream> encode_jpeg(const Raster& raster, int quality) {
  const auto size = static_cast<std::size_t>(raster.stride()) * static_cast<std::size_t>(raster.height());
  const VipsImagePtr image(vips_image_new_from_memory(raster.row(0), size, raster.width(), raster.height(),
                                                      raster.channels(), VIPS_FORMAT_UCHAR));
  if (!image) return refused("JPEG");
  image->Type = raster.channels() == 3 ? VIPS_INTERPRETATION_sRGB : VIPS_INTERPRETATION_B_W;
  void* data = nullptr;
  std::size_t length = 0;
  if (vips_jpegsave_buffer(image.get(), &data, &length, "Q", quality, "optimize_coding", TRUE, "strip", TRUE,
                           nullptr) != 0) {
    vips_error_clear();
    return refused("JPEG");
  }
  const GMemory<std::uint8_t> owned(static_cast<std::uint8_t*>(data));
  auto stream = stream_of(raster, ImageCodec::jpeg);
  stream.data.assign(owned.get(), owned.get() + length);
  return stream;
}

Result<ImageStream> encode_flate(const Raster& raster) {
  const auto row_bytes = static_cast<std::size_t>(raster.stride());
  Bytes filtered;
  filtered.reserve((row_bytes + 1) * static_cast<std::size_t>(raster.height()));
  RowFilter filter(row_bytes, static_cast<std::size_t>(raster.channels()));
  for (std::int32_t y = 0; y < raster.height(); ++y) {
    filter.append(filtered, raster.row(y));
  }
  auto stream = stream_of(raster, ImageCodec::flate);
  stream.flate_predictor = 15;
  SOHOA_TRY(stream.data, deflated(filtered));
  return stream;
}

Result<ImageStream> encode_sixteen_greys(const Raster& grey) {
  std::vector<std::uint8_t> levels(static_cast<std::size_t>(grey.width()) * static_cast<std::size_t>(grey.height()));
  const auto* from = grey.row(0);
  for (auto& level : levels) level = static_cast<std::uint8_t>((*from++ + 8) / 17);  // 255 / 17 = 15, rounded
  auto stream = stream_of(grey, ImageCodec::flate);
  stream.bits = 4;
  SOHOA_TRY(stream.data, deflated(packed(levels, grey.width(), grey.height(), 4)));
  return stream;
}

Result<ImageStream> encode_lossless(const Raster& raster) {
  if (is_black_and_white(raster)) return encode_ccitt(raster);
  if (auto paletted = with_palette(raster)) {
    SOHOA_TRY(auto small, encode_palette(raster, std::move(*paletted)));
    // Smooth pictures of few colours pack better by their differences; small ones are cheap to try both ways.
    if (raster.bounds().area() > 1'000'000) return small;
    SOHOA_TRY(auto plain, encode_flate(raster));
    return small.data.size() + small.palette.size() <= plain.data.size() ? std::move(small) : std::move(plain);
  }
  return encode_flate(raster);
}

Result<ImageStream> encode_smallest(const Raster& raster, int quality) {
  if (is_black_and_white(raster)) return encode_ccitt(raster);
  SOHOA_TRY(auto lossy, encode_jpeg(raster, quality));
  // Flate finds repetition beyond neighbours too, on drawings up to three times as much; never that on a scan's noise.
  if (bytes_of_differences(raster) > 3 * static_cast<double>(lossy.data.size())) return lossy;
  SOHOA_TRY(auto lossless, encode_lossless(raster));
  return lossless.data.size() + lossless.palette.size() <= lossy.data.size() ? std::move(lossless) : std::move(lossy);
}

}  // namespace sohoa::decode
