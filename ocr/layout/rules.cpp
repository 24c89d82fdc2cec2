// Rules are looked for at about 150 dpi on an image where a pixel is ink if any of its four was: this closes the
// notches of scanned rules. An opening keeps what is unbroken for 8 mm across (6 mm upright); a page that leans by 0.5
// degrees breaks a rule of 3 pixels into steps of 14 mm at 300 dpi, so the steps still come through, touch each other
// and are one component. Of these, rules are thin (area over length), and free: the serifs of bold capitals may run
// into one another, but then there is ink along most of one side. The flat parts of seals' rings are told by how they
// go on. Pieces of one rule less than 2 mm apart are joined.
//
// In the page itself a rule is cleared column by column (row by row), except where ink goes on beyond both of its
// sides: that is the descender of an underlined word, or the other rule of a table's corner, which is cleared with its
// own rule. Typical: 2.5 ms for an A4 page at 300 dpi.

#include "ocr/layout/rules.hpp"

#include <algorithm>
#include <cmath>

#include "ocr/layout/components.hpp"

namespace sohoa::ocr::layout {
namespace {

constexpr double mm_per_inch = 25.4;
constexpr double least_across_mm = 8;
constexpr double least_upright_mm = 6;
constexpr double most_thickness_mm = 1;
constexpr double least_slenderness = 16;  // length over thickness: an "l" of 24-point type is 6 mm high, too, and has 8
constexpr double most_lean = 0.02;        // 1.1 degrees: imaging leaves at most 0.5
constexpr double joined_gap_mm = 2;
constexpr double most_ink_beside = 0.6;
constexpr std::size_t most_runs = 400'000;

/// A page turned so that "along" is the direction of the rules looked for; saves writing everything twice.
struct Along {
  bool upright = false;
  [[nodiscard]] std::int32_t start(const PixelRect& b) const { return upright ? b.y : b.x; }
  [[nodiscard]] std::int32_t length(const PixelRect& b) const { return upright ? b.height : b.width; }
  [[nodiscard]] std::int32_t side(const PixelRect& b) const { return upright ? b.x : b.y; }
  [[nodiscard]] std::int32_t breadth(const PixelRect& b) const { return upright ? b.width : b.height; }
  [[nodiscard]] bool ink(const BitPage& page, std::int32_t along, std::int32_t across) const {
    return upright ? page.ink(across, along) : page.ink(along, across);
  }
  void clear(BitPage& page, std::int32_t along, std::int32_t across) const {
    if (upright) {
      page.clear(across, along);
    } else {
      page.clear(along, across);
    }
  }
};

/// For each place along a component, the span that it covers across; empty where begin >= end.
struct Span {
  std::int32_t begin = 0;
  std::int32_t end = 0;
};

std::vector<std::vector<Span>> spans_of(const Components& found, const Along& along) {
  std::vector<std::vector<Span>> spans(found.all.size());
  for (std::size_t i = 0; i < spans.size(); ++i) {
    spans[i].resize(static_cast<std::size_t>(along.length(found.all[i].box)));
  }
  const auto add = [](Span& span, std::int32_t begin, std::int32_t end) {
    if (span.begin >= span.end) {
      span = {begin, end};
    } else {
      span = {std::min(span.begin, begin), std::max(span.end, end)};
    }
  };
  for (std::size_t y = 0; y + 1 < found.row_runs.size(); ++y) {
    for (auto r = found.row_runs[y]; r < found.row_runs[y + 1]; ++r) {
      const auto& run = found.runs[r];
      const auto owner = static_cast<std::size_t>(run.owner);
      const auto& box = found.all[owner].box;
      const auto row = static_cast<std::int32_t>(y);
      if (along.upright) {
        add(spans[owner][static_cast<std::size_t>(row - box.y)], run.begin, run.end);
      } else {
        for (auto x = run.begin; x < run.end; ++x) add(spans[owner][static_cast<std::size_t>(x - box.x)], row, row + 1);
      }
    }
  }
  return spans;
}

bool is_thin(const Component& component, const Along& along, double mm) {
  const double length = along.length(component.box);
  return component.area <= std::min(most_thickness_mm * mm, length / least_slenderness) * length &&
         along.breadth(component.box) <= most_thickness_mm * mm * 1.5 + most_lean * length;
}

/// Whether letters stand on the side of most of it: then it is no rule but feet of letters.
bool is_free(const BitPage& page, const std::vector<Span>& spans, const PixelRect& box, const Along& along) {
  int before = 0, after = 0;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const auto at = along.start(box) + static_cast<std::int32_t>(i);
    before += along.ink(page, at, spans[i].begin - 2);
    after += along.ink(page, at, spans[i].end + 1);
  }
  return std::max(before, after) <= most_ink_beside * static_cast<double>(spans.size());
}

/// Whether ink goes on beyond both ends, a little to a side: the flat part of a seal's ring is as long as a short rule.
bool is_arc(const BitPage& page, const PixelRect& box, const Along& along) {
  constexpr std::int32_t beyond = 5;  // reduced pixels, 0.8 mm
  constexpr std::int32_t aside = 4;
  const auto ink_at = [&](std::int32_t at) {
    for (auto across = along.side(box) - aside; across < along.side(box) + along.breadth(box) + aside; ++across) {
      if (along.ink(page, at, across)) return true;
    }
    return false;
  };
  return ink_at(along.start(box) - beyond) && ink_at(along.start(box) + along.length(box) + beyond - 1);
}

/// Clears a rule found on the reduced page out of the full one.
void clear_rule(BitPage& page, const std::vector<Span>& spans, const PixelRect& box, const Along& along,
                std::int32_t factor) {
  const auto length = along.upright ? page.height() : page.width();
  const auto breadth = along.upright ? page.width() : page.height();
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const auto begin = spans[i].begin * factor;
    const auto end = std::min(spans[i].end * factor, breadth);
    const auto from = (along.start(box) + static_cast<std::int32_t>(i)) * factor;
    for (auto at = from; at < std::min(from + factor, length); ++at) {
      const bool before = along.ink(page, at, begin - 1) && along.ink(page, at, begin - 2);
      const bool after = along.ink(page, at, end) && along.ink(page, at, end + 1);
      for (auto across = begin; across < end && !(before && after); ++across) along.clear(page, at, across);
    }
  }
}

void join_pieces(std::vector<PixelRect>& rules, const Along& along, double gap, std::int32_t thickness) {
  std::sort(rules.begin(), rules.end(),
            [&](const PixelRect& a, const PixelRect& b) { return along.start(a) < along.start(b); });
  for (std::size_t i = 0; i < rules.size(); ++i) {
    for (std::size_t j = i + 1; j < rules.size();) {
      const auto end = along.start(rules[i]) + along.length(rules[i]);
      const bool near = along.start(rules[j]) - end < gap &&
                        along.side(rules[j]) < along.side(rules[i]) + along.breadth(rules[i]) + thickness &&
                        along.side(rules[i]) < along.side(rules[j]) + along.breadth(rules[j]) + thickness;
      if (!near) {
        ++j;
        continue;
      }
      rules[i] = united(rules[i], rules[j]);
      rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(j));
      j = i + 1;
    }
  }
}

struct RuleSearch {
  Along along;
  Components found;
  std::vector<std::vector<Span>> spans;
  std::vector<std::size_t> rules;  ///< which components are
};

RuleSearch search(const BitPage& reduced, const BitPage& opened, Along along, double mm, double short_mm) {
  RuleSearch result{along, find_components(opened, most_runs), {}, {}};
  if (!result.found.complete) return result;
  result.spans = spans_of(result.found, along);
  for (std::size_t i = 0; i < result.found.all.size(); ++i) {
    const auto& component = result.found.all[i];
    if (!is_thin(component, along, mm) || !is_free(reduced, result.spans[i], component.box, along)) continue;
    const bool is_short = along.length(component.box) < short_mm * mm;
    if (!is_short || !is_arc(reduced, component.box, along)) result.rules.push_back(i);
  }
  return result;
}

std::vector<PixelRect> boxes_of(const RuleSearch& search, std::int32_t factor, double mm) {
  std::vector<PixelRect> boxes;
  for (const auto i : search.rules) {
    const auto& box = search.found.all[i].box;
    boxes.push_back({box.x * factor, box.y * factor, box.width * factor, box.height * factor});
  }
  join_pieces(boxes, search.along, joined_gap_mm * mm, factor);
  return boxes;
}

}  // namespace

Rules take_rules(BitPage& page, Dpi dpi) {
  BitPage reduced = page;
  std::int32_t factor = 1;
  for (double at = dpi.value; at > 220; at /= 2) {
    reduced = halved(reduced);
    factor *= 2;
  }
  const double mm = dpi.value / mm_per_inch;
  const auto pixels = [&](double length) { return std::max(3, static_cast<std::int32_t>(length * mm / factor)); };
  const auto across =
      search(reduced, long_across(reduced, pixels(least_across_mm)), {false}, mm / factor, 1.6 * least_across_mm);
  const auto upright =
      search(reduced, long_upright(reduced, pixels(least_upright_mm)), {true}, mm / factor, 1.6 * least_upright_mm);
  for (const auto* rules : {&across, &upright}) {
    for (const auto i : rules->rules) {
      clear_rule(page, rules->spans[i], rules->found.all[i].box, rules->along, factor);
    }
  }
  return {boxes_of(across, factor, mm), boxes_of(upright, factor, mm)};
}

}  // namespace sohoa::ocr::layout
