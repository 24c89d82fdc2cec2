#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/program.hpp"

namespace sohoa {

/// Runs the `sohoa` program on a data folder of the test's own.
class SohoaProgram : public testing::Test {
 protected:
  testing_support::Ended sohoa(std::vector<std::string> arguments, bool with_data = true) {
    arguments.insert(arguments.begin(), std::string(SOHOA_BINARY_DIR) + "/sohoa");
    if (with_data) arguments.insert(arguments.end(), {"--data", (folder_ / "data").string()});
    return testing_support::run(arguments);
  }

  /// The JSON lines of `digitize --json`, by input.
  std::map<std::string, nlohmann::json> digitize(std::vector<std::string> paths) {
    paths.insert(paths.begin(), "digitize");
    paths.insert(paths.end(), {"--json", "--jobs", "2", "--out", (folder_ / "out").string()});
    const auto ended = sohoa(paths);
    exit_code_ = ended.exit_code;
    error_text_ = ended.err;
    std::map<std::string, nlohmann::json> lines;
    std::istringstream text(ended.out);
    for (std::string line; std::getline(text, line);) {
      auto json = nlohmann::json::parse(line);
      const auto input = json.at("input").get<std::string>();
      EXPECT_FALSE(lines.contains(input)) << "two lines for " << input;
      lines[input] = std::move(json);
    }
    return lines;
  }

  static std::string shared(const std::string& name) { return std::string(SOHOA_SHARED_DATA) + "/" + name; }
  static std::string sample(const std::string& name) {
    return std::string(SOHOA_SOURCE_DIR) + "/datasets/samples/" + name;
  }
  [[nodiscard]] std::string output(const std::string& name) const {
    return testing_support::read_text(folder_ / ("out/" + name));
  }

  testing_support::TemporaryFolder folder_{"sohoa-test"};
  int exit_code_ = -1;
  std::string error_text_;
};

}  // namespace sohoa
