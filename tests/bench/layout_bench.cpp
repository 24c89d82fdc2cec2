// The own layout beside Tesseract's on the same pages: how many of Tesseract's sure lines are found, cut or merged,
// what a page costs, how many pages would fall back; and pictures to look at.
//   sohoa-layout-bench [--pictures FOLDER] FILE...
// What Tesseract read with confidence is there; parts of its lines between gaps of 1.2 em are the lines compared,
// because it joins columns. A part is found if each of its sure words stands on one of our baselines, cut if on several
// of ours, and two parts above each other on one of ours are merged.
#include <allheaders.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "ocr/grey_pix.hpp"
#include "ocr/layout/office_layout.hpp"
#include "ocr/line_geometry.hpp"
#include "ocr/models_folder.hpp"
#include "ocr/tesseract_engine.hpp"
#include "pipeline/base/clock.hpp"
#include "pipeline/decode/initialise.hpp"
#include "tests/support/upright_pages.hpp"

namespace {

using namespace sohoa;
using namespace sohoa::ocr;

struct Agreement {
  int parts = 0, found = 0, cut = 0, merged = 0, pages = 0, unsure = 0;
  double seconds = 0, slowest = 0, cutting = 0;

  void print(const char* title) const {
    const auto share = [&](int n) { return parts == 0 ? 0.0 : 100.0 * n / parts; };
    std::printf(
        "%s: %d pages, %d lines, found %.2f %%, cut %.2f %%, merged %.2f %%; %d pages unsure; layout %.1f ms a page, "
        "slowest %.1f ms, cutting out %.1f ms\n",
        title, pages, parts, share(found), share(cut), share(merged), unsure, 1e3 * seconds / std::max(1, pages),
        1e3 * slowest, 1e3 * cutting / std::max(1, pages));
  }
};

double baseline_of(const LayoutLine& line, double x) {
  const double run = std::max(1.0, line.baseline_end.x - line.baseline_start.x);
  return line.baseline_start.y + (line.baseline_end.y - line.baseline_start.y) * (x - line.baseline_start.x) / run;
}

/// The line of ours on which a word stands; -1: none. A word's box may be too high (Tesseract adds what touches it),
/// and its baseline wrong (where columns were joined): either is enough.
int line_under(const OfficeLayout& layout, const FoundLine& theirs, const Word& word) {
  const double x = word.box.center_x();
  int best = -1;
  double least = 1e9;
  for (std::size_t i = 0; i < layout.lines.size(); ++i) {
    const auto& line = layout.lines[i];
    if (x < line.box.x - 2 || x > line.box.right() + 2) continue;
    const double base = baseline_of(line, x);
    const double by_line = std::abs(base - baseline_at(theirs.line, x));
    const double foot = (word.box.bottom() - base) / line.x_height;
    const double head = (base - word.box.y) / line.x_height;
    const bool by_box = foot > -0.4 && foot < 0.9 && head > 0.5 && head < 3;
    if (by_line > 0.35 * std::max(8.0, theirs.x_height) && !by_box) continue;
    const double distance = std::min(by_line, std::abs(static_cast<double>(word.box.bottom()) - base));
    if (distance >= least) continue;
    least = distance;
    best = static_cast<int>(i);
  }
  return best;
}

std::vector<FoundLine> parts_of(const FoundLine& line) {
  std::vector<FoundLine> parts;
  const auto& words = line.line.words;
  std::size_t first = 0;
  for (std::size_t i = 1; i <= words.size(); ++i) {
    const double gap = 1.2 * 2.1 * std::max(8.0, line.x_height);
    if (i < words.size() && words[i].box.x - words[i - 1].box.right() < gap) continue;
    parts.push_back(part_of(line, first, i));
    first = i;
  }
  return parts;
}

void compare(const OfficeLayout& layout, const std::vector<FoundLine>& theirs, Agreement& agreement) {
  std::map<int, std::vector<double>> on_line;  // distances of parts to our baseline
  for (const auto& line : theirs) {
    for (const auto& part : parts_of(line)) {
      std::set<int> ours;
      for (const auto& word : part.line.words) {
        if (word.confidence >= 85 && word.text.size() >= 2) ours.insert(line_under(layout, part, word));
      }
      if (ours.empty()) continue;
      ++agreement.parts;
      if (ours.contains(-1)) {
        std::printf("   missed: %s\n", part.line.text().c_str());
        continue;
      }
      ++agreement.found;
      if (ours.size() > 1) {
        ++agreement.cut;
        std::printf("   cut: %s\n", part.line.text().c_str());
      }
      const auto& mine = layout.lines[static_cast<std::size_t>(*ours.begin())];
      on_line[*ours.begin()].push_back(part.line.baseline_start.y - baseline_of(mine, part.line.box.x));
    }
  }
  for (const auto& [line, offsets] : on_line) {
    const auto [least, most] = std::minmax_element(offsets.begin(), offsets.end());
    agreement.merged += *most - *least > 0.8 * layout.lines[static_cast<std::size_t>(line)].x_height;
  }
}

/// The page with each line's ink in a colour, boxes, baselines and rules, at half its size.
void draw(const Raster& page, const OfficeLayout& layout, const std::filesystem::path& file) {
  constexpr l_uint8 colours[6][3] = {{200, 0, 0},   {0, 120, 0},   {0, 0, 220},
                                     {180, 100, 0}, {150, 0, 150}, {0, 130, 130}};
  const auto grey = grey_pix(page);
  PixHandle pix(grey ? pixConvertTo32(grey.get()) : nullptr);
  if (!pix) return;
  for (std::size_t y = 0; y + 1 < layout.ink.row_runs.size(); ++y) {
    for (auto r = layout.ink.row_runs[y]; r < layout.ink.row_runs[y + 1]; ++r) {
      const auto& run = layout.ink.runs[r];
      if (run.owner == InkMap::no_line) continue;
      const auto& colour = colours[run.owner % 6];
      for (auto x = run.begin; x < run.end; ++x)
        pixSetRGBPixel(pix.get(), x, static_cast<l_int32>(y), colour[0], colour[1], colour[2]);
    }
  }
  const auto frame = [&](const PixelRect& b, l_uint8 red, l_uint8 green, l_uint8 blue) {
    BoxaHandle boxes(boxaCreate(1));
    boxaAddBox(boxes.get(), boxCreate(b.x, b.y, std::max(1, b.width), std::max(1, b.height)), L_INSERT);
    pixRenderBoxaArb(pix.get(), boxes.get(), 3, red, green, blue);
  };
  for (const auto& line : layout.lines) {
    frame(line.box, 255, 150, 0);
    pixRenderLineArb(pix.get(), static_cast<l_int32>(line.baseline_start.x),
                     static_cast<l_int32>(line.baseline_start.y), static_cast<l_int32>(line.baseline_end.x),
                     static_cast<l_int32>(line.baseline_end.y), 2, 0, 200, 255);
  }
  for (const auto& rule : layout.horizontal_rules) frame(rule, 255, 0, 255);
  for (const auto& rule : layout.vertical_rules) frame(rule, 0, 200, 0);
  const PixHandle half(pixScaleAreaMap2(pix.get()));
  if (half) pixWrite(file.c_str(), half.get(), IFF_PNG);
}

void lay_out_and_compare(const UprightPage& page, const std::string& name, TesseractEngine& engine, Agreement& total,
                         const std::filesystem::path& pictures) {
  OfficeLayout layout;
  double best = 1e9;
  for (int round = 0; round < 3; ++round) {
    const double start = cpu_seconds();
    layout = lay_out(page.pixels, page.dpi, {});
    best = std::min(best, cpu_seconds() - start);
  }
  const double start = cpu_seconds();
  for (std::size_t i = 0; i < layout.lines.size(); ++i) static_cast<void>(cut_line(page.pixels, layout, i));
  total.cutting += cpu_seconds() - start;
  ++total.pages;
  total.seconds += best;
  total.slowest = std::max(total.slowest, best);
  total.unsure += layout.confidence < sure_layout;
  std::printf("%s: %zu lines, confidence %.2f %s, %.1f ms\n", name.c_str(), layout.lines.size(), layout.confidence,
              layout.reason.c_str(), 1e3 * best);
  if (!pictures.empty()) draw(page.pixels, layout, pictures / (name + ".png"));
  const auto grey = grey_pix(page.pixels);
  if (!grey || layout.confidence < sure_layout) return;
  const auto theirs = engine.read(*grey, page.dpi.value, std::chrono::seconds(60));
  engine.forget_page();
  if (theirs) compare(layout, theirs->lines, total);
}

}  // namespace

int main(int argc, char** argv) {
  initialise_decoders();
  const auto folder = models_folder({}, "vie");
  auto engine =
      folder ? TesseractEngine::load(*folder, "vie") : Result<std::unique_ptr<TesseractEngine>>(folder.error());
  if (!engine) {
    std::fprintf(stderr, "%s\n", engine.error().message.c_str());
    return EXIT_FAILURE;
  }
  std::filesystem::path pictures;
  Agreement total;
  for (int i = 1; i < argc; ++i) {
    if (std::string(argv[i]) == "--pictures" && i + 1 < argc) {
      pictures = argv[++i];
      std::filesystem::create_directories(pictures);
      continue;
    }
    const std::filesystem::path file = argv[i];
    int number = 0;
    sohoa::testing_support::for_each_upright_page(file, [&](UprightPage page) {
      lay_out_and_compare(page, file.stem().string() + "-" + std::to_string(++number), **engine, total, pictures);
    });
  }
  total.print("total");
  return EXIT_SUCCESS;
}
