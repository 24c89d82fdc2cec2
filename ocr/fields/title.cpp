// The heading stands in the middle, in capitals, below the head; of a certificate it may be the first thing on the
// page. The abstract is the lines below that are set in the middle as well: their left and right margins are the same,
// while a paragraph's first line is indented, and their pitch is that of a paragraph. Margins are those of the page's
// wide lines nearby.

#include "ocr/fields/title.hpp"

#include <algorithm>
#include <cmath>

namespace sohoa::fields {
namespace {

constexpr double title_share = 0.6;  // of the page's height: a heading below is another one's

struct Margins {
  double left = 0;
  double right = page_units;
};

/// Of the lines wider than half the page.
Margins margins_of(const std::vector<Line>& lines) {
  std::vector<double> lefts, rights;
  for (const auto& line : lines) {
    if (line.width() < page_units / 2) continue;
    lefts.push_back(line.left);
    rights.push_back(line.right);
  }
  if (lefts.size() < 3) return {75, page_units - 45};  // annex I, I.3: 30-35 and 15-20 mm
  std::sort(lefts.begin(), lefts.end());
  std::sort(rights.begin(), rights.end());
  return {lefts[lefts.size() / 5], rights[rights.size() * 4 / 5]};
}

/// Whether a line is set around one of two axes. A paragraph's first line is half an indent (13 units and more) beside
/// the margins' axis.
bool is_centered(const Line& line, double axis, double other_axis, double tolerance) {
  return std::min(std::abs(line.center() - axis), std::abs(line.center() - other_axis)) < tolerance;
}

bool begins_with(const Line& line, std::string_view anchor, std::size_t most_errors) {
  const auto match = find_anchor(line.folded.plain, anchor, most_errors);
  return match && match->begin < 4;
}

/// Lines that end an abstract by what they say.
bool ends_abstract(const Line& line) {
  return begins_with(line, "kinhgui", 1) || begins_with(line, "cancu", 0) || is_number_line(line);
}

/// An incoming stamp put beside the title leaves its words among the title's lines.
bool stamp_beside(const std::vector<Line>& lines, double y) {
  constexpr double reach = 110;  // units
  return std::any_of(lines.begin(), lines.end(), [&](const Line& line) {
    return std::abs(line.y - y) < reach && line.left < page_units / 3 && line.words.front().text.starts_with("ĐẾN");
  });
}

/// Without the stamp's words before it: all before "Về việc" in the first line, what was hardly read in the others.
Line without_stamp(const Line& line, bool first_line) {
  constexpr float hardly_read = 60;
  std::size_t first = 0;
  if (const auto begin = find_anchor(line.folded.plain, "veviec", 1); first_line && begin) {
    first = line.folded.word[begin->begin];
  }
  while (!first_line && first + 1 < line.words.size() && line.words[first].confidence < hardly_read) ++first;
  return first == 0 ? line : part_of(line, first, line.words.size());
}

std::vector<Line> abstract_below(const std::vector<Line>& lines, std::size_t from, const Margins& margins) {
  constexpr double first_pitch = 36, most_pitch = 30;  // units from baseline to baseline
  constexpr double tolerance = 11, beside_stamp = 36;  // units
  const auto& heading = lines[from - 1];
  double y = heading.y;
  bool stamped = stamp_beside(lines, y);
  std::vector<Line> abstract;
  for (std::size_t i = from; i < lines.size(); ++i) {
    const bool first = abstract.empty();  // "Về việc" tells where it begins, also where no stamp was read as one
    const auto line = stamped || first ? without_stamp(lines[i], first) : lines[i];
    stamped = stamped || line.words.size() < lines[i].words.size();
    const bool aside = line.right < page_units / 3 || line.left > page_units * 2 / 3 || line.letters().size() < 2;
    if (aside) continue;
    if (line.y - y > (first ? first_pitch : most_pitch)) break;
    const double axis = (margins.left + margins.right) / 2;
    if (ends_abstract(line) || !is_centered(line, axis, heading.center(), stamped ? beside_stamp : tolerance)) break;
    y = line.y;
    abstract.push_back(line);
  }
  return abstract;
}

/// Without the words left of `x` (units), where others are left: a stamp's digits beside a list.
Line right_of(const Line& line, double x) {
  std::size_t first = 0;
  while (first < line.words.size() && part_of(line, first, first + 1).right < x) ++first;
  return first == 0 || first == line.words.size() ? line : part_of(line, first, line.words.size());
}

}  // namespace

std::optional<Title> read_title(const PageView& page, const Head& head) {
  constexpr double middle_tolerance = 55;  // units
  const auto lines = page.body(0, page.height * title_share);
  const auto margins = margins_of(page.body(0, page.height));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (head.has_motto && lines[i].y < head.bottom - 30) continue;
    const double axis = (margins.left + margins.right) / 2;
    if (!is_centered(lines[i], axis, page_units / 2, middle_tolerance)) continue;
    const auto match = match_heading(lines, i);
    if (!match) continue;
    Title title{match->type, match->error_share, {}, {}};
    const auto end = i + match->lines;
    title.heading.assign(lines.begin() + static_cast<std::ptrdiff_t>(i),
                         lines.begin() + static_cast<std::ptrdiff_t>(end));
    title.abstract = abstract_below(lines, end, margins);
    return title;
  }
  return std::nullopt;
}

std::vector<Addressee> read_addressees(const PageView& page, const Head& head) {
  constexpr double most_pitch = 34;  // units
  const auto lines = page.body(head.bottom - 4, page.height * title_share);
  const auto first =
      std::find_if(lines.begin(), lines.end(), [](const Line& line) { return begins_with(line, "kinhgui", 1); });
  if (first == lines.end()) return {};
  std::vector<Addressee> all;
  const auto add = [&](const Line& line, std::size_t from) {
    const auto& plain = line.folded.plain;
    while (from < plain.size() && std::string_view(" :;.-+*?").find(plain[from]) != std::string_view::npos) ++from;
    if (from < plain.size()) all.push_back({line.folded.raw_from(from), {line}});
  };
  add(*first, find_anchor(first->folded.plain, "kinhgui", 1)->end);
  const bool single = !all.empty();
  double y = first->y, left = single ? first->left + 20 : first->left;
  for (auto next = first + 1; next != lines.end(); ++next) {
    const double edge = first->left - 6;
    const auto line = right_of(*next, edge);
    const bool item = line.folded.plain.find_first_of("-+*") < 2;
    if (line.right < edge && line.y - y <= most_pitch) continue;  // a stamp's, beside the list
    // An item whose dash was not read begins farther right than the next one.
    if (line.y - y > most_pitch || line.left < (item ? edge : left - 6) || (single && item)) break;
    const bool ended = !all.empty() && all.back().name.ends_with('.');
    if (ended) break;
    const bool after_item = !all.empty() && all.back().name.ends_with(';');
    if (item || after_item || all.empty()) {
      add(line, 0);
      left = std::max(left, line.left);
    } else {
      all.back().name += " " + line.text();
      all.back().lines.push_back(line);
    }
    y = line.y;
  }
  for (auto& addressee : all) {
    while (!addressee.name.empty() && std::string_view(" .;,:").find(addressee.name.back()) != std::string_view::npos) {
      addressee.name.pop_back();
    }
  }
  return all;
}

}  // namespace sohoa::fields
