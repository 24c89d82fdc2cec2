#include "pipeline/barcodes/bit_rows.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace sohoa::barcodes {
namespace {

/// Eight pixels as eight bits: the top bits of the bytes, gathered by one multiplication.
std::uint64_t bits_of(const std::uint8_t* pixels) {
  std::uint64_t eight = 0;
  std::memcpy(&eight, pixels, sizeof eight);
  static_assert(dark_below == 128 && std::endian::native == std::endian::little);
  return ((~eight & 0x8080808080808080ULL) >> 7) * 0x0102040810204080ULL >> 56;
}

std::uint64_t word_of(const std::uint8_t* pixels) {
  std::uint64_t word = 0;
  for (int eighth = 0; eighth < 8; ++eighth) word |= bits_of(pixels + eighth * 8) << (eighth * 8);
  return word;
}

}  // namespace

BitRows::BitRows(const Raster& grey, std::int32_t step)
    : step_(step),
      count_(grey.height() > step / 2 ? (grey.height() - step / 2 - 1) / step + 1 : 0),
      words_((grey.width() + 63) / 64),
      bits_(static_cast<std::size_t>(count_) * words_) {
  const auto whole = grey.width() / 64;
  for (std::int32_t i = 0; i < count_; ++i) {
    const auto* pixels = grey.row(y_of(i));
    auto* bits = bits_.data() + static_cast<std::size_t>(i) * words_;
    for (std::int32_t word = 0; word < whole; ++word) bits[word] = word_of(pixels + std::int64_t{word} * 64);
    if (whole == words_) continue;
    std::array<std::uint8_t, 64> rest{};
    rest.fill(255);
    std::copy(pixels + std::int64_t{whole} * 64, pixels + grey.width(), rest.begin());
    bits[whole] = word_of(rest.data());
  }
}

void edges_of(std::span<const std::uint64_t> row, std::vector<std::int32_t>& edges) {
  edges.clear();
  std::uint64_t before = 0;  // the pixel left of the word
  for (std::size_t word = 0; word < row.size(); ++word) {
    auto changes = row[word] ^ (row[word] << 1 | before);
    before = row[word] >> 63;
    for (; changes != 0; changes &= changes - 1) {
      edges.push_back(static_cast<std::int32_t>(word * 64) + std::countr_zero(changes));
    }
  }
  if (before != 0) edges.push_back(static_cast<std::int32_t>(row.size() * 64));
}

}  // namespace sohoa::barcodes
