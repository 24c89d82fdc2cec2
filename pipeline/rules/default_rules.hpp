#pragma once

#include <string>
#include <vector>

namespace sohoa::rules {

/// A rule file of this folder, compiled in: what holds where nothing was configured.
struct DefaultRules {
  std::string file;  ///< "decree-118-2025.json"
  std::string text;
};
[[nodiscard]] std::vector<DefaultRules> default_rules();

}  // namespace sohoa::rules
