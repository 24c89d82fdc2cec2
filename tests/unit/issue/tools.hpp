#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <regex>
#include <string>
#include <tuple>
#include <vector>

#include "pipeline/base/file.hpp"
#include "tests/support/program.hpp"

namespace sohoa {

using testing_support::run;

/// A folder of a test's own for the files that it hands to a program.
class Folder : public testing_support::TemporaryFolder {
 public:
  Folder() : TemporaryFolder("sohoa-issue") {}

  std::string put(const std::string& name, ByteView bytes) const {
    EXPECT_TRUE(write_file(*this / name, bytes));
    return (*this / name).string();
  }
  [[nodiscard]] Bytes get(const std::string& name) const {
    auto bytes = read_file(*this / name, 100'000'000);
    EXPECT_TRUE(bytes) << name;
    return std::move(bytes).value_or({});
  }
};

/// A rendered page: R G B for each pixel.
struct Picture {
  int width = 0, height = 0;
  std::string pixels;

  /// The mean of the three components, 0 black .. 255 white; x and y as parts of the page, origin top left.
  [[nodiscard]] int grey(double x, double y) const {
    const auto [r, g, b] = colour(x, y);
    return (r + g + b) / 3;
  }
  [[nodiscard]] std::tuple<int, int, int> colour(double x, double y) const {
    const auto column = std::min(width - 1, static_cast<int>(x * width));
    const auto row = std::min(height - 1, static_cast<int>(y * height));
    const auto at = static_cast<std::size_t>(3 * (row * width + column));
    const auto byte = [&](std::size_t i) { return static_cast<int>(static_cast<unsigned char>(pixels[at + i])); };
    return {byte(0), byte(1), byte(2)};
  }
};

inline Picture rendered(const std::string& pdf, int page = 1, int dpi = 72) {
  const auto number = std::to_string(page);
  const auto answer = run({"pdftoppm", "-q", "-r", std::to_string(dpi), "-f", number, "-l", number, pdf});
  Picture picture;
  int offset = 0;
  if (std::sscanf(answer.out.c_str(), "P6 %d %d 255%n", &picture.width, &picture.height, &offset) != 2) {
    ADD_FAILURE() << "pdftoppm: " << answer.err.substr(0, 300);
    return picture;
  }
  picture.pixels = answer.out.substr(static_cast<std::size_t>(offset) + 1);
  return picture;
}

/// A word as Poppler sees it, in points, origin top left.
struct SeenWord {
  std::string text;
  double left, top, right, bottom;
};

inline std::vector<SeenWord> seen_words(const std::string& pdf) {
  const std::string xml = run({"pdftotext", "-bbox", pdf, "-"}).out;
  static const std::regex word(
      R"re(<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)</word>)re");
  std::vector<SeenWord> words;
  for (std::sregex_iterator i(xml.begin(), xml.end(), word), end; i != end; ++i) {
    const auto value = [&](std::size_t group) { return std::stod((*i)[group].str()); };
    words.push_back({(*i)[5].str(), value(1), value(2), value(3), value(4)});
  }
  return words;
}

}  // namespace sohoa
