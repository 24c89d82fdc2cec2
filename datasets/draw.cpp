#include "datasets/draw.hpp"

#include <algorithm>

#include "datasets/marks.hpp"
#include "datasets/sheet.hpp"

namespace sohoa::datasets {
namespace {

class PageDrawer {
 public:
  PageDrawer(const PageStyle& style, const DrawOptions& options, Random& random)
      : style_(style), options_(options), random_(random), sheet_(options.dpi), pen_(draw_pen_ink(random)) {
    const double toner = random.uniform(0.0, 0.16);
    ink_ = {toner, toner, toner};
  }

  DrawnPage draw(const PlacedPage& page, const DocumentText& document) {
    for (const auto& rule : page.rules) sheet_.rule(rule, ink_);
    for (const auto& block : page.blocks) draw_block(block);
    for (const auto& place : page.signatures) sign(place);
    if (options_.page.value == 1) stamps(page, document);
    auto pixels = sheet_.take();
    truth_.width = pixels.width();
    truth_.height = pixels.height();
    truth_.dpi = options_.dpi;
    return {std::move(pixels), std::move(truth_)};
  }

 private:
  [[nodiscard]] Point to_pixels(double x, double y) const { return {x * options_.dpi / 72, y * options_.dpi / 72}; }

  void draw_block(const PlacedBlock& block) {
    TrueBlock drawn{block.kind, {}};
    for (const auto& line : block.lines) drawn.lines.push_back(draw_line(line));
    truth_.blocks.push_back(std::move(drawn));
  }

  TrueLine draw_line(const PlacedLine& line) {
    TrueLine drawn;
    for (const auto& word : line.words) drawn.words.push_back(draw_word(word, line.baseline));
    double right = 0;
    for (const auto& word : drawn.words) right = std::max<double>(right, box_of(word.outline).right());
    drawn.baseline_start = to_pixels(line.words.front().x, line.baseline);
    drawn.baseline_end = {right, drawn.baseline_start.y};
    return drawn;
  }

  TrueWord draw_word(const PlacedWord& word, double baseline) {
    std::vector<Point> points;
    if (word.pen_bytes > 0) {
      points = sheet_.pen(word.text.substr(0, word.pen_bytes), {word.x + 2, baseline}, {word.pen_width - 5, 12.5}, pen_,
                          random_);
    }
    const auto printed = word.text.substr(word.pen_bytes);
    const auto more = sheet_.text(printed, {word.x + word.pen_width, baseline}, style_.family, word.style, ink_);
    points.insert(points.end(), more.begin(), more.end());
    return {word.text, hull_of(std::move(points)), word.pen_bytes > 0};
  }

  void sign(const SignaturePlace& place) {
    const double middle = (place.title_baseline + place.name_baseline - 8) / 2;
    const double off = options_.seal == SealPlace::beside_text ? 0 : random_.uniform(-14, 14);
    truth_.marks.push_back(draw_signature(sheet_, {place.center_x + random_.uniform(0, 20), middle + off},
                                          random_.uniform(90, 140), random_));
    if (place.sealed) truth_.marks.push_back(draw_seal(sheet_, seal_center(place, middle), random_));
  }

  /// On 11 signed papers of several signers the seal's middle stands 15 to 28 mm left of the name's, and its lowest
  /// point above the name's baseline by 0.7 to 2.6 mm on eight, by 8 to 9.5 mm on three; of 13 further names, cut out
  /// of other papers, two are crossed as low as 1 mm below it. So the ring runs through the tops of the first word's
  /// letters, hardly ever through the whole name. We stamp a little lower than they did.
  Point seal_center(const SignaturePlace& place, double middle) {
    constexpr double mm = points_per_mm;
    if (options_.seal == SealPlace::beside_text) {
      return {place.center_x - random_.uniform(44, 56), middle + random_.uniform(-3, 1)};
    }
    if (options_.seal == SealPlace::as_stamped) {
      const double kind = random_.uniform(0, 1);
      const double above = kind < 0.15   ? random_.uniform(4 * mm, 9.5 * mm)
                           : kind < 0.85 ? random_.uniform(0.5 * mm, 3 * mm)
                                         : random_.uniform(-1.5 * mm, 0.5 * mm);
      return {place.center_x - random_.uniform(15 * mm, 28 * mm), place.name_baseline - above - seal_radius};
    }
    return {place.center_x - random_.uniform(6, 34), random_.chance(0.6)
                                                         ? place.name_baseline - random_.uniform(4, 30)
                                                         : place.title_baseline + random_.uniform(6, 30)};
  }

  void stamps(const PlacedPage& page, const DocumentText& document) {
    if (document.incoming) {
      // Beside the title where there is room, as clerks do; else over its end, as they do too.
      const double left = std::clamp(page.stamp_left(), least_stamp_left, std::max(least_stamp_left, style_.left - 30));
      const Point at{left, page.title_baseline - 8 + random_.uniform(-6, 2) + (document.urgency.empty() ? 0 : 20)};
      add(draw_incoming_stamp(sheet_, *document.incoming, at, random_));
    }
    if (!document.urgency.empty())
      // Below number and symbol (Decree 30/2020, annex I, box 10b), above what the clerk stamps in.
      add(draw_urgency_stamp(sheet_, document.urgency,
                             {style_.left + random_.uniform(-8, 8), page.head_bottom + random_.uniform(9, 13)},
                             random_));
    if (!document.card_code.empty())
      add(draw_card_code(sheet_, document.card_code, {style_.right - card_code_side, page.code_top}));
    if (!document.e_signature.empty())
      add(draw_e_signature(sheet_, document.e_signature, {style_.right, style_.top - 28}, random_));
  }

  void add(DrawnStamp stamp) {
    truth_.blocks.push_back(std::move(stamp.block));
    truth_.marks.push_back(std::move(stamp.frame));
  }

  const PageStyle& style_;
  const DrawOptions& options_;
  Random& random_;
  Sheet sheet_;
  Ink ink_;
  Ink pen_;
  TruePage truth_;
};

}  // namespace

DrawnPage draw_page(const PlacedPage& page, const DocumentText& document, const PageStyle& style,
                    const DrawOptions& options, Random& random) {
  return PageDrawer(style, options, random).draw(page, document);
}

}  // namespace sohoa::datasets
