#pragma once

#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "ocr/fields/page_view.hpp"
#include "pipeline/model/recognized_page.hpp"

namespace sohoa::fields {

/// A line of these words, sure of all but those that end with '~', whose confidence is 40 (the '~' is taken away).
/// Letters are 6 units wide, on a page of 595 x 842 pixels, so that a pixel is a unit.
inline TextLine made_line(const std::string& text, int x, int y) {
  TextLine line;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const bool doubtful = word.ends_with('~');
    if (doubtful) word.pop_back();
    int width = 0;
    for (const unsigned char c : word) width += (c & 0xC0) != 0x80 ? 6 : 0;
    line.words.push_back({word, {x, y - 10, width, 12}, doubtful ? 40.0F : 96.0F});
    line.box = united(line.box, line.words.back().box);
    x += width + 4;
  }
  line.baseline_start = {static_cast<double>(line.box.x), static_cast<double>(y)};
  line.baseline_end = {static_cast<double>(line.box.right()), static_cast<double>(y)};
  return line;
}

/// A made-up A4 page, written line by line.
class MadePage {
 public:
  explicit MadePage(std::uint32_t number = 1) {
    page_.number = {number};
    page_.width = 595;
    page_.height = 842;
    page_.dpi = {72};
    page_.text_source = TextSource::recognized;
  }
  MadePage& at(int x, int y, const std::string& text, BlockRole role = BlockRole::body) {
    auto line = made_line(text, x, y);
    page_.blocks.push_back({role, line.box, {std::move(line)}});
    return *this;
  }
  /// Around the middle of the text's width.
  MadePage& centered(int y, const std::string& text) {
    const auto line = made_line(text, 0, y);
    return at(315 - line.box.width / 2, y, text);
  }
  /// Full lines of a paragraph, the first one indented.
  MadePage& paragraph(int y, int lines = 3) {
    const std::string word = "nhiệm vụ ";
    for (int i = 0; i < lines; ++i) {
      std::string text = "Thực hiện";
      const int x = i == 0 ? 110 : 80;
      while (made_line(text, x, y).box.right() < right_margin - 60) text += " " + word;
      at(x, y + 18 * i, text);
      auto& last = page_.blocks.back().lines[0].words.back().box;
      last.width = right_margin - last.x;
    }
    return *this;
  }
  /// Two columns that OCR ran into one line.
  MadePage& across(int y, int x, const std::string& left, int right_x, const std::string& right) {
    auto line = made_line(left, x, y);
    const auto more = made_line(right, right_x, y);
    line.words.insert(line.words.end(), more.words.begin(), more.words.end());
    line.box = united(line.box, more.box);
    line.baseline_end = more.baseline_end;
    page_.blocks.push_back({BlockRole::body, line.box, {std::move(line)}});
    return *this;
  }
  /// Motto and its line below, at the right.
  MadePage& motto() {
    at(290, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    return at(330, 86, "Độc lập - Tự do - Hạnh phúc");
  }

  [[nodiscard]] const RecognizedPage& page() const { return page_; }
  [[nodiscard]] PageView view() const { return view_of(page_); }
  RecognizedPage& change() { return page_; }

 private:
  static constexpr int right_margin = 550;

  RecognizedPage page_;
};

/// The first page of a decision, with these lines for its abstract.
inline MadePage made_decision(const std::vector<std::string>& abstract) {
  auto page = MadePage()
                  .at(100, 70, "ỦY BAN NHÂN DÂN")
                  .at(105, 86, "TỈNH CAO BẰNG")
                  .at(105, 118, "Số: 47/QĐ-UBND")
                  .motto()
                  .at(310, 118, "Cao Bằng, ngày 17 tháng 01 năm 2025")
                  .centered(160, "QUYẾT ĐỊNH");
  int y = 178;
  for (const auto& line : abstract) {
    page.centered(y, line);
    y += 17;
  }
  return page.paragraph(240);
}

inline Line line_of(const std::string& text) {
  return MadePage().at(80, 100, text).view().lines.front();
}

}  // namespace sohoa::fields
