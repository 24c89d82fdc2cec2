// Reading alone, pixels to words, on one core: Sohoa's recogniser and Tesseract's API with the model loaded, in turn on
// the same pages, prepared once as the pipeline prepares them. Says what a page costs by stage, the ratio, and what
// part of the processor's multiply-add peak the forward pass reaches.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "ocr/lstm/beam_search.hpp"
#include "ocr/lstm/dictionary_scorer.hpp"
#include "ocr/lstm/forward_pass.hpp"
#include "ocr/lstm/line_image.hpp"
#include "ocr/lstm/model.hpp"
#include "ocr/models_folder.hpp"
#include "ocr/page_recognizer.hpp"
#include "pipeline/base/clock.hpp"
#include "pipeline/decode/initialise.hpp"
#include "tests/support/tesseract_oracle.hpp"
#include "tests/support/upright_pages.hpp"

namespace {

using namespace sohoa;
using namespace sohoa::ocr;

struct Stages {
  double layout = 0, cut = 0, prepare = 0, forward = 0, output = 0, decode = 0;
};

/// CPU seconds of what `f` does, added to `sum`.
template <typename F>
auto timed(double& sum, F&& f) {
  const double start = cpu_seconds();
  struct Stop {
    double& sum;
    double start;
    ~Stop() { sum += cpu_seconds() - start; }
  } const stop{sum, start};
  return f();
}

/// Reads a page stage by stage; the number of time steps.
std::int64_t read_in_stages(const UprightPage& page, lstm::ForwardPass& forward, lstm::BeamSearch& search,
                            std::int32_t height, Stages& stages) {
  const auto layout = timed(stages.layout, [&] { return lay_out(page.pixels, page.dpi, {}); });
  std::vector<lstm::LineImage> images;
  for (std::size_t i = 0; i < layout.lines.size(); ++i) {
    const auto crop = timed(stages.cut, [&] { return cut_line(page.pixels, layout, i); });
    auto image = timed(stages.prepare, [&] { return lstm::prepare_line(crop, height); });
    if (image) images.push_back(std::move(*image));
  }
  std::stable_sort(images.begin(), images.end(), [](const auto& a, const auto& b) { return a.width > b.width; });
  std::int64_t steps = 0;
  for (std::size_t first = 0; first < images.size(); first += 32) {
    std::vector<lstm::LinePixels> lines;
    for (auto i = first; i < std::min(first + 32, images.size()); ++i) {
      lines.push_back({images[i].width, images[i].values});
      steps += images[i].width / lstm::pool;
    }
    timed(stages.forward, [&] {
      forward.run(lines);
      return 0;
    });
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const auto outputs = timed(stages.output, [&] { return forward.outputs(i); });
      timed(stages.decode, [&] { return search.decode(outputs).has_value(); });
    }
  }
  return steps;
}

struct Spread {
  std::vector<double> values;
  void add(double value) { values.push_back(value); }
  [[nodiscard]] double at(double part) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
  }
  [[nodiscard]] double least() { return at(0); }
  [[nodiscard]] double median() { return at(0.5); }
  [[nodiscard]] double most() { return at(1); }
};

}  // namespace

int main(int argc, char** argv) {
  if (std::getenv("OMP_THREAD_LIMIT") == nullptr) {
    setenv("OMP_THREAD_LIMIT", "1", 1);  // read before main: start anew
    execv("/proc/self/exe", argv);
  }
  int rounds = 3;
  std::string languages = "vie";
  std::filesystem::path models;
  bool peer = true;
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < argc; ++i) {
    const std::string argument(argv[i]);
    if (argument == "--rounds" && i + 1 < argc)
      rounds = std::atoi(argv[++i]);
    else if (argument == "--models" && i + 1 < argc)
      models = argv[++i];
    else if (argument == "--language" && i + 1 < argc)
      languages = argv[++i];
    else if (argument == "--alone")
      peer = false;
    else
      files.emplace_back(argument);
  }
  initialise_decoders();
  std::vector<UprightPage> pages;
  for (const auto& file : files) {
    testing_support::for_each_upright_page(file, [&](UprightPage page) {
      if (!page.quality.blank) pages.push_back(std::move(page));
    });
  }
  const auto folder = models_folder(models, languages);
  if (!folder || pages.empty()) {
    std::fprintf(stderr, "%s\n", folder ? "no pages" : folder.error().message.c_str());
    return 1;
  }
  const auto model = lstm::Model::load(*folder / (languages + ".traineddata"));
  if (!model) {
    std::fprintf(stderr, "%s\n", model.error().message.c_str());
    return 1;
  }
  const auto count = static_cast<double>(pages.size());
  std::printf("%zu pages, %d rounds, model %s\n", pages.size(), rounds, languages.c_str());

  auto exact =
      PageRecognizer::create({.models = *folder, .languages = languages, .activation = lstm::Activation::exact});
  auto fast = PageRecognizer::create({.models = *folder, .languages = languages});
  if (!exact || !fast) return 1;
  testing_support::TesseractOracle tesseract(*folder, languages);
  Spread seconds_exact, seconds_fast, seconds_tesseract, ratio_exact, ratio_fast;
  int other_layout = 0;
  for (int round = 0; round < rounds; ++round) {
    double e = 0, f = 0, t = 0;
    for (const auto& page : pages) {
      timed(e, [&] { return (*exact)->read(page, languages).has_value(); });
      const auto reading = timed(f, [&] { return (*fast)->read(page, languages); });
      if (round == 0 && reading && reading->engine.find("own layout") == std::string::npos) ++other_layout;
      if (peer) timed(t, [&] { return tesseract.read_page(page.pixels, page.dpi); });
    }
    seconds_exact.add(e / count);
    seconds_fast.add(f / count);
    seconds_tesseract.add(t / count);
    ratio_exact.add(t / e);
    ratio_fast.add(t / f);
  }
  const auto row = [](const char* who, Spread& s, Spread* ratio) {
    std::printf("| %-16s | %.3f | %.3f | %.3f | %.2f |", who, s.least(), s.median(), s.most(), 1 / s.median());
    if (ratio != nullptr) std::printf(" %.2f", ratio->median());
    std::printf(" |\n");
  };
  std::printf(
      "\n| reading alone | s/page min | median | max | pages/s | faster than Tesseract by "
      "|\n|---|---|---|---|---|---|\n");
  row("sohoa", seconds_fast, &ratio_fast);
  row("sohoa, exact", seconds_exact, &ratio_exact);
  if (peer) row("tesseract API", seconds_tesseract, nullptr);
  std::printf("pages of which our layout was not sure: %d\n", other_layout);

  std::printf(
      "\n| kernels | layout | cut | prepare | forward | output | decode | sum s/page | GMAC/s | of peak "
      "|\n|---|---|---|---|---|---|---|---|---|---|\n");
  std::optional<lstm::DictionaryScorer> scorer;
  if (model->dictionary) scorer.emplace(*model->dictionary);
  for (const auto activation : {lstm::Activation::fast, lstm::Activation::exact}) {
    for (const auto* kernels : {lstm::avx512_kernels(activation), lstm::avx2_kernels(activation)}) {
      if (kernels == nullptr) continue;
      lstm::ForwardPass forward(model->network, *kernels);
      lstm::BeamSearch search(model->unicharset, model->recoder, scorer ? &*scorer : nullptr);
      Stages best;
      double least = 1e9;
      double peak = 0;
      std::int64_t steps = 0;
      for (int round = 0; round < rounds; ++round) {
        double spinning = 0;
        const auto products = timed(spinning, [&] { return kernels->spin(20'000'000); });
        peak = std::max(peak, static_cast<double>(products) / spinning / 1e9);
        Stages s;
        steps = 0;
        for (const auto& page : pages) steps += read_in_stages(page, forward, search, model->network.height, s);
        const double sum = s.layout + s.cut + s.prepare + s.forward + s.output + s.decode;
        if (sum < least) {
          least = sum;
          best = s;
        }
      }
      const double rate = static_cast<double>(steps * forward.products_per_step()) / (best.forward + best.output) / 1e9;
      std::printf("| %s %s | %.4f | %.4f | %.4f | %.4f | %.4f | %.4f | %.4f | %.1f | %.0f %% |\n",
                  std::string(kernels->name).c_str(), activation == lstm::Activation::fast ? "fast" : "exact",
                  best.layout / count, best.cut / count, best.prepare / count, best.forward / count,
                  best.output / count, best.decode / count, least / count, rate, 100 * rate / peak);
    }
  }
  return 0;
}
