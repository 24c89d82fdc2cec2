// The order of a page, in steps that each know one thing:
//   rows          what the engine cut although it is one line of print is joined
//   block_roles   stamps, signatures' texts and the page number are taken out
//   junk          specks that were read as words go
//   rows          lines are cut at wide gaps: engines join the two columns of a head or foot into single lines
//   junk          seals and pen strokes that were read as lines go
//   rows          cuts at blanks in a paragraph are undone
//   columns       the pieces are ordered, and mended where the cut was no column's
// Lines become blocks where the distance to the next one is more than an ordinary line's.

#include "ocr/reading_order.hpp"

#include <algorithm>

#include "ocr/block_roles.hpp"
#include "ocr/columns.hpp"
#include "ocr/junk.hpp"
#include "ocr/line_geometry.hpp"
#include "ocr/rows.hpp"

namespace sohoa::ocr {
namespace {

constexpr double join_gap_em = 1.0;
constexpr double block_gap_em = 0.9;  // lines of a paragraph stand 0.2 to 0.5 em apart, box to box

Block block_of(BlockRole role, const LineGroup& lines) {
  Block block;
  block.role = role;
  for (const auto& found : lines) {
    block.box = united(block.box, found.line.box);
    block.lines.push_back(found.line);
  }
  return block;
}

void add_body(const LineGroup& group, double em, std::vector<Block>& blocks) {
  LineGroup lines;
  for (const auto& found : group) {
    const bool apart = !lines.empty() && found.line.box.y - lines.back().line.box.bottom() > block_gap_em * em;
    if (apart) {
      blocks.push_back(block_of(BlockRole::body, lines));
      lines.clear();
    }
    lines.push_back(found);
  }
  if (!lines.empty()) blocks.push_back(block_of(BlockRole::body, lines));
}

}  // namespace

std::vector<Block> in_reading_order(FoundPage page) {
  const double em = page_em(page);
  page.lines = joined_rows(std::move(page.lines), join_gap_em * em);
  const auto apart = take_apart(page, em);
  page.lines = without_specks(std::move(page.lines), em);
  const auto numbers = take_page_numbers(page, em);
  auto pieces = without_junk(cut_at_gaps(page.lines, em, page.vertical_rules), em, page.seals);
  pieces = with_blanks_mended(std::move(pieces), em);

  std::vector<Block> blocks;
  for (const auto& number : numbers) {
    if (number.at_head) blocks.push_back(block_of(BlockRole::page_number, {number.line}));
  }
  for (const auto& group : ordered_columns(std::move(pieces), em, page.horizontal_rules)) {
    add_body(group, em, blocks);
  }
  for (const auto& number : numbers) {
    if (!number.at_head) blocks.push_back(block_of(BlockRole::page_number, {number.line}));
  }
  for (const auto& group : apart) {
    if (!group.lines.empty()) blocks.push_back(block_of(group.role, group.lines));
  }
  return blocks;
}

}  // namespace sohoa::ocr
