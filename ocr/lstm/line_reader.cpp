#include "ocr/lstm/line_reader.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "ocr/lstm/beam_search.hpp"
#include "ocr/lstm/dictionary.hpp"
#include "ocr/lstm/dictionary_scorer.hpp"
#include "ocr/lstm/forward_pass.hpp"
#include "ocr/lstm/line_image.hpp"
#include "ocr/lstm/network.hpp"
#include "ocr/lstm/recoder.hpp"
#include "ocr/lstm/traineddata.hpp"
#include "ocr/lstm/unicharset.hpp"

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

struct LineReader::Model {
  Network network;
  Unicharset unicharset;
  Recoder recoder;
  std::optional<Dictionary> dictionary;
  LineReaderOptions options;
  // Made once all of the above stands where it stays.
  std::optional<DictionaryScorer> scorer;
  std::optional<ForwardPass> forward;
  std::optional<BeamSearch> search;

  void read_batch(std::span<const std::size_t> which, std::span<const LineImage> images, Polarity polarity,
                  std::vector<LineReading>& readings, std::vector<double>& sure);
};

LineReader::LineReader(std::unique_ptr<Model> model) : model_(std::move(model)) {}
LineReader::~LineReader() = default;

Result<std::unique_ptr<LineReader>> LineReader::load(const std::filesystem::path& model, LineReaderOptions options) {
  SOHOA_TRY(const auto data, TrainedData::load(model));
  const auto network_part = data.component(Component::network);
  const auto unicharset_part = data.component(Component::unicharset);
  const auto recoder_part = data.component(Component::recoder);
  if (!network_part || !unicharset_part || !recoder_part) {
    return Error{ErrorCode::unsupported, model.filename().string() + " has no line recogniser"};
  }
  auto loaded = std::make_unique<Model>();
  loaded->options = options;
  if (options.kernels == nullptr) loaded->options.kernels = &best_kernels(Activation::fast);
  SOHOA_TRY(loaded->network, Network::parse(*network_part));
  SOHOA_TRY(loaded->unicharset, Unicharset::parse(*unicharset_part));
  SOHOA_TRY(loaded->recoder, Recoder::parse(*recoder_part, loaded->unicharset.size(), loaded->network.null_code));
  if (loaded->recoder.code_range() > loaded->network.output.outputs) {
    return Error{ErrorCode::invalid_input, model.filename().string() + " has codes that its network does not give"};
  }
  if (options.dictionary) {
    SOHOA_TRY(loaded->dictionary,
              Dictionary::create(loaded->unicharset, data.component(Component::punctuation_dawg),
                                 data.component(Component::word_dawg), data.component(Component::number_dawg)));
    if (loaded->dictionary) loaded->scorer.emplace(*loaded->dictionary);
  }
  loaded->forward.emplace(loaded->network, *loaded->options.kernels);
  loaded->search.emplace(loaded->unicharset, loaded->recoder, loaded->scorer ? &*loaded->scorer : nullptr);
  return std::unique_ptr<LineReader>(new LineReader(std::move(loaded)));
}

void LineReader::Model::read_batch(std::span<const std::size_t> which, std::span<const LineImage> images,
                                   Polarity polarity, std::vector<LineReading>& readings, std::vector<double>& sure) {
  std::vector<LinePixels> pixels;
  for (const auto& image : images) pixels.push_back({image.width, image.values});
  forward->run(pixels);
  for (std::size_t i = 0; i < images.size(); ++i) {
    const auto outputs = forward->outputs(i);
    const double now = options.invert_below > 0 ? sureness(outputs, recoder.null_code()) : 0;
    auto& reading = readings[which[i]];
    const bool again = polarity == Polarity::light_on_dark;
    if (again && !(now > sure[which[i]])) continue;
    auto decoded = search->decode(outputs);
    if (!decoded) continue;  // shapes were compared when the model was loaded
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
      if (auto image = prepare_line(crops[i], model_->network.height, polarity))
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
      model_->read_batch(which, images, polarity, readings, sure);
    }
  };
  std::vector<std::size_t> all(crops.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  read_all(all, Polarity::dark_on_light);
  std::erase_if(all, [&](std::size_t i) { return sure[i] >= model_->options.invert_below; });
  if (model_->options.invert_below > 0 && !all.empty()) read_all(all, Polarity::light_on_dark);
  return readings;
}

}  // namespace sohoa::ocr::lstm
