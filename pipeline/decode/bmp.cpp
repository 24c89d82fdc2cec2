// A reader of Windows bitmaps, as libvips reads them only through ImageMagick, which is too much code to trust with
// bytes from outside. Header, palette and rows are read through a cursor that never leaves the bytes; rows that are
// missing stay white.

#include "pipeline/decode/bmp.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>

namespace sohoa::decode {
namespace {

enum Compression : std::uint32_t { bi_rgb = 0, bi_rle8 = 1, bi_rle4 = 2, bi_bitfields = 3, bi_alphabitfields = 6 };

struct Layout {
  BmpHeader header;
  bool top_down = false;
  int bits = 0;
  std::uint32_t compression = bi_rgb;
  std::size_t pixels_at = 0;
  std::array<std::uint32_t, 3> masks = {0x7C00, 0x3E0, 0x1F};
  std::vector<std::array<std::uint8_t, 3>> palette;
};

std::uint32_t number(ByteView bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size && at + i < bytes.size(); ++i) value |= std::uint32_t{bytes[at + i]} << 8 * i;
  return value;
}

Error broken(std::string_view what) {
  return {ErrorCode::invalid_input, "bitmap: " + std::string(what)};
}

void read_palette(ByteView bytes, std::size_t at, std::size_t entry_size, std::uint32_t stated, Layout& layout) {
  const auto most = std::size_t{1} << layout.bits;
  const auto count = stated == 0 ? most : std::min<std::size_t>(stated, most);
  for (std::size_t i = 0; i < count && at + 3 <= bytes.size() && at < layout.pixels_at; ++i, at += entry_size) {
    layout.palette.push_back({bytes[at + 2], bytes[at + 1], bytes[at]});
  }
  layout.palette.resize(most, {0, 0, 0});
}

Result<Layout> read_layout(ByteView bytes) {
  if (bytes.size() < 26 || bytes[0] != 'B' || bytes[1] != 'M') return broken("no header");
  Layout layout;
  layout.pixels_at = number(bytes, 10, 4);
  const auto size = number(bytes, 14, 4);
  std::uint32_t colours = 0;
  if (size == 12) {
    layout.header.width = static_cast<std::int32_t>(number(bytes, 18, 2));
    layout.header.height = static_cast<std::int32_t>(number(bytes, 20, 2));
    layout.bits = static_cast<int>(number(bytes, 24, 2));
  } else if (size >= 40 && bytes.size() >= 54) {
    layout.header.width = static_cast<std::int32_t>(number(bytes, 18, 4));
    const auto height = static_cast<std::int32_t>(number(bytes, 22, 4));
    if (height == INT32_MIN) return broken("height out of range");
    layout.top_down = height < 0;
    layout.header.height = std::abs(height);
    layout.bits = static_cast<int>(number(bytes, 28, 2));
    layout.compression = number(bytes, 30, 4);
    layout.header.dpi_x = number(bytes, 38, 4) * 0.0254;
    layout.header.dpi_y = number(bytes, 42, 4) * 0.0254;
    colours = number(bytes, 46, 4);
  } else {
    return broken("unknown header");
  }
  if (layout.header.width <= 0 || layout.header.height <= 0 || layout.header.width > 1'000'000 ||
      layout.header.height > 1'000'000) {
    return broken("size out of range");
  }
  if (layout.compression == 4 || layout.compression == 5) {
    return Error{ErrorCode::unsupported, "bitmap: a JPEG or PNG inside"};
  }
  const auto b = layout.bits;
  if (b != 1 && b != 4 && b != 8 && b != 16 && b != 24 && b != 32) return broken("unknown depth");
  if (b == 32) layout.masks = {0xFF0000, 0xFF00, 0xFF};
  if ((layout.compression == bi_bitfields || layout.compression == bi_alphabitfields) && (b == 16 || b == 32)) {
    for (std::size_t i = 0; i < 3; ++i) layout.masks[i] = number(bytes, 54 + 4 * i, 4);
  }
  if (b <= 8) read_palette(bytes, 14 + size, size == 12 ? 3 : 4, colours, layout);
  return layout;
}

std::uint8_t masked(std::uint32_t value, std::uint32_t mask) {
  if (mask == 0) return 0;
  const auto shift = std::countr_zero(mask);
  const std::uint64_t most = mask >> shift;
  return static_cast<std::uint8_t>(((value & mask) >> shift) * std::uint64_t{255} / most);
}

void put(std::uint8_t* to, const std::array<std::uint8_t, 3>& colour) {
  std::copy(colour.begin(), colour.end(), to);
}

void decode_row(const Layout& layout, ByteView bytes, std::size_t at, std::uint8_t* to) {
  for (std::int32_t x = 0; x < layout.header.width; ++x, to += 3) {
    const auto bit = static_cast<std::size_t>(x) * static_cast<std::size_t>(layout.bits);
    const auto place = at + bit / 8;
    if (place + static_cast<std::size_t>(std::max(layout.bits / 8, 1)) > bytes.size()) return;
    if (layout.bits <= 8) {
      const auto index = bytes[place] >> (8 - layout.bits - static_cast<int>(bit % 8)) & ((1 << layout.bits) - 1);
      put(to, layout.palette[static_cast<std::size_t>(index)]);
    } else if (layout.bits == 24) {
      put(to, {bytes[place + 2], bytes[place + 1], bytes[place]});
    } else {
      const auto value = number(bytes, place, static_cast<std::size_t>(layout.bits / 8));
      put(to, {masked(value, layout.masks[0]), masked(value, layout.masks[1]), masked(value, layout.masks[2])});
    }
  }
}

/// BI_RLE8 and BI_RLE4: pairs of count and value; 0 0 ends the row, 0 1 the picture, 0 2 moves, 0 n copies n samples.
void decode_runs(const Layout& layout, ByteView bytes, std::vector<std::uint8_t>& pixels) {
  const bool nibbles = layout.compression == bi_rle4;
  const auto width = layout.header.width;
  const auto height = layout.header.height;
  std::int64_t x = 0;
  std::int32_t row = 0;
  std::size_t at = layout.pixels_at;
  const auto set = [&](int index) {
    if (x < width && row < height) {
      const auto y = layout.top_down ? row : height - 1 - row;
      put(pixels.data() +
              (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * 3,
          layout.palette[static_cast<std::size_t>(index) % layout.palette.size()]);
    }
    ++x;
  };
  const auto sample = [&](std::size_t from, int i) {
    if (!nibbles) return static_cast<int>(bytes[from]);
    return i % 2 == 0 ? bytes[from] >> 4 : bytes[from] & 15;
  };
  while (at + 2 <= bytes.size() && row < height) {
    const int count = bytes[at];
    const int value = bytes[at + 1];
    at += 2;
    if (count > 0) {
      for (int i = 0; i < count; ++i) set(sample(at - 1, i));
    } else if (value == 0) {
      x = 0;
      ++row;
    } else if (value == 1) {
      return;
    } else if (value == 2) {
      if (at + 2 > bytes.size()) return;
      x += bytes[at];
      row += bytes[at + 1];
      at += 2;
    } else {
      const auto size = static_cast<std::size_t>(nibbles ? (value + 1) / 2 : value);
      if (at + size > bytes.size()) return;
      for (int i = 0; i < value; ++i) set(sample(at + static_cast<std::size_t>(nibbles ? i / 2 : i), i));
      at += size + size % 2;
    }
  }
}

}  // namespace

Result<BmpHeader> read_bmp_header(ByteView bytes) {
  SOHOA_TRY(const auto layout, read_layout(bytes));
  return layout.header;
}

Result<Raster> decode_bmp(ByteView bytes) {
  SOHOA_TRY(const auto layout, read_layout(bytes));
  const auto width = static_cast<std::size_t>(layout.header.width);
  const auto height = static_cast<std::size_t>(layout.header.height);
  std::vector<std::uint8_t> pixels(width * height * 3, 255);
  if ((layout.compression == bi_rle8 && layout.bits == 8) || (layout.compression == bi_rle4 && layout.bits == 4)) {
    decode_runs(layout, bytes, pixels);
  } else {
    const auto row_bytes = (width * static_cast<std::size_t>(layout.bits) + 31) / 32 * 4;
    for (std::size_t row = 0; row < height; ++row) {
      const auto y = layout.top_down ? row : height - 1 - row;
      decode_row(layout, bytes, layout.pixels_at + row * row_bytes, pixels.data() + y * width * 3);
    }
  }
  return Raster(layout.header.width, layout.header.height, 3, std::move(pixels));
}

}  // namespace sohoa::decode
