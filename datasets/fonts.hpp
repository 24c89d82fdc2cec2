#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa::datasets {

enum class Face : std::uint8_t { regular, bold, italic, bold_italic, mono };  // mono: Liberation Mono in any family

struct TextStyle {
  Face face = Face::regular;
  double size = 13;  ///< points
};

/// Measures text of one family, unhinted, without kerning (as word processors set Vietnamese by default). One thread.
class FontBook {
 public:
  explicit FontBook(const std::string& family);
  ~FontBook();
  FontBook(FontBook&&) noexcept;

  [[nodiscard]] const std::string& family() const;
  /// Advance width in points.
  [[nodiscard]] double width(std::string_view utf8, const TextStyle& style) const;
  /// Whether every letter has a glyph in every face.
  [[nodiscard]] bool covers(std::string_view utf8) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The family if this machine has it with all Vietnamese letters, else "Liberation Serif".
[[nodiscard]] std::string available_family(const std::string& wanted);

}  // namespace sohoa::datasets
