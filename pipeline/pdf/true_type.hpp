#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::pdf {

/// What the rules ask of an embedded TrueType program (OpenType 1.9). Reads what it is asked for; every offset is held
/// against the bytes.
class TrueType {
 public:
  /// `program` must outlive it. Errors: invalid_input (a table that is needed is missing or cut off).
  static Result<TrueType> open(ByteView program);

  [[nodiscard]] std::uint32_t glyphs() const { return glyphs_; }
  /// In thousandths of the em; nothing beyond the glyphs.
  [[nodiscard]] std::optional<double> width(std::uint32_t glyph) const;

  struct CharacterMap {
    std::uint16_t platform = 0, encoding = 0;
    ByteView table;
  };
  [[nodiscard]] const std::vector<CharacterMap>& character_maps() const { return maps_; }
  [[nodiscard]] const CharacterMap* character_map(std::uint16_t platform, std::uint16_t encoding) const;
  /// 0 where the map has no such code. Formats 0, 4, 6 and 12.
  [[nodiscard]] static std::uint32_t glyph_of(const CharacterMap& map, std::uint32_t code);

 private:
  void read_character_maps(ByteView cmap);

  std::uint32_t glyphs_ = 0, metrics_ = 0;
  double units_per_em_ = 1000;
  ByteView hmtx_;
  std::vector<CharacterMap> maps_;
};

}  // namespace sohoa::pdf
