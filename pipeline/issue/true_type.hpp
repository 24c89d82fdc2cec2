#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::issue {

/// A TrueType font file, as far as a PDF needs it (OpenType 1.9: cmap format 4, glyf, hmtx). Immutable.
class TrueType {
 public:
  /// Errors: invalid_input where a table that is needed is missing or cut off.
  static Result<TrueType> create(Bytes file);

  /// 0, the glyph for what is missing, where the font has none.
  [[nodiscard]] std::uint16_t glyph_of(char32_t character) const;
  [[nodiscard]] int advance(std::uint16_t glyph) const;  ///< thousandths of the font size
  [[nodiscard]] int ascent() const { return scaled(ascent_); }
  [[nodiscard]] int descent() const { return scaled(descent_); }  ///< negative

  /// A font with the outlines of `glyphs`, and of what these are made of, under their old numbers.
  [[nodiscard]] Bytes subset(const std::set<std::uint16_t>& glyphs) const;

 private:
  explicit TrueType(Bytes file) : file_(std::move(file)) {}

  [[nodiscard]] ByteView table(const std::string& tag) const;
  [[nodiscard]] ByteView outline(std::uint16_t glyph) const;
  void add_parts(std::uint16_t glyph, std::set<std::uint16_t>& glyphs) const;
  [[nodiscard]] int scaled(int units) const { return units * 1000 / units_per_em_; }

  Bytes file_;
  std::map<std::string, std::pair<std::size_t, std::size_t>> tables_;  ///< offset and size by tag
  std::size_t characters_ = 0;                                         ///< offset of the format 4 subtable in cmap
  int units_per_em_ = 1000;
  int ascent_ = 0;
  int descent_ = 0;
  std::uint16_t glyph_count_ = 0;
  std::uint16_t wide_metrics_ = 0;  ///< glyphs with an advance of their own
  bool long_offsets_ = false;
};

}  // namespace sohoa::issue
