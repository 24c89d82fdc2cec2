#pragma once

#include <string>
#include <vector>

#include "ocr/found_line.hpp"
#include "pipeline/model/recognized_page.hpp"

namespace sohoa::ocr {

/// Draws pages of lines for tests: an A4 page at 300 dpi whose type has an x-height of 28 and an em of about 59 pixels.
class PageSketch {
 public:
  PageSketch() {
    page_.width = 2480;
    page_.height = 3508;
    page_.dpi = {300};
  }

  /// Words from x on, on the baseline y, 27 pixels a character; '~' in `text` is a gap of 300 pixels, '_' one of 100.
  PageSketch& line(int x, int y, const std::string& text, float confidence = 95, double x_height = 28) {
    FoundLine found;
    found.x_height = x_height;
    found.block = block_;
    const double size = x_height / 28;
    double at = x;
    std::string word;
    const auto flush = [&] {
      if (word.empty()) return;
      const auto width = static_cast<std::int32_t>(27 * size * static_cast<double>(letters(word)));
      const PixelRect box{static_cast<std::int32_t>(at), y - static_cast<std::int32_t>(40 * size), width,
                          static_cast<std::int32_t>(42 * size)};
      found.line.words.push_back({word, box, confidence});
      found.line.box = united(found.line.box, box);
      at += width;
      word.clear();
    };
    for (const char c : text) {
      if (c != ' ' && c != '~' && c != '_') {
        word += c;
        continue;
      }
      flush();
      at += c == '~' ? 300 : c == '_' ? 100 : 20 * size;
    }
    flush();
    found.line.baseline_start = {static_cast<double>(found.line.box.x), static_cast<double>(y)};
    found.line.baseline_end = {static_cast<double>(found.line.box.right()), static_cast<double>(y)};
    page_.lines.push_back(std::move(found));
    return *this;
  }
  /// A word with a box of its own.
  PageSketch& mark(PixelRect box, const std::string& text, float confidence, double x_height) {
    FoundLine found;
    found.x_height = x_height;
    found.block = block_;
    found.line.words.push_back({text, box, confidence});
    found.line.box = box;
    found.line.baseline_start = {static_cast<double>(box.x), static_cast<double>(box.bottom())};
    found.line.baseline_end = {static_cast<double>(box.right()), static_cast<double>(box.bottom())};
    page_.lines.push_back(std::move(found));
    return *this;
  }
  /// `count` lines of a paragraph from margin to margin, 70 pixels apart.
  PageSketch& paragraph(int y, int count, const std::string& name = "đoạn") {
    for (int i = 0; i < count; ++i) {
      line(350, y + 70 * i,
           name + std::to_string(i) + " văn bản có nhiều chữ chạy từ lề trái sang lề phải của trang giấy");
    }
    return *this;
  }
  PageSketch& horizontal_rule(int x, int y, int width) {
    page_.horizontal_rules.push_back({x, y, width, 4});
    return *this;
  }
  PageSketch& vertical_rule(int x, int y, int height) {
    page_.vertical_rules.push_back({x, y, 4, height});
    return *this;
  }
  PageSketch& seal(PixelRect box) {
    page_.seals.push_back(box);
    return *this;
  }
  /// Lines from here on are another of the engine's blocks.
  PageSketch& next_block() {
    ++block_;
    return *this;
  }
  [[nodiscard]] const FoundPage& page() const { return page_; }

 private:
  static std::size_t letters(const std::string& word) {
    std::size_t count = 0;
    for (const char c : word) count += (c & 0xC0) != 0x80;
    return count;
  }

  FoundPage page_;
  std::int32_t block_ = 0;
};

}  // namespace sohoa::ocr
