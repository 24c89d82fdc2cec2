#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/clock.hpp"
#include "pipeline/base/units.hpp"

namespace sohoa::issue::pdf {

// How PDF writes its basic objects (ISO 32000-1, 7.3), within the limits of ISO 19005-2, 6.1.13.

/// Names an indirect object; generation 0.
struct Ref {
  std::uint32_t number = 0;
  auto operator<=>(const Ref&) const = default;
};
[[nodiscard]] std::string to_string(Ref ref);  ///< "12 0 R"

/// A number without exponent and needless zeros: "12.5", "-3", "0". What is not finite becomes 0, and what lies beyond
/// +-10^7 is brought back to it.
[[nodiscard]] std::string number(double value, int decimals = 2);

/// "/Name", other characters than letters, digits and a few signs as #xx; at most 127 bytes of the name are kept.
[[nodiscard]] std::string name(std::string_view text);

/// "(ASCII)", or UTF-16BE behind a byte order mark as a hexadecimal string. `utf8` must be well-formed.
[[nodiscard]] std::string text_string(std::string_view utf8);
[[nodiscard]] std::string hex_string(ByteView bytes);

/// "(D:20261122221503+07'00')"
[[nodiscard]] std::string date(WallTime time);

/// "a b c d e f"
[[nodiscard]] std::string matrix(const Matrix& matrix);

/// "x y w h re\n"
[[nodiscard]] std::string rectangle(double x, double y, double width, double height);

/// The cross-reference table's line for an object in use: 20 bytes.
[[nodiscard]] std::string table_entry(std::uint64_t offset);

/// Entries of a dictionary in the order of their coming.
class Dictionary {
 public:
  Dictionary& add(std::string_view key, std::string_view value);
  Dictionary& add(std::string_view key, std::int64_t value) { return add(key, std::to_string(value)); }
  Dictionary& add(std::string_view key, Ref value) { return add(key, to_string(value)); }
  [[nodiscard]] std::string text() const { return "<<" + entries_ + ">>"; }

 private:
  std::string entries_;
};

}  // namespace sohoa::issue::pdf
