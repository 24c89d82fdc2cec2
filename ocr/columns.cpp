// Columns by white corridors.
//
// A corridor is an upright strip that no piece of text enters while the text to its left and to its right goes on. Two
// pieces at least 1.2 em apart (0.6 em where the engine set them into different blocks) give a first strip; it is made
// longer, upwards and downwards, as long as the next piece lies wholly on one side and leaves 0.6 em of width. (Gaps in
// justified lines stay below 1 em, and such lines come as one piece; the blocks of a Vietnamese document's head and
// foot are 2 em and more apart.) The strip with most pieces facing each other across it wins; what is above it, left of
// it, right of it and below it is ordered in the same way again.
//
// A picture's caption or a quotation may be set into the corridor, with text flowing around it on both sides: the
// corridor goes on beyond it, and it is read after the columns. A heading across the columns has nothing beside it and
// ends the corridor. Rows of tables with three cells look like such insets, but are as many as the rows beside them.
//
// Tables have corridors too, but are read row by row: those with ruled lines across the corridor; lists whose one
// column is only marks or figures; and short cells that stand exactly beside each other and are aligned to the left,
// row for row. The head of a document also has short cells side by side, but centred ones, and at most five rows of
// them.

#include "ocr/columns.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

#include "ocr/line_geometry.hpp"

namespace sohoa::ocr {
namespace {

constexpr double first_strip_em = 1.2;
constexpr double narrowest_em = 0.6;        // what it may shrink to, and between blocks that the engine, too, set apart
constexpr double lonely_corridor_em = 3.0;  // one facing pair alone must stand this far apart
constexpr std::size_t near = 8;  // what stands beside a piece is so near in the order of height: rows are short

struct Zone {
  double left_edge = 0;  ///< the corridor
  double right_edge = 0;
  std::vector<std::size_t> left;  ///< indices into the pieces, by height
  std::vector<std::size_t> right;
  std::vector<std::size_t> insets;  ///< in the corridor's way, with text beside them on both sides
  std::size_t facing = 0;           ///< pieces with one beside it on the other side

  [[nodiscard]] double width() const { return right_edge - left_edge; }
  [[nodiscard]] std::size_t size() const { return left.size() + right.size(); }
  [[nodiscard]] std::size_t first() const { return std::min(left.front(), right.front()); }
  [[nodiscard]] std::size_t last() const { return std::max(left.back(), right.back()); }
};

const PixelRect& box(const Piece& piece) {
  return piece.found.line.box;
}

bool beside(const Piece& a, const Piece& b) {
  return vertical_overlap(box(a), box(b)) >= 0.4;
}

enum class Insets : std::uint8_t { passed, end_the_corridor };

class Ordering {
 public:
  Ordering(double em, const std::vector<PixelRect>& rules) : em_(em), rules_(rules) {}

  void order(std::vector<Piece> pieces, std::vector<LineGroup>& out) const;

 private:
  [[nodiscard]] std::optional<Zone> best_zone(const std::vector<Piece>& pieces) const;
  [[nodiscard]] Zone zone_of(const std::vector<Piece>& pieces, std::size_t a, std::size_t b) const;
  [[nodiscard]] Zone grown(const std::vector<Piece>& pieces, std::size_t a, std::size_t b, Insets insets) const;
  [[nodiscard]] double first_strip(const Piece& a, const Piece& b) const {
    return em_ * (a.found.block == b.found.block ? first_strip_em : narrowest_em);
  }
  bool take(const std::vector<Piece>& pieces, std::size_t i, Zone& zone) const;
  [[nodiscard]] bool is_inset(const std::vector<Piece>& pieces, std::size_t i, const Zone& zone) const;
  void let_go_of_ends(const std::vector<Piece>& pieces, Zone& zone) const;
  [[nodiscard]] bool is_aligned(const std::vector<Piece>& pieces, const std::vector<std::size_t>& column) const;
  void count_facing(const std::vector<Piece>& pieces, Zone& zone) const;
  [[nodiscard]] bool is_ruled(const std::vector<Piece>& pieces, const Zone& zone) const;
  [[nodiscard]] bool is_table(const std::vector<Piece>& pieces, const Zone& zone) const;
  void emit_rows(std::vector<Piece> pieces, std::vector<LineGroup>& out) const;
  void emit_ruled_rows(const std::vector<Piece>& pieces, std::vector<LineGroup>& out) const;

  double em_;
  const std::vector<PixelRect>& rules_;
};

bool Ordering::take(const std::vector<Piece>& pieces, std::size_t i, Zone& zone) const {
  const auto& b = box(pieces[i]);
  const bool is_left = b.center_x() < (zone.left_edge + zone.right_edge) / 2;
  const double left_edge = is_left ? std::max<double>(zone.left_edge, b.right()) : zone.left_edge;
  const double right_edge = is_left ? zone.right_edge : std::min<double>(zone.right_edge, b.x);
  if (right_edge - left_edge < narrowest_em * em_) return false;
  zone.left_edge = left_edge;
  zone.right_edge = right_edge;
  (is_left ? zone.left : zone.right).push_back(i);
  return true;
}

/// Whether a piece lies across the whole corridor and has text beside it, apart from it, to the left and to the right.
bool Ordering::is_inset(const std::vector<Piece>& pieces, std::size_t i, const Zone& zone) const {
  const auto& b = box(pieces[i]);
  if (b.x > zone.left_edge || b.right() < zone.right_edge) return false;
  bool on_left = false, on_right = false;
  for (std::size_t j = i > near ? i - near : 0; j < std::min(pieces.size(), i + near + 1); ++j) {
    // Small type stands between the lines beside it as often as on them.
    if (std::abs(box(pieces[j]).center_y() - b.center_y()) > em_) continue;
    on_left = on_left || b.x - box(pieces[j]).right() >= first_strip_em * em_;
    on_right = on_right || box(pieces[j]).x - b.right() >= first_strip_em * em_;
  }
  return on_left && on_right;
}

Zone Ordering::zone_of(const std::vector<Piece>& pieces, std::size_t a, std::size_t b) const {
  auto zone = grown(pieces, a, b, Insets::passed);
  // A caption is short beside the columns; a column of a table is not.
  if (zone.insets.size() * 3 > zone.facing) zone = grown(pieces, a, b, Insets::end_the_corridor);
  return zone;
}

/// Pieces are ordered by the height of their middle; the zone holds all pieces between its first and its last.
Zone Ordering::grown(const std::vector<Piece>& pieces, std::size_t a, std::size_t b, Insets insets) const {
  Zone zone;
  const auto goes_on = [&](std::size_t i) {
    if (take(pieces, i, zone)) return true;
    if (insets == Insets::end_the_corridor || !is_inset(pieces, i, zone)) return false;
    zone.insets.push_back(i);
    return true;
  };
  zone.left_edge = box(pieces[a]).right();
  zone.right_edge = box(pieces[b]).x;
  const auto [first, last] = std::minmax(a, b);
  for (std::size_t i = first; i <= last; ++i) {
    if (!goes_on(i)) return {};
  }
  for (std::size_t i = first; i-- > 0 && goes_on(i);) {
  }
  for (std::size_t i = last + 1; i < pieces.size() && goes_on(i); ++i) {
  }
  std::sort(zone.left.begin(), zone.left.end());
  std::sort(zone.right.begin(), zone.right.end());
  let_go_of_ends(pieces, zone);
  count_facing(pieces, zone);
  return zone;
}

/// Whether a column's last piece shares its left edge or its middle with some other of the column.
bool Ordering::is_aligned(const std::vector<Piece>& pieces, const std::vector<std::size_t>& column) const {
  const auto& last = box(pieces[column.back()]);
  return std::any_of(column.begin(), column.end() - 1, [&](std::size_t i) {
    return std::abs(box(pieces[i]).x - last.x) < em_ || std::abs(box(pieces[i]).center_x() - last.center_x()) < em_;
  });
}

/// A zone begins where its columns begin to face each other: short lines of a paragraph above are let go. At its end,
/// pieces are let go that lie below the other column and apart from their own, or out of line with it (a centred
/// title).
void Ordering::let_go_of_ends(const std::vector<Piece>& pieces, Zone& zone) const {
  const auto trim_top = [&](std::vector<std::size_t>& column, const std::vector<std::size_t>& other) {
    while (!column.empty() && !other.empty() &&
           box(pieces[column.front()]).bottom() + 0.6 * em_ < box(pieces[other.front()]).y) {
      column.erase(column.begin());
    }
  };
  std::optional<std::size_t> parted_row;  // what of it is left goes, too: a running foot is one line
  const auto trim_bottom = [&](std::vector<std::size_t>& column, const std::vector<std::size_t>& other) {
    while (column.size() > 1 && !other.empty()) {
      const auto& last = box(pieces[column.back()]);
      const auto& previous = box(pieces[column[column.size() - 2]]);
      if (last.y < box(pieces[other.back()]).bottom()) return;
      const auto row = pieces[column.back()].row;
      if (row != parted_row && last.y - previous.bottom() < 1.1 * em_ && is_aligned(pieces, column)) return;
      parted_row = row;
      column.pop_back();
    }
  };
  trim_top(zone.left, zone.right);
  trim_top(zone.right, zone.left);
  for (std::size_t before = zone.size() + 1; before != zone.size();) {
    before = zone.size();
    trim_bottom(zone.left, zone.right);
    trim_bottom(zone.right, zone.left);
  }
  if (zone.left.empty() || zone.right.empty()) return;
  std::erase_if(zone.insets, [&](std::size_t i) { return i < zone.first() || i > zone.last(); });
}

void Ordering::count_facing(const std::vector<Piece>& pieces, Zone& zone) const {
  for (const auto i : zone.left) {
    zone.facing +=
        std::any_of(zone.right.begin(), zone.right.end(), [&](std::size_t j) { return beside(pieces[i], pieces[j]); });
  }
}

std::optional<Zone> Ordering::best_zone(const std::vector<Piece>& pieces) const {
  std::optional<Zone> best;
  for (std::size_t a = 0; a < pieces.size(); ++a) {
    for (std::size_t b = a > near ? a - near : 0; b < std::min(pieces.size(), a + near + 1); ++b) {
      const double gap = box(pieces[b]).x - box(pieces[a]).right();
      if (a == b || gap < first_strip(pieces[a], pieces[b]) || !beside(pieces[a], pieces[b])) continue;
      const auto known = [&](const std::vector<std::size_t>& side, std::size_t i) {
        return std::binary_search(side.begin(), side.end(), i);
      };
      if (best && known(best->left, a) && known(best->right, b)) continue;
      const auto zone = zone_of(pieces, a, b);
      const bool counts =
          zone.facing >= 2 || (zone.facing == 1 && zone.size() >= 3 && zone.width() >= lonely_corridor_em * em_);
      if (!counts) continue;
      if (!best || zone.facing > best->facing || (zone.facing == best->facing && zone.width() > best->width())) {
        best = zone;
      }
    }
  }
  return best;
}

bool Ordering::is_ruled(const std::vector<Piece>& pieces, const Zone& zone) const {
  double top = 1e9, bottom = 0;
  for (const auto* side : {&zone.left, &zone.right}) {
    for (const auto i : *side) {
      top = std::min<double>(top, box(pieces[i]).y);
      bottom = std::max<double>(bottom, box(pieces[i]).bottom());
    }
  }
  const auto across = std::count_if(rules_.begin(), rules_.end(), [&](const PixelRect& rule) {
    return rule.x < zone.left_edge && rule.right() > zone.right_edge && rule.y > top - 2 * em_ &&
           rule.y < bottom + 2 * em_;
  });
  return across >= 2;
}

struct ColumnShape {
  double widest = 0;
  double words = 0;        ///< a piece, on average
  double figures = 0;      ///< share of pieces that are mostly digits
  double left_spread = 0;  ///< how far the left edges lie apart on average, pixels
};

ColumnShape shape_of(const std::vector<Piece>& pieces, const std::vector<std::size_t>& column) {
  ColumnShape shape;
  double mean_left = 0;
  for (const auto i : column) mean_left += box(pieces[i]).x;
  mean_left /= static_cast<double>(column.size());
  for (const auto i : column) {
    const auto text = pieces[i].found.line.text();
    const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    shape.widest = std::max<double>(shape.widest, box(pieces[i]).width);
    shape.words += static_cast<double>(pieces[i].found.line.words.size());
    shape.figures += digits * 2 > static_cast<std::ptrdiff_t>(text.size());
    shape.left_spread += std::abs(box(pieces[i]).x - mean_left);
  }
  const auto count = static_cast<double>(column.size());
  shape.words /= count;
  shape.figures /= count;
  shape.left_spread /= count;
  return shape;
}

bool Ordering::is_table(const std::vector<Piece>& pieces, const Zone& zone) const {
  const auto left = shape_of(pieces, zone.left);
  const auto right = shape_of(pieces, zone.right);
  if (left.widest < 2.2 * em_) return true;                        // "1.", "-", "a)"
  if (right.widest < 4 * em_ && right.figures > 0.6) return true;  // page numbers, amounts
  const auto rows = std::max(zone.left.size(), zone.right.size());
  const bool row_for_row =
      zone.facing * 10 >= rows * 8 && std::min(zone.left.size(), zone.right.size()) * 10 >= rows * 8;
  const bool short_cells = left.words <= 4 && right.words <= 4;
  const bool left_aligned = left.left_spread < 0.4 * em_ && (right.left_spread < 0.4 * em_ || right.figures > 0.6);
  return rows >= 3 && row_for_row && short_cells && left_aligned;
}

void Ordering::emit_rows(std::vector<Piece> pieces, std::vector<LineGroup>& out) const {
  if (pieces.empty()) return;
  std::vector<FoundLine> lines;
  for (auto& piece : pieces) lines.push_back(std::move(piece.found));
  // Cells of a row are one line of the text.
  std::vector<FoundLine> rows;
  for (auto& line : by_rows(std::move(lines))) {
    const bool same_row = !rows.empty() && line.line.box.x >= rows.back().line.box.right() &&
                          vertical_overlap(rows.back().line.box, line.line.box) >= 0.5;
    if (same_row) {
      rows.back() = joined(rows.back(), line);
    } else {
      rows.push_back(std::move(line));
    }
  }
  out.push_back(std::move(rows));
}

/// Bands between rules are rows; in a band, pieces above one another are a cell.
void Ordering::emit_ruled_rows(const std::vector<Piece>& pieces, std::vector<LineGroup>& out) const {
  std::vector<std::int32_t> cuts;
  for (const auto& rule : rules_) cuts.push_back(rule.y);
  std::sort(cuts.begin(), cuts.end());
  std::vector<std::vector<Piece>> bands(cuts.size() + 1);
  for (const auto& piece : pieces) {
    const auto place = std::upper_bound(cuts.begin(), cuts.end(), box(piece).center_y()) - cuts.begin();
    bands[static_cast<std::size_t>(place)].push_back(piece);
  }
  for (auto& band : bands) {
    std::stable_sort(band.begin(), band.end(), [](const Piece& a, const Piece& b) { return box(a).x < box(b).x; });
    std::vector<std::vector<Piece>> cells;
    std::int32_t right = 0;
    for (auto& piece : band) {
      if (cells.empty() || box(piece).x > right) cells.emplace_back();
      right = std::max(right, box(piece).right());
      cells.back().push_back(std::move(piece));
    }
    const bool single = std::all_of(cells.begin(), cells.end(), [](const auto& cell) { return cell.size() == 1; });
    if (single) {
      std::vector<Piece> row;
      for (auto& cell : cells) row.push_back(std::move(cell.front()));
      emit_rows(std::move(row), out);
    } else {
      for (auto& cell : cells) emit_rows(std::move(cell), out);
    }
  }
}

void Ordering::order(std::vector<Piece> pieces, std::vector<LineGroup>& out) const {
  if (pieces.empty()) return;
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece& a, const Piece& b) { return box(a).center_y() < box(b).center_y(); });
  const auto zone = best_zone(pieces);
  if (!zone) {
    out.push_back(mended(std::move(pieces)));
    return;
  }
  std::vector<Piece> above, left, right, insets, below;
  const auto is_in = [](const std::vector<std::size_t>& places, std::size_t i) {
    return std::find(places.begin(), places.end(), i) != places.end();
  };
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    auto& part = i < zone->first()        ? above
                 : i > zone->last()       ? below
                 : is_in(zone->right, i)  ? right
                 : is_in(zone->insets, i) ? insets
                                          : left;
    part.push_back(pieces[i]);
  }
  const auto all_of_zone = [&] {
    std::move(right.begin(), right.end(), std::back_inserter(left));
    std::move(insets.begin(), insets.end(), std::back_inserter(left));
    return std::move(left);
  };
  order(std::move(above), out);
  if (is_ruled(pieces, *zone)) {
    emit_ruled_rows(all_of_zone(), out);
  } else if (is_table(pieces, *zone)) {
    emit_rows(all_of_zone(), out);
  } else {
    order(std::move(left), out);
    order(std::move(right), out);
    order(std::move(insets), out);
  }
  order(std::move(below), out);
}

}  // namespace

std::vector<LineGroup> ordered_columns(std::vector<Piece> pieces, double em,
                                       const std::vector<PixelRect>& horizontal_rules) {
  std::vector<LineGroup> groups;
  Ordering(em, horizontal_rules).order(std::move(pieces), groups);
  return groups;
}

}  // namespace sohoa::ocr
