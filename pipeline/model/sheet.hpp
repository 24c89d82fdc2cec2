#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/barcode.hpp"

namespace sohoa {

/// What a sheet between the papers of a stack says. Its QR codes carry, version first,
/// "SOHOA1|S" (separator) or "SOHOA1|D|<dossier>|<component>" (cover; the component may be empty).
struct Sheet {
  enum class Kind : std::uint8_t {
    separator,  ///< another document begins, of the same dossier
    cover,      ///< what follows belongs to `dossier`, and to `component` of it
  };
  Kind kind = Kind::separator;
  std::string dossier;
  std::string component;

  bool operator==(const Sheet&) const = default;
};

inline constexpr std::size_t max_sheet_code_bytes = 200;  ///< of a dossier's or component's code

[[nodiscard]] std::string payload_of(const Sheet& sheet);
/// Reads what payload_of writes and nothing else: another version, a part too many or too few, a cover without dossier,
/// an overlong code or a control character make it no sheet of ours.
[[nodiscard]] std::optional<Sheet> sheet_of(std::string_view payload);
/// Whether `code` can stand on a sheet: no '|', no control character, max_sheet_code_bytes at most.
[[nodiscard]] bool is_sheet_code(std::string_view code);

/// The sheet that a page with these codes is; nothing where it is an ordinary page. A cover wins over a separator.
[[nodiscard]] std::optional<Sheet> sheet_on(const std::vector<Barcode>& barcodes);

}  // namespace sohoa
