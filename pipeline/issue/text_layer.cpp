// Text in rendering mode 3 (ISO 32000-1, 9.3.6) exactly on the words of the scan.
// All geometry is in points. A line has a frame: its baseline's start and direction (c, s), which may be slightly
// tilted, since pages are shown as they were scanned. A word's box is upright, W wide and H high, and holds a tilted
// rectangle L long and h high: W = L c + h s, H = L s + h c, thus L = (W c - H s) / (c^2 - s^2), h = (H c - W s) / (c^2
// - s^2). At one degree a word of ten letters would be drawn some 2 % too long without this.
//
// The font size is the least whose box, ascent .8 and descent .2 of it, covers most of the line's words. Every glyph is
// .5 wide, so a word of n characters is scaled (Tz) by L / (.5 n size); the space behind it is scaled to the gap. Where
// the pen stands is computed from the rounded numbers that were written, so that roundings do not add up: words start
// and end within .15 point.
//
// Beyond one degree the words of a line are set level, one by one, each in its own box: Poppler, which takes a rise of
// half a point for a new word, would cut words to pieces.

#include "pipeline/issue/text_layer.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "pipeline/issue/pdf_syntax.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::issue {
namespace {

using Metrics = GlyphlessMetrics;
constexpr double advance = Metrics::advance / double{Metrics::units_per_em};
constexpr double ascent = Metrics::ascent / double{Metrics::units_per_em};
constexpr double descent = -Metrics::descent / double{Metrics::units_per_em};
constexpr double tolerance = 0.15;  // points: half a pixel at 300 dpi
constexpr double least_gap = 0.18;  // of the font size, between two words

/// An upright rectangle, y up.
struct Box {
  double left = 0, bottom = 0, right = 0, top = 0;
  [[nodiscard]] double width() const { return right - left; }
  [[nodiscard]] double height() const { return top - bottom; }
  [[nodiscard]] Point center() const { return {(left + right) / 2, (bottom + top) / 2}; }
};

struct Frame {
  Point origin;
  double c = 1, s = 0;
  bool operator==(const Frame&) const = default;
};

/// A word on its line: where it starts and ends along the baseline, how far it reaches above and below.
struct Span {
  const Word* word = nullptr;
  Frame frame;
  double start = 0, end = 0;
  double above = 0, below = 0;
};

Box to_points(const PixelRect& rect, const PixelsToPoints& scale) {
  constexpr double least = 0.1;  // points: a box without extent still has a place
  const double left = std::clamp(rect.x * scale.x, 0.0, scale.width - least);
  const double right = std::clamp((double{1} * rect.x + rect.width) * scale.x, left + least, scale.width);
  const double top = std::clamp(scale.height - rect.y * scale.y, least, scale.height);
  const double bottom = std::clamp(scale.height - (double{1} * rect.y + rect.height) * scale.y, 0.0, top - least);
  return {left, bottom, right, top};
}

Box around_words(const TextLine& line, const PixelsToPoints& scale) {
  Box all = to_points(line.words.front().box, scale);
  for (const auto& word : line.words) {
    const Box box = to_points(word.box, scale);
    all = {std::min(all.left, box.left), std::min(all.bottom, box.bottom), std::max(all.right, box.right),
           std::max(all.top, box.top)};
  }
  return all;
}

/// The stated baseline where it runs through its words, else a level one a fifth above their lower edge.
Frame frame_of(const TextLine& line, const PixelsToPoints& scale) {
  constexpr double level = 0.0009;  // .05 degree: not told from level by eye
  const Box words = around_words(line, scale);
  const Point start{line.baseline_start.x * scale.x, scale.height - line.baseline_start.y * scale.y};
  const Point end{line.baseline_end.x * scale.x, scale.height - line.baseline_end.y * scale.y};
  const double length = std::hypot(end.x - start.x, end.y - start.y);
  const Point middle{(start.x + end.x) / 2, (start.y + end.y) / 2};
  const bool runs_through =
      middle.x >= words.left && middle.x <= words.right && std::abs(middle.y - words.center().y) <= words.height();
  if (length < 0.5 || !runs_through) return {{words.left, words.bottom + words.height() / 5}, 1, 0};
  const double c = (end.x - start.x) / length;
  const double s = (end.y - start.y) / length;
  if (c > 0 && std::abs(s) < level) return {{start.x, middle.y}, 1, 0};
  return {start, c, s};
}

Span span_of(const Word& word, const Frame& frame, const PixelsToPoints& scale) {
  const Box box = to_points(word.box, scale);
  const double c = std::abs(frame.c);
  const double s = std::abs(frame.s);
  const double spread = c * c - s * s;  // near +-1: frames lie close to an axis
  const double longest = box.width() * c + box.height() * s;
  const double highest = box.width() * s + box.height() * c;
  const double length = std::clamp((box.width() * c - box.height() * s) / spread, longest / 4, longest);
  const double height = std::clamp((box.height() * c - box.width() * s) / spread, highest / 4, highest);
  const double dx = box.center().x - frame.origin.x;
  const double dy = box.center().y - frame.origin.y;
  const double along = dx * frame.c + dy * frame.s;
  const double across = dy * frame.c - dx * frame.s;
  return {&word, frame, along - length / 2, along + length / 2, across + height / 2, height / 2 - across};
}

/// The value below which three quarters lie.
double upper(std::vector<double> values) {
  const auto place = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) * 3 / 4);
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

/// Letters reach .7 above the baseline and .2 below it, so most lines ask for .9 to 1.1 of their true size. What a
/// stamp or a stroke of the pen adds to a line must not blow it up: Poppler reads glyphs much taller than wide as a
/// column.
double font_size(const std::vector<Span>& spans, double page_height) {
  std::vector<double> above, below, heights;
  for (const auto& span : spans) {
    above.push_back(span.above);
    below.push_back(span.below);
    heights.push_back(span.above + span.below);
  }
  const double size = std::min(std::max(upper(above) / ascent, upper(below) / descent), 1.25 * upper(heights));
  return std::clamp(std::round(size * 10) / 10, 1.0, std::max(1.0, page_height));
}

/// Words that touch or overlap are still two words. Readers see a gap from .15 of the font size on (Poppler), so each
/// of the two gives up a little. A word that starts before the one on its left is left alone: it will be placed anew.
void part(std::vector<Span>& spans, double size) {
  const double gap = least_gap * size;
  for (std::size_t i = 1; i < spans.size(); ++i) {
    Span &left = spans[i - 1], &right = spans[i];
    if (right.start - left.end >= gap || right.start <= left.start || right.end <= left.end) continue;
    const double middle = (left.end + right.start) / 2;
    left.end = std::max(middle - gap / 2, left.start + (left.end - left.start) / 4);
    right.start = std::min(std::max(middle + gap / 2, left.end + gap), right.end - (right.end - right.start) / 4);
  }
}

/// Writes one line's operators and keeps the state that later lines can rely on.
class LineWriter {
 public:
  LineWriter(std::string_view font, GlyphCodes& codes) : font_(font), codes_(codes) {}

  void write(const std::vector<Span>& spans, double size) {
    size_ = size;
    if (const auto text = pdf::number(size, 1); text != size_text_) {
      content_ += std::string(font_) + ' ' + text + " Tf\n";
      size_text_ = text;
    }
    for (std::size_t i = 0; i < spans.size(); ++i) {
      const Span& span = spans[i];
      if (i == 0 || span.frame != spans[i - 1].frame || std::abs(pen_ - span.start) > tolerance) move_to(span);
      show(text::code_points(span.word->text), span.end);
      if (i + 1 < spans.size()) show(U" ", std::max(spans[i + 1].start, pen_ + least_gap * size_));
    }
    content_ += '\n';
  }
  [[nodiscard]] std::string take() { return std::move(content_); }

 private:
  void move_to(const Span& span) {
    const Frame& frame = span.frame;
    pen_ = span.start;
    const Point p{frame.origin.x + pen_ * frame.c, frame.origin.y + pen_ * frame.s};
    const auto c = pdf::number(frame.c, 5);
    const auto s = pdf::number(frame.s, 5);
    content_ += c + ' ' + s + ' ' + pdf::number(-frame.s, 5) + ' ' + c + ' ' + pdf::number(p.x) + ' ' +
                pdf::number(p.y) + " Tm\n";
  }

  /// Shows `characters` from the pen to `end`.
  void show(std::u32string_view characters, double end) {
    const double natural = advance * size_ * static_cast<double>(characters.size());
    const double steps =
        natural * 0.005 > tolerance ? 10 : 1;  // of a percent; a digit less is a tenth off the whole file
    const double percent = std::max(1.0, std::round(steps * 100 * (end - pen_) / natural) / steps);
    if (const auto text = pdf::number(percent, 1); text != scale_text_) {
      content_ += text + " Tz";
      scale_text_ = text;
    }
    content_ += '<';
    for (const char32_t c : characters) {
      const auto code = codes_.code_of(c);
      for (int shift = 12; shift >= 0; shift -= 4) content_ += "0123456789abcdef"[code >> shift & 0xF];
    }
    content_ += ">Tj\n";
    pen_ += natural * percent / 100;
  }

  std::string_view font_;
  GlyphCodes& codes_;
  std::string content_;
  std::string size_text_;
  std::string scale_text_;
  double size_ = 1;
  double pen_ = 0;  ///< along the baseline, from the frame's origin
};

/// A level frame in which the word's own box is the font's. All words of a line share its x.
Frame step_under(const Word& word, const PixelsToPoints& scale) {
  const Box box = to_points(word.box, scale);
  return {{0, box.bottom + descent / (ascent + descent) * box.height()}, 1, 0};
}

std::vector<Span> spans_of(const TextLine& line, const PixelsToPoints& scale) {
  constexpr double most_tilt = 0.0175;  // one degree off an axis
  const Frame frame = frame_of(line, scale);
  const bool oblique = std::min(std::abs(frame.c), std::abs(frame.s)) > most_tilt;
  std::vector<Span> spans;
  for (const auto& word : line.words) {
    if (!word.text.empty()) spans.push_back(span_of(word, oblique ? step_under(word, scale) : frame, scale));
  }
  return spans;
}

}  // namespace

std::string text_layer(const RecognizedPage& page, const PixelsToPoints& scale, std::string_view font,
                       GlyphCodes& codes) {
  LineWriter writer(font, codes);
  for (const auto& block : page.blocks) {
    for (const auto& line : block.lines) {
      if (line.words.empty()) continue;
      auto spans = spans_of(line, scale);
      if (spans.empty()) continue;
      const double size = font_size(spans, scale.height);
      part(spans, size);
      writer.write(spans, size);
    }
  }
  const std::string content = writer.take();
  return content.empty() ? content : "BT\n3 Tr\n" + content + "ET\n";
}

}  // namespace sohoa::issue
