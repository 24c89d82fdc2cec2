#include "ocr/rows.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "ocr/line_geometry.hpp"

namespace sohoa::ocr {
namespace {

constexpr double cut_gap_em = 1.2;
constexpr double heading_ems = 1.5;  // lines of less are measured by the page's em, which is surer than their own

bool is_one_line(const FoundLine& left, const FoundLine& right, double gap) {
  const double distance = right.line.box.x - left.line.box.right();
  // The engine had a reason to set two blocks apart: then only a space may stand between them.
  if (distance >= (left.block == right.block ? gap : gap / 3) || distance < -gap / 4) return false;
  if (vertical_overlap(left.line.box, right.line.box) < 0.6) return false;
  const double x = (left.line.box.right() + right.line.box.x) / 2.0;
  return std::abs(baseline_at(left.line, x) - baseline_at(right.line, x)) < gap / 5;
}

bool rule_between(const Word& left, const Word& right, const std::vector<PixelRect>& rules) {
  const auto both = united(left.box, right.box);
  return std::any_of(rules.begin(), rules.end(), [&](const PixelRect& rule) {
    return rule.center_x() > left.box.center_x() && rule.center_x() < right.box.center_x() &&
           rule.center_x() > left.box.right() - left.box.height / 4.0 &&
           rule.center_x() < right.box.x + right.box.height / 4.0 && rule.y <= both.y + both.height / 4 &&
           rule.bottom() >= both.bottom() - both.height / 4;
  });
}

double median(std::vector<std::int32_t> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

std::vector<FoundLine> joined_rows(std::vector<FoundLine> lines, double gap) {
  lines = by_rows(std::move(lines));
  std::vector<FoundLine> rows;
  for (auto& line : lines) {
    if (!rows.empty() && is_one_line(rows.back(), line, gap)) {
      rows.back() = joined(rows.back(), line);
    } else {
      rows.push_back(std::move(line));
    }
  }
  return rows;
}

std::vector<Piece> cut_at_gaps(const std::vector<FoundLine>& lines, double em,
                               const std::vector<PixelRect>& vertical_rules) {
  std::vector<Piece> pieces;
  for (std::size_t row = 0; row < lines.size(); ++row) {
    const auto& words = lines[row].line.words;
    const double own_em = em_of_x_height * lines[row].x_height;
    const double gap = cut_gap_em * (own_em > heading_ems * em ? own_em : em);
    std::size_t first = 0;
    for (std::size_t i = 1; i <= words.size(); ++i) {
      if (i < words.size() && words[i].box.x - words[i - 1].box.right() < gap &&
          !rule_between(words[i - 1], words[i], vertical_rules)) {
        continue;
      }
      pieces.push_back({part_of(lines[row], first, i), row});
      first = i;
    }
  }
  return pieces;
}

std::vector<Piece> with_blanks_mended(std::vector<Piece> pieces, double em) {
  std::map<std::size_t, std::vector<Piece>> rows;
  for (auto& piece : pieces) rows[piece.row].push_back(std::move(piece));
  std::map<std::size_t, PixelRect> boxes;
  std::vector<std::int32_t> lefts, rights;
  for (const auto& [row, parts] : rows) {
    for (const auto& part : parts) boxes[row] = united(boxes[row], part.found.line.box);
    if (parts.size() > 1 || boxes[row].width < 20 * em) continue;
    lefts.push_back(boxes[row].x);
    rights.push_back(boxes[row].right());
  }
  const double left = median(std::move(lefts));
  const double right = median(std::move(rights));
  const auto from_margin_to_margin = [&](const PixelRect& box) {
    return box.x < left + 3 * em && box.right() > right - 2 * em && box.width > 20 * em;
  };
  const auto is_paragraph_line = [&](std::size_t row, std::size_t beside) {
    const auto other = rows.find(beside);
    if (other == rows.end() || other->second.size() != 1) return false;
    const auto distance =
        std::max(boxes[row].y, boxes[beside].y) - std::min(boxes[row].bottom(), boxes[beside].bottom());
    return distance < 0.8 * em && from_margin_to_margin(boxes[beside]);
  };
  std::vector<Piece> result;
  for (auto& [row, parts] : rows) {
    const bool blanks = parts.size() > 1 && from_margin_to_margin(boxes[row]) &&
                        (is_paragraph_line(row, row - 1) || is_paragraph_line(row, row + 1));
    if (blanks) {
      for (std::size_t i = 1; i < parts.size(); ++i) parts[0].found = joined(parts[0].found, parts[i].found);
      parts.resize(1);
    }
    std::move(parts.begin(), parts.end(), std::back_inserter(result));
  }
  return result;
}

std::vector<FoundLine> mended(std::vector<Piece> pieces) {
  std::map<std::size_t, FoundLine> rows;
  for (auto& piece : pieces) {
    const auto [place, fresh] = rows.try_emplace(piece.row, piece.found);
    if (!fresh) place->second = joined(place->second, piece.found);
  }
  std::vector<FoundLine> lines;
  for (auto& [row, line] : rows) lines.push_back(std::move(line));
  return by_rows(std::move(lines));
}

}  // namespace sohoa::ocr
