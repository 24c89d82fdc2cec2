#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/base/result.hpp"

namespace sohoa::http {

/// A request target in origin form (RFC 9112, 3.2.1), taken apart.
struct Target {
  std::string path;                                        ///< as sent
  std::vector<std::string> segments;                       ///< decoded; "/a/b" has two, "/a/" has "a" and ""
  std::vector<std::pair<std::string, std::string>> query;  ///< decoded, '+' as a space
};

/// Errors: invalid_input (not starting with '/', a broken %-escape, a zero byte, as it is or as %00).
[[nodiscard]] Result<Target> parse_target(std::string_view target);

/// Errors: invalid_input (a broken %-escape, a zero byte, as it is or as %00).
[[nodiscard]] Result<std::string> percent_decoded(std::string_view text);
/// Everything but RFC 3986's unreserved characters escaped.
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace sohoa::http
