#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sohoa::issue {

/// "vie+eng" -> {"vie", "eng"}
[[nodiscard]] std::vector<std::string> languages_of(std::string_view tesseract_names);

/// The tag (RFC 5646) of the first of Tesseract's language names: "vie+eng" -> "vi"; "vi" where it is not known, for
/// that is what this system reads.
[[nodiscard]] std::string bcp47_of_first(std::string_view tesseract_names);

/// The tag where one language alone was read; "" where several were, since then no line's language is known.
[[nodiscard]] std::string bcp47_of_single(std::string_view tesseract_names);

}  // namespace sohoa::issue
