// Exact mode against Tesseract on the same crops of lines (PSM_RAW_LINE): texts and confidences must be the same bit by
// bit. Crops are Tesseract's own lines on the pages as the pipeline prepares them.
// `--worse K`: each line also K times worse, blurred and noisy.
//   sohoa-identity [--models DIR] [--language vie] [--most LINES] [--every N] [--worse K] FILE...
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "ocr/line_image_codec.hpp"
#include "ocr/lstm/line_reader.hpp"
#include "ocr/models_folder.hpp"
#include "pipeline/decode/initialise.hpp"
#include "tests/support/raster_crop.hpp"
#include "tests/support/tesseract_oracle.hpp"
#include "tests/support/upright_pages.hpp"

using namespace sohoa;
using testing_support::TesseractOracle;

namespace {

/// The crop `degree` steps worse: every second step blurs it over 3 pixels, each adds noise.
Raster worse(const Raster& crop, std::size_t degree, std::mt19937& random) {
  std::vector<std::uint8_t> pixels(crop.row(0), crop.row(0) + crop.stride() * crop.height());
  if (degree % 2 == 0) {
    for (std::int32_t y = 0; y < crop.height(); ++y) {
      const auto* const row = crop.row(y);
      for (std::int32_t x = 1; x + 1 < crop.width(); ++x) {
        pixels[static_cast<std::size_t>(y * crop.width() + x)] =
            static_cast<std::uint8_t>((row[x - 1] + row[x] + row[x + 1]) / 3);
      }
    }
  }
  const int most = static_cast<int>(25 * degree);
  for (auto& pixel : pixels) {
    const int noisy = pixel + static_cast<int>(random() % static_cast<unsigned>(2 * most + 1)) - most;
    pixel = static_cast<std::uint8_t>(std::clamp(noisy, 0, 255));
  }
  return {crop.width(), crop.height(), 1, std::move(pixels)};
}

}  // namespace

int main(int argc, char** argv) {
  if (std::getenv("OMP_THREAD_LIMIT") == nullptr) {
    setenv("OMP_THREAD_LIMIT", "1", 1);  // read before main: start anew
    execv("/proc/self/exe", argv);
  }
  std::filesystem::path models;
  std::string language = "vie";
  std::size_t most = 100'000, every = 1, seen = 0, degrees = 0;
  std::mt19937 random(1);
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < argc; ++i) {
    const std::string argument(argv[i]);
    if (argument == "--models" && i + 1 < argc)
      models = argv[++i];
    else if (argument == "--language" && i + 1 < argc)
      language = argv[++i];
    else if (argument == "--most" && i + 1 < argc)
      most = std::strtoul(argv[++i], nullptr, 10);
    else if (argument == "--worse" && i + 1 < argc)
      degrees = std::strtoul(argv[++i], nullptr, 10);
    else if (argument == "--every" && i + 1 < argc)
      every = std::max(1UL, std::strtoul(argv[++i], nullptr, 10));
    else
      files.emplace_back(argument);
  }
  initialise_decoders();
  const auto folder = ocr::models_folder(models, language);
  if (!folder) return 2;
  auto reader = ocr::lstm::LineReader::load(
      *folder / (language + ".traineddata"),
      {.kernels = &ocr::lstm::best_kernels(ocr::lstm::Activation::exact), .invert_below = 0.7});
  if (!reader) {
    std::fprintf(stderr, "%s\n", reader.error().message.c_str());
    return 2;
  }
  TesseractOracle oracle(*folder, language);
  const ocr::PlainLineImages plain;  // the same pixels, without their compression
  std::size_t lines = 0, same = 0, words = 0;
  for (const auto& file : files) {
    testing_support::for_each_upright_page(file, [&](const UprightPage& page) {
      if (lines >= most || page.quality.blank) return;
      std::vector<Raster> crops;
      for (const auto& area : oracle.find_lines(page.pixels)) {
        if (seen++ % every != 0 || area.empty()) continue;
        crops.push_back(testing_support::cropped(page.pixels, area));
        const auto own = crops.back();
        for (std::size_t degree = 1; degree <= degrees; ++degree) crops.push_back(worse(own, degree, random));
      }
      const auto readings = (*reader)->read(crops);
      for (std::size_t i = 0; i < crops.size() && lines < most; ++i, ++lines) {
        std::vector<TesseractOracle::Word> ours;
        for (const auto& word : readings[i].line.words) ours.push_back({word.text, word.confidence});
        auto theirs = oracle.read_line(crops[i]);
        words += theirs.size();
        if (testing_support::visible(ours) == testing_support::visible(theirs)) {
          ++same;
          continue;
        }
        std::printf("%s line %zu\n", file.filename().c_str(), i);
        for (const auto* side : {&theirs, &ours}) {
          std::printf("  %s:", side == &theirs ? "tesseract" : "sohoa");
          for (const auto& word : *side) std::printf(" %s(%.6f)", word.text.c_str(), word.confidence);
          std::printf("\n");
        }
      }
    });
  }
  std::printf("%s: %zu of %zu lines the same (%zu words), kernels %s\n", language.c_str(), same, lines, words,
              std::string(ocr::lstm::best_kernels(ocr::lstm::Activation::exact).name).c_str());
  return same == lines ? 0 : 1;
}
