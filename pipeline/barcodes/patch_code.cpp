// A patch code is four bars, narrow (0.08 inch) or wide (0.20), parted by narrow spaces, 0.80 inch together and 2
// inches long at least, along an edge of the sheet. Counted from that edge inwards, patch T is narrow, wide, narrow,
// wide. Source: Eastman Kodak, Patch Code Information for Kodak Imagelink Products (A-61599), all measures +-0.01 inch.
//
// The page is sampled along lines across it, 0.1 inch apart, from edge to edge in both directions. A line's runs tell
// the code; copiers, printers and thresholds make bars grow and shrink by some 0.03 inch, so that wide and narrow still
// part at 0.14. What at least 11 lines see at the same height (1.1 inches of the bars' 2) is a code: absolute sizes and
// that length are met by no table or picture of the real scans (README.md).

#include "pipeline/barcodes/patch_code.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "pipeline/barcodes/bit_rows.hpp"

namespace sohoa::barcodes {
namespace {

constexpr double line_pitch = 0.1;     // inch, between lines
constexpr double sample_pitch = 0.01;  // inch, along a line
constexpr std::size_t fewest_lines = 11;

/// Samples along lines (rows of `pixels`) across the page; widths are in samples.
struct Lines {
  Raster pixels;
  double line_step = 1;    ///< pixels of the page between lines
  double sample_step = 1;  ///< pixels of the page between samples
};

enum class Along : std::uint8_t { rows, columns };

Lines sampled(const Raster& grey, Dpi dpi, Along along) {
  const double line_step = std::max(1.0, dpi.value * line_pitch);
  const double sample_step = std::max(1.0, dpi.value * sample_pitch);
  const auto length = along == Along::rows ? grey.width() : grey.height();
  const auto across = along == Along::rows ? grey.height() : grey.width();
  const auto samples = static_cast<std::int32_t>(length / sample_step);
  const auto lines = static_cast<std::int32_t>(across / line_step);
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(samples) * lines);
  const auto place = [](double step, std::int32_t i) { return static_cast<std::int32_t>((i + 0.5) * step); };
  if (along == Along::rows) {
    for (std::int32_t line = 0; line < lines; ++line) {
      const auto* row = grey.row(place(line_step, line));
      for (std::int32_t i = 0; i < samples; ++i) pixels[std::size_t(line) * samples + i] = row[place(sample_step, i)];
    }
  } else {
    for (std::int32_t i = 0; i < samples; ++i) {
      const auto* row = grey.row(place(sample_step, i));
      for (std::int32_t line = 0; line < lines; ++line)
        pixels[std::size_t(line) * samples + i] = row[place(line_step, line)];
    }
  }
  return {{samples, lines, 1, std::move(pixels)}, line_step, sample_step};
}

/// Specks on bars and paper: two changes closer than that are none.
void without_specks(std::vector<std::int32_t>& edges) {
  constexpr std::int32_t least = 2;  // samples: 0.02 inch
  std::size_t kept = 0;
  for (const auto edge : edges) {
    if (kept > 0 && edge - edges[kept - 1] < least) {
      --kept;
    } else {
      edges[kept++] = edge;
    }
  }
  edges.resize(kept);
}

/// What was seen on one line: where the code begins and ends, in samples.
struct Sight {
  std::int32_t line = 0;
  std::int32_t begin = 0;
  std::int32_t end = 0;
};

/// Whether the seven runs from edges[first] on are patch T; `samples`: the line's.
bool is_patch_t(const std::vector<std::int32_t>& edges, std::size_t first, std::int32_t samples) {
  const auto narrow = [](std::int32_t run) { return run >= 4 && run <= 12; };  // 0.08 inch
  const auto wide = [](std::int32_t run) { return run >= 15 && run <= 25; };   // 0.20 inch
  std::array<std::int32_t, 7> runs{};
  for (std::size_t i = 0; i < runs.size(); ++i) runs[i] = edges[first + i + 1] - edges[first + i];
  const bool from_the_end = edges[first] + edges[first + 7] > samples;
  if (from_the_end) std::reverse(runs.begin(), runs.end());
  return narrow(runs[0]) && narrow(runs[1]) && wide(runs[2]) && narrow(runs[3]) && narrow(runs[4]) && narrow(runs[5]) &&
         wide(runs[6]);
}

std::vector<Sight> sights_on(const Lines& lines) {
  const auto samples = lines.pixels.width();
  const BitRows rows(lines.pixels, 1);
  std::vector<Sight> sights;
  std::vector<std::int32_t> edges;
  for (std::int32_t line = 0; line < rows.count(); ++line) {
    edges_of(rows.row(line), edges);
    without_specks(edges);
    for (std::size_t first = 0; first + 7 < edges.size(); first += 2) {
      if (is_patch_t(edges, first, samples)) sights.push_back({line, edges[first], edges[first + 7]});
    }
  }
  return sights;
}

/// Sights of one code, the first taken out of `rest`, which is sorted by line.
std::vector<Sight> next_code(std::vector<Sight>& rest) {
  constexpr std::int32_t farthest_line = 3, farthest_sample = 5;  // samples: what 5 degrees make of 3 lines, and a blot
  std::vector<Sight> code;
  for (auto at = rest.begin(); at != rest.end();) {
    if (code.empty() ||
        (at->line - code.back().line <= farthest_line && std::abs(at->begin - code.back().begin) <= farthest_sample)) {
      code.push_back(*at);
      at = rest.erase(at);
    } else {
      ++at;
    }
  }
  return code;
}

void find(const Raster& grey, Dpi dpi, Along along, std::vector<PixelRect>& found) {
  const auto lines = sampled(grey, dpi, along);
  if (lines.pixels.width() == 0 || lines.pixels.height() == 0) return;
  for (auto sights = sights_on(lines); sights.size() >= fewest_lines;) {
    const auto code = next_code(sights);
    if (code.size() < fewest_lines) continue;
    const auto pixels = [](double step, std::int32_t i) { return static_cast<std::int32_t>(std::lround(step * i)); };
    const auto begin = pixels(lines.sample_step, code.front().begin);
    const auto length = pixels(lines.sample_step, code.front().end) - begin;
    const auto first = pixels(lines.line_step, code.front().line);
    const auto across = pixels(lines.line_step, code.back().line + 1) - first;
    found.push_back(along == Along::rows ? PixelRect{begin, first, length, across}
                                         : PixelRect{first, begin, across, length});
  }
}

}  // namespace

std::vector<PixelRect> find_patch_t(const Raster& grey, Dpi dpi) {
  std::vector<PixelRect> found;
  find(grey, dpi, Along::columns, found);
  find(grey, dpi, Along::rows, found);
  return found;
}

}  // namespace sohoa::barcodes
