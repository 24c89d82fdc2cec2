#pragma once

#include <string>
#include <string_view>

namespace sohoa::issue {

/// `utf8` (well-formed) as XML content or a quoted attribute's value; characters that XML 1.0 forbids become U+FFFD.
[[nodiscard]] std::string xml_escaped(std::string_view utf8);

}  // namespace sohoa::issue
