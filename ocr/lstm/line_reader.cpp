#include "ocr/lstm/line_reader.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "ocr/lstm/alternatives.hpp"
#include "ocr/lstm/beam_search.hpp"
#include "ocr/lstm/dictionary_scorer.hpp"
#include "ocr/lstm/forward_pass.hpp"
#include "ocr/lstm/line_image.hpp"
#include "ocr/lstm/model.hpp"

namespace sohoa::ocr::lstm {
namespace {

constexpr std::size_t lines_at_once = 32;  // their layers' rows stay within a few MB

/// How sure the outputs are: the mean of the best ones, without those that say "no character"; 0 where all say so.
double sureness(const OutputView& outputs, std::int32_t null_code) {
  std::int64_t sum = 0, count = 0;
  for (std::int32_t t = 0; t < outputs.steps; ++t) {
    const auto row = outputs.step(t);
    const auto best = std::max_element(row.begin(), row.end());
    if (best - row.begin() == null_code) continue;
    sum += static_cast<std::int32_t>(127 * *best);
    ++count;
  }
  return count == 0 ? 0.0 : static_cast<double>(sum) / static_cast<double>(count) / 127;
}

}  // namespace

struct LineReader::Engine {
  Engine(Model read_model, const LineReaderOptions& options)
      : model(std::move(read_model)),
        invert_below(options.invert_below),
        scorer(options.dictionary && model.dictionary ? std::make_unique<DictionaryScorer>(*model.dictionary)
                                                      : nullptr),
        forward(model.network, options.kernels != nullptr ? *options.kernels : best_kernels(Activation::fast)),
        search(model.unicharset, model.recoder, scorer.get()) {}
  Engine(const Engine&) = delete;  // its parts know where the others stand
  Engine& operator=(const Engine&) = delete;

  void read_batch(std::span<const std::size_t> which, std::span<const LineImage> images, Polarity polarity,
                  std::vector<LineReading>& readings, std::vector<double>& sure);

  const Model model;
  const double invert_below;
  std::unique_ptr<DictionaryScorer> scorer;
  ForwardPass forward;
  BeamSearch search;
};

LineReader::LineReader(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
LineReader::~LineReader() = default;

Result<std::unique_ptr<LineReader>> LineReader::load(const std::filesystem::path& file, LineReaderOptions options) {
  SOHOA_TRY(auto model, Model::load(file));
  return std::unique_ptr<LineReader>(new LineReader(std::make_unique<Engine>(std::move(model), options)));
}

void LineReader::Engine::read_batch(std::span<const std::size_t> which, std::span<const LineImage> images,
                                    Polarity polarity, std::vector<LineReading>& readings, std::vector<double>& sure) {
  std::vector<LinePixels> pixels;
  for (const auto& image : images) pixels.push_back({image.width, image.values});
  forward.run(pixels);
  for (std::size_t i = 0; i < images.size(); ++i) {
    const auto outputs = forward.outputs(i);
    const double now = invert_below > 0 ? sureness(outputs, model.recoder.null_code()) : 0;
    auto& reading = readings[which[i]];
    const bool again = polarity == Polarity::light_on_dark;
    if (again && !(now > sure[which[i]])) continue;
    auto decoded = search.decode(outputs);
    if (!decoded) continue;  // shapes were compared when the model was loaded
    find_alternatives(outputs, model.recoder, model.unicharset, *decoded);
    reading = {std::move(*decoded), pool / images[i].scale, again};
    sure[which[i]] = now;
  }
}

std::vector<LineReading> LineReader::read(std::span<const Raster> crops) {
  std::vector<LineReading> readings(crops.size());
  std::vector<double> sure(crops.size(), 1.0);
  const auto read_all = [&](const std::vector<std::size_t>& wanted, Polarity polarity) {
    std::vector<std::pair<std::size_t, LineImage>> prepared;
    for (const auto i : wanted) {
      if (auto image = prepare_line(crops[i], engine_->model.network.height, polarity))
        prepared.emplace_back(i, std::move(*image));
    }
    // Lines of like length share a batch, so that few end before the others do.
    std::stable_sort(prepared.begin(), prepared.end(),
                     [](const auto& a, const auto& b) { return a.second.width > b.second.width; });
    for (std::size_t first = 0; first < prepared.size(); first += lines_at_once) {
      std::vector<std::size_t> which;
      std::vector<LineImage> images;
      for (auto i = first; i < std::min(first + lines_at_once, prepared.size()); ++i) {
        which.push_back(prepared[i].first);
        images.push_back(std::move(prepared[i].second));
      }
      engine_->read_batch(which, images, polarity, readings, sure);
    }
  };
  std::vector<std::size_t> all(crops.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  read_all(all, Polarity::dark_on_light);
  std::erase_if(all, [&](std::size_t i) { return sure[i] >= engine_->invert_below; });
  if (engine_->invert_below > 0 && !all.empty()) read_all(all, Polarity::light_on_dark);
  return readings;
}

}  // namespace sohoa::ocr::lstm
