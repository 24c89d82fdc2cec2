#include "tests/support/stacks.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "datasets/degrade.hpp"
#include "datasets/generate.hpp"
#include "pipeline/base/file.hpp"
#include "tests/support/program.hpp"

namespace sohoa::testing_support {
namespace {

using datasets::Random;
using datasets::ScanPage;

constexpr double dpi = 200;

Raster filled(std::int32_t width, std::int32_t height, const std::vector<PixelRect>& dark) {
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * height, 255);
  for (const auto& box : dark) {
    for (auto y = box.y; y < box.bottom(); ++y) {
      std::fill_n(pixels.begin() + std::int64_t{y} * width + box.x, box.width, std::uint8_t{0});
    }
  }
  return {width, height, 1, std::move(pixels)};
}

/// A sheet with nothing but patch T along its upper edge, by Kodak's measures.
Raster patch_sheet() {
  constexpr std::int32_t x = 577, length = 500, narrow = 16, wide = 40;  // pixels: 2.5, 0.08 and 0.20 inch
  std::vector<PixelRect> bars;
  std::int32_t y = 60;
  for (const auto bar : {narrow, wide, narrow, wide}) {
    bars.push_back({x, y, length, bar});
    y += bar + narrow;
  }
  return filled(1654, 2339, bars);
}

Raster read_pgm(const std::filesystem::path& path) {
  std::istringstream text(read_text(path));
  std::string magic;
  std::int32_t width = 0, height = 0, most = 0;
  text >> magic >> width >> height >> most;
  text.get();
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * height);
  text.read(reinterpret_cast<char*>(pixels.data()), static_cast<std::streamsize>(pixels.size()));
  EXPECT_TRUE(magic == "P5" && most == 255 && text) << path;
  return {width, height, 1, std::move(pixels)};
}

void write(const std::filesystem::path& file, const std::vector<ScanPage>& pages) {
  constexpr int jpeg_quality = 75;
  const auto bytes =
      file.extension() == ".pdf" ? datasets::encode_pdf(pages, jpeg_quality) : datasets::encode_tiff(pages);
  ASSERT_TRUE(bytes && write_file(file, *bytes)) << file;
}

/// As an office scanner gives it: askew, now and then upside down, blurred, noisy, specked.
ScanPage scanned(const Raster& page, bool black_white, double factor, Random random) {
  constexpr double worst_noise = 20;  // grey levels
  constexpr double most_skew = 3;     // degrees, each way
  auto pixels = datasets::skewed(page, random.uniform(-most_skew, most_skew), 250).pixels;
  if (random.chance(0.3)) pixels = datasets::turned(pixels, 180).pixels;
  if (factor != 1) pixels = datasets::resampled(pixels, factor).pixels;
  pixels = datasets::blurred(pixels, random.uniform(0.3, 1.0));
  pixels = datasets::noisy(pixels, random.uniform(0, worst_noise), random.fork(1));
  pixels = datasets::specked(pixels, random.between(0, 60), 1.5, random.fork(2));
  return {black_white ? datasets::bilevel(pixels, 150) : pixels, dpi * factor};
}

}  // namespace

StackMaker::StackMaker(const std::filesystem::path& folder, const std::string& program)
    : separator_(print(folder, program, {})), patch_t_(patch_sheet()), blank_(filled(1654, 2339, {})) {
  for (const char* dossier : {"000.00.01.H12-221130-0001", "H01.2-230115-0042"}) {
    for (const char* component : {"", "TP02"}) {
      std::vector<std::string> arguments{"--dossier", dossier};
      if (*component != '\0') arguments.insert(arguments.end(), {"--component", component});
      covers_.push_back({dossier, component, print(folder, program, arguments)});
    }
  }
  const auto corpus = datasets::Corpus::built_in();
  datasets::GenerateOptions options;
  options.dpi = dpi;
  options.most_pages = 1;
  options.strata = {datasets::Stratum::clean};
  for (std::uint32_t i = 0; i < 8; ++i) {
    const auto document = datasets::generate_document(corpus, options, i);
    papers_.push_back(datasets::grey(document.pages.at(0).pixels));
  }
}

Raster StackMaker::print(const std::filesystem::path& folder, const std::string& program,
                         const std::vector<std::string>& arguments) const {
  const auto pdf = (folder / "sheet.pdf").string();
  const auto picture = (folder / "sheet").string();
  std::vector<std::string> command{program, "separator", "--out", pdf};
  command.insert(command.end(), arguments.begin(), arguments.end());
  EXPECT_EQ(run(command).exit_code, 0);
  EXPECT_EQ(run({"pdftoppm", "-gray", "-r", "200", "-singlefile", pdf, picture}).exit_code, 0);
  return read_pgm(picture + ".pgm");
}

TrueStack StackMaker::write(const std::filesystem::path& file, std::uint64_t index) {
  Random random = Random(20261122).fork(index);
  // Noisy grey in a TIFF is slow to write and adds nothing: in PDFs it is JPEG.
  const bool black_white = file.extension() == ".tif" || random.chance(0.4);
  const double factor = random.chance(0.25) ? 0.75 : 1;  // 150 dpi or 200
  TrueStack truth;
  std::vector<ScanPage> pages;
  const auto add = [&](const Raster& page) {
    pages.push_back(scanned(page, black_white, factor, random.fork(pages.size())));
  };
  std::string dossier, component;
  const auto add_sheet = [&] {
    const auto kind = random.between(0, 3);
    const auto& cover = random.pick(covers_);
    add(kind == 0 ? separator_ : kind == 1 ? patch_t_ : cover.sheet);
    ++truth.sheets;
    if (kind > 1) {
      dossier = cover.dossier;
      component = cover.component;
    }
  };
  const auto add_blank = [&] {
    add(blank_);
    ++truth.blank_pages;
  };

  const auto documents = random.between(2, 4);
  if (random.chance(0.7)) add_sheet();
  for (int i = 0; i < documents; ++i) {
    if (i > 0 || truth.sheets == 0) {
      if (i > 0) add_sheet();
      if (random.chance(0.2)) add_sheet();  // one too many
    }
    if (truth.sheets > 0 && random.chance(0.3)) add_blank();  // the sheet's back
    const auto count = static_cast<std::uint32_t>(random.between(1, 3));
    truth.parts.push_back({static_cast<std::uint32_t>(pages.size()) + 1, count, dossier, component});
    for (std::uint32_t page = 0; page < count; ++page) add(random.pick(papers_));
    if (random.chance(0.2)) add_blank();  // the last paper's back
  }
  truth.pages = static_cast<std::uint32_t>(pages.size());
  testing_support::write(file, pages);
  return truth;
}

void StackMaker::write_papers(const std::filesystem::path& file, std::uint32_t pages,
                              const std::vector<std::uint32_t>& blank_after) {
  std::vector<ScanPage> all;
  for (std::uint32_t page = 1; page <= pages; ++page) {
    all.push_back({papers_.at(page % papers_.size()), dpi});
    if (std::find(blank_after.begin(), blank_after.end(), page) != blank_after.end()) all.push_back({blank_, dpi});
  }
  testing_support::write(file, all);
}

}  // namespace sohoa::testing_support
