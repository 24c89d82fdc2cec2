// The recogniser knows about where a letter is (a time step is 3 pixels of 36 of a line's height wide, and letters are
// seen late or early by one or two steps). Words are parted at the widest run of white columns between the last letter
// of one and the first of the next, and each is then fitted to its ink.

#include "ocr/word_boxes.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "ocr/ink.hpp"

namespace sohoa::ocr {
namespace {

class Profile {
 public:
  explicit Profile(const Raster& crop) : crop_(crop), ink_(static_cast<std::size_t>(crop.width()), 0) {
    for (std::int32_t y = 0; y < crop.height(); ++y) {
      const auto* const row = crop.row(y);
      for (std::size_t x = 0; x < ink_.size(); ++x) ink_[x] |= static_cast<std::uint8_t>(row[x] < ink_below);
    }
  }

  /// The middle of the widest white run within [from, to); nothing where every column has ink.
  [[nodiscard]] std::optional<std::int32_t> widest_gap(std::int32_t from, std::int32_t to) const {
    std::int32_t widest = 0, middle = 0, begin = from;
    for (auto x = from; x <= to; ++x) {
      if (x < to && !has_ink(x)) continue;
      if (x - begin > widest) {
        widest = x - begin;
        middle = begin + widest / 2;
      }
      begin = x + 1;
    }
    if (widest == 0) return std::nullopt;
    return middle;
  }

  /// Around the ink of the columns [from, to).
  [[nodiscard]] PixelRect tight(std::int32_t from, std::int32_t to) const {
    while (from < to && !has_ink(from)) ++from;
    while (to > from && !has_ink(to - 1)) --to;
    const auto row_has_ink = [&](std::int32_t y) {
      const auto* const row = crop_.row(y);
      return std::any_of(row + from, row + to, [](std::uint8_t pixel) { return pixel < ink_below; });
    };
    std::int32_t top = 0, bottom = crop_.height();
    while (top < bottom && !row_has_ink(top)) ++top;
    while (bottom > top && !row_has_ink(bottom - 1)) --bottom;
    return {from, top, to - from, bottom - top};
  }

 private:
  [[nodiscard]] bool has_ink(std::int32_t x) const { return ink_[static_cast<std::size_t>(x)] != 0; }

  const Raster& crop_;
  std::vector<std::uint8_t> ink_;
};

}  // namespace

std::vector<PixelRect> word_boxes(const Raster& crop, const lstm::LineReading& reading) {
  const Profile profile(crop);
  const auto& words = reading.line.words;
  const auto& characters = reading.line.characters;
  const auto pixel = [&](double step) {
    return std::clamp(static_cast<std::int32_t>(std::lround(step * reading.step_width)), 0, crop.width());
  };
  std::vector<std::int32_t> cuts{0};
  for (std::size_t w = 0; w + 1 < words.size(); ++w) {
    const auto& last = characters[words[w].first + words[w].size - 1];
    const auto& next = characters[words[w + 1].first];
    const auto gap = profile.widest_gap(pixel(last.step + 0.5), pixel(next.step + 0.5));
    cuts.push_back(std::max(cuts.back(), gap.value_or(pixel((last.end + next.begin) / 2.0))));
  }
  cuts.push_back(crop.width());
  std::vector<PixelRect> boxes;
  for (std::size_t w = 0; w < words.size(); ++w) {
    auto box = profile.tight(cuts[w], cuts[w + 1]);
    if (box.empty()) {
      const auto& first = characters[words[w].first];
      const auto begin = pixel(first.begin);
      const auto end = pixel(characters[words[w].first + words[w].size - 1].end);
      box = {begin, 0, std::max(1, end - begin), crop.height()};
    }
    boxes.push_back(box);
  }
  return boxes;
}

}  // namespace sohoa::ocr
