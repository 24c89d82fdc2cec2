// A line's letters and marks are its own. What is left and large enough to cross a line (letters of two lines that
// touch, a pen stroke or a seal's ring over letters) is parted by rows: a line takes what lies in its band between its
// ends. Between two lines the border is the row with least ink from just below the upper baseline to the top of the
// lower line's small letters: a descender that meets a mark is thinnest where they meet.

#include "ocr/layout/ownership.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sohoa::ocr::layout {
namespace {

constexpr double reach_up = 2.3;                  // x-heights above the baseline: capitals with marks
constexpr double reach_down = 0.55;               // descenders
constexpr double reach_aside = 0.5;               // x-heights beyond the line's ends
constexpr double tallest_letter = 2.5;            // x-heights: "Ấ" has 2.3, "Q" below marks 2.4
constexpr std::int32_t least_shared_height = 12;  // pixels; lower ones cannot cross a line

struct Share {
  std::int32_t line = -1;
  std::int32_t begin = 0;  ///< rows
  std::int32_t end = 0;
};

/// Ink of a component in each of its rows.
std::vector<std::int32_t> ink_by_row(const Components& found, std::int32_t component) {
  const auto& box = found.all[static_cast<std::size_t>(component)].box;
  std::vector<std::int32_t> ink(static_cast<std::size_t>(box.height));
  for (auto y = box.y; y < box.bottom(); ++y) {
    for (auto r = found.row_runs[static_cast<std::size_t>(y)]; r < found.row_runs[static_cast<std::size_t>(y) + 1];
         ++r) {
      const auto& run = found.runs[r];
      if (run.owner == component) ink[static_cast<std::size_t>(y - box.y)] += run.end - run.begin;
    }
  }
  return ink;
}

std::vector<Share> shares_of(const Components& found, std::int32_t component, const std::vector<TextRun>& lines) {
  const auto& box = found.all[static_cast<std::size_t>(component)].box;
  std::vector<Share> shares;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& line = lines[i];
    const double x = line.x_height;
    if (box.x > line.right + reach_aside * x || box.right() < line.left - reach_aside * x) continue;
    const double base = line.baseline(std::clamp(box.center_x(), double(line.left), double(line.right)));
    // It must cover a good part of the small letters' height: a mark of the next line does not.
    const double covered = std::min<double>(box.bottom(), base) - std::max<double>(box.y, base - x);
    if (covered < 0.5 * x) continue;
    shares.push_back({static_cast<std::int32_t>(i), static_cast<std::int32_t>(std::lround(base - reach_up * x)),
                      static_cast<std::int32_t>(std::lround(base + reach_down * x))});
  }
  std::sort(shares.begin(), shares.end(), [](const Share& a, const Share& b) { return a.end < b.end; });
  if (shares.size() < 2) return shares;
  const auto ink = ink_by_row(found, component);
  for (std::size_t i = 1; i < shares.size(); ++i) {
    auto& upper = shares[i - 1];
    auto& lower = shares[i];
    const auto& a = lines[static_cast<std::size_t>(upper.line)];
    const auto& b = lines[static_cast<std::size_t>(lower.line)];
    if (upper.end <= lower.begin) continue;
    const auto row = [&](double v) { return std::clamp(static_cast<std::int32_t>(v), box.y, box.bottom() - 1); };
    const auto from = row(a.baseline(box.center_x()) + 0.08 * a.x_height);
    const auto to = row(b.baseline(box.center_x()) - 1.05 * b.x_height);
    auto border = (from + to) / 2;
    auto least = std::numeric_limits<std::int32_t>::max();
    for (auto y = from; y <= to; ++y) {
      if (ink[static_cast<std::size_t>(y - box.y)] >= least) continue;
      least = ink[static_cast<std::size_t>(y - box.y)];
      border = y;
    }
    upper.end = border;
    lower.begin = border;
  }
  return shares;
}

std::int32_t share_for(const std::vector<Share>& shares, const std::vector<TextRun>& lines, std::int32_t y,
                       const InkRun& run) {
  for (const auto& share : shares) {
    if (y < share.begin || y >= share.end) continue;
    const auto& line = lines[static_cast<std::size_t>(share.line)];
    const double aside = reach_aside * line.x_height;
    if (run.end > line.left - aside && run.begin < line.right + aside) return share.line;
  }
  return -1;
}

void widen(LineExtent& extent, const TextRun& line, const PixelRect& box) {
  const double base = line.baseline(box.center_x());
  extent.box = united(extent.box, box);
  extent.above = std::max(extent.above, base - box.y);
  extent.below = std::max(extent.below, box.bottom() - base);
}

}  // namespace

std::vector<LineExtent> give_ink_to_lines(Components& found, const std::vector<TextRun>& lines) {
  constexpr std::int32_t nobody = -1;
  std::vector<std::int32_t> owners(found.all.size(), nobody);
  std::vector<std::vector<Share>> shares(found.all.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (const auto c : lines[i].letters) owners[static_cast<std::size_t>(c)] = static_cast<std::int32_t>(i);
    for (const auto c : lines[i].marks) owners[static_cast<std::size_t>(c)] = static_cast<std::int32_t>(i);
  }
  std::vector<LineExtent> extents(lines.size());
  const auto own = [&](std::int32_t line, const PixelRect& box) {
    widen(extents[static_cast<std::size_t>(line)], lines[static_cast<std::size_t>(line)], box);
  };
  for (std::size_t c = 0; c < found.all.size(); ++c) {
    const auto& box = found.all[c].box;
    const auto owner = owners[c];
    if (owner != nobody && box.height < tallest_letter * lines[static_cast<std::size_t>(owner)].x_height) {
      own(owner, box);
      continue;
    }
    if (owner == nobody && box.height < least_shared_height) continue;
    auto parts = shares_of(found, static_cast<std::int32_t>(c), lines);
    if (parts.size() <= 1 && owner != nobody) {
      own(owner, box);
      continue;
    }
    owners[c] = nobody;
    shares[c] = std::move(parts);
  }
  for (std::size_t y = 0; y + 1 < found.row_runs.size(); ++y) {
    const auto row = static_cast<std::int32_t>(y);
    for (auto r = found.row_runs[y]; r < found.row_runs[y + 1]; ++r) {
      auto& run = found.runs[r];
      const auto c = static_cast<std::size_t>(run.owner);
      run.owner = shares[c].empty() ? owners[c] : share_for(shares[c], lines, row, run);
      if (!shares[c].empty() && run.owner != nobody) own(run.owner, {run.begin, row, run.end - run.begin, 1});
    }
  }
  return extents;
}

}  // namespace sohoa::ocr::layout
