#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "archive/check.hpp"
#include "tests/unit/archive/samples.hpp"

namespace sohoa::test {

/// "what id: reason" for each finding.
inline std::vector<std::string> texts_of(const CheckReport& report) {
  std::vector<std::string> found;
  for (const auto& finding : report.findings) found.push_back(finding.what + " " + finding.id + ": " + finding.reason);
  return found;
}

/// What check() finds wrong in a data directory.
inline std::vector<std::string> findings_in(const std::filesystem::path& data_dir) {
  return texts_of(must(check(data_dir)));
}

}  // namespace sohoa::test
