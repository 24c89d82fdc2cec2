#include "ocr/lstm_engine.hpp"

#include <algorithm>
#include <numeric>

#include "ocr/best_of.hpp"
#include "ocr/word_boxes.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::ocr {
namespace {

/// The words of a crop with their places, in pixels of the page.
FoundLine found_line(const LayoutLine& where, const Raster& crop, const lstm::LineReading& reading) {
  FoundLine found;
  found.x_height = where.x_height;
  found.line.baseline_start = where.baseline_start;
  found.line.baseline_end = where.baseline_end;
  const auto boxes = word_boxes(crop, reading);
  for (std::size_t w = 0; w < boxes.size(); ++w) {
    const auto& read = reading.line.words[w];
    Word word;
    word.text = text::folded_spaces(text::nfc(read.text));
    if (word.text.empty()) continue;
    word.confidence = read.confidence;
    word.alternatives = read.alternatives;
    word.box = boxes[w];
    word.box.x += where.crop.x;
    word.box.y += where.crop.y + where.drop_at(static_cast<std::int32_t>(word.box.center_x()));
    found.line.box = united(found.line.box, word.box);
    found.line.words.push_back(std::move(word));
  }
  return found;
}

}  // namespace

Result<std::unique_ptr<LstmEngine>> LstmEngine::load(const std::filesystem::path& models, const std::string& languages,
                                                     lstm::LineReaderOptions options) {
  std::unique_ptr<LstmEngine> engine(new LstmEngine());
  for (std::size_t begin = 0; begin < languages.size();) {
    const auto end = std::min(languages.find('+', begin), languages.size());
    const auto file = models / (languages.substr(begin, end - begin) + ".traineddata");
    SOHOA_TRY(auto reader, lstm::LineReader::load(file, options));
    engine->readers_.push_back(std::move(reader));
    begin = end + 1;
  }
  return engine;
}

std::vector<FoundLine> LstmEngine::read(const Raster& page, const OfficeLayout& layout,
                                        const std::vector<std::int32_t>& blocks) {
  std::vector<Raster> crops;
  crops.reserve(layout.lines.size());
  for (std::size_t i = 0; i < layout.lines.size(); ++i) crops.push_back(cut_line(page, layout, i));
  std::vector<FoundLine> lines(layout.lines.size());
  std::vector<std::size_t> wanted(layout.lines.size());
  std::iota(wanted.begin(), wanted.end(), std::size_t{0});
  for (const auto& reader : readers_) {
    std::vector<Raster> images;
    images.reserve(wanted.size());
    for (const auto i : wanted) images.push_back(crops[i]);
    const auto readings = reader->read(images);
    for (std::size_t k = 0; k < wanted.size(); ++k) {
      const auto i = wanted[k];
      auto line = found_line(layout.lines[i], crops[i], readings[k]);
      if (!blocks.empty()) line.block = blocks[i];
      lines[i] = best_of(std::move(lines[i]), std::move(line));
    }
    std::erase_if(wanted, [&](std::size_t i) { return !is_doubtful(lines[i]); });
    if (wanted.empty()) break;
  }
  std::erase_if(lines, [](const FoundLine& found) { return found.line.words.empty(); });
  return lines;
}

std::optional<FoundLine> LstmEngine::read_line(const Raster& page, const PixelRect& area) {
  OfficeLayout layout;
  LayoutLine line;
  line.crop = line.box = area;
  line.baseline_start = {static_cast<double>(area.x), static_cast<double>(area.bottom())};
  line.baseline_end = {static_cast<double>(area.right()), static_cast<double>(area.bottom())};
  layout.lines.push_back(line);
  auto lines = read(page, layout);
  if (lines.empty()) return std::nullopt;
  return std::move(lines.front());
}

}  // namespace sohoa::ocr
