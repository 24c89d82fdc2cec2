#include "ocr/tesseract_recognizer.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ocr/layout_guard.hpp"
#include "ocr/page_rules.hpp"
#include "ocr/reading_order.hpp"
#include "ocr/reduced_page.hpp"
#include "ocr/second_look.hpp"
#include "ocr/tesseract_engine.hpp"

namespace sohoa::ocr {
namespace {

/// The models know type that is 20 to 60 pixels high: pages far from 300 dpi are scaled.
double reading_scale(double dpi) {
  if (dpi < 180) return std::clamp(300.0 / dpi, 1.0, 4.0);
  return dpi > 450 ? 300.0 / dpi : 1.0;
}

PixHandle scaled(PixHandle pix, double scale) {
  if (!pix || scale == 1.0) return pix;
  const auto factor = static_cast<float>(scale);
  return PixHandle(scale > 1 ? pixScaleGrayLI(pix.get(), factor, factor) : pixScaleAreaMap(pix.get(), factor, factor));
}

PixelRect divided(const PixelRect& box, double scale) {
  const auto at = [&](std::int32_t v) { return static_cast<std::int32_t>(std::lround(v / scale)); };
  return {at(box.x), at(box.y), at(box.right()) - at(box.x), at(box.bottom()) - at(box.y)};
}

void scale_back(std::vector<Block>& blocks, double scale) {
  if (scale == 1.0) return;
  for (auto& block : blocks) {
    block.box = divided(block.box, scale);
    for (auto& line : block.lines) {
      line.box = divided(line.box, scale);
      line.baseline_start = {line.baseline_start.x / scale, line.baseline_start.y / scale};
      line.baseline_end = {line.baseline_end.x / scale, line.baseline_end.y / scale};
      for (auto& word : line.words) word.box = divided(word.box, scale);
    }
  }
}

/// Seals, which the report gives in pixels of the shown page, in pixels of what is read. `to_page` is a turn by a small
/// angle and a scale, so its inverse exists.
std::vector<PixelRect> seals_on(const UprightPage& page, double scale) {
  const auto& m = page.to_page;
  const double determinant = m.a * m.d - m.b * m.c;
  std::vector<PixelRect> seals;
  if (std::abs(determinant) < 1e-9) return seals;
  for (const auto& seal : page.quality.seals) {
    const double x = seal.box.center_x() - m.e;
    const double y = seal.box.center_y() - m.f;
    const double factor = scale / std::sqrt(std::abs(determinant));
    const Point center{(m.d * x - m.c * y) / determinant * scale, (m.a * y - m.b * x) / determinant * scale};
    const double width = seal.box.width * factor;
    const double height = seal.box.height * factor;
    seals.push_back({static_cast<std::int32_t>(center.x - width / 2), static_cast<std::int32_t>(center.y - height / 2),
                     static_cast<std::int32_t>(width), static_cast<std::int32_t>(height)});
  }
  return seals;
}

}  // namespace

TesseractRecognizer::TesseractRecognizer(TesseractOptions options) : options_(std::move(options)) {}
TesseractRecognizer::~TesseractRecognizer() = default;

Result<std::unique_ptr<TesseractRecognizer>> TesseractRecognizer::create(TesseractOptions options) {
  std::unique_ptr<TesseractRecognizer> recognizer(new TesseractRecognizer(std::move(options)));
  SOHOA_TRY(auto* engine, recognizer->engine_for(recognizer->options_.languages));
  recognizer->options_.models = engine->models();
  return recognizer;
}

Result<TesseractEngine*> TesseractRecognizer::engine_for(const std::string& languages) {
  if (const auto known = engines_.find(languages); known != engines_.end()) return known->second.get();
  SOHOA_TRY(auto engine, TesseractEngine::load(options_.models, languages));
  return engines_.emplace(languages, std::move(engine)).first->second.get();
}

Result<Reading> TesseractRecognizer::read(const UprightPage& page, const std::string& languages) {
  if (page.pixels.empty() || page.pixels.channels() != 1) {
    return Error{ErrorCode::invalid_input, "a page to be read must be grey"};
  }
  if (page.dpi.value < 50) return Error{ErrorCode::invalid_input, "a page to be read needs 50 dpi"};
  SOHOA_TRY(auto* engine, engine_for(languages));
  Reading reading;
  reading.engine = engine->name();

  const double scale = reading_scale(page.dpi.value);
  const double dpi = page.dpi.value * scale;
  auto grey = scaled(grey_pix(page.pixels), scale);
  auto reduced = grey ? reduced_page(*grey, dpi) : ReducedPage{};
  if (!reduced.pix) return Error{ErrorCode::resource_exhausted, "no memory for the page"};

  const auto load = measure_layout_load(reduced);
  if (load.components - load.specks > options_.layout.components) {
    reading.findings.push_back({"layout_guard", Severity::warning,
                                std::to_string(load.components) + " marks on the page: too many to be text, not read"});
    return reading;
  }
  if (load.specks > options_.layout.specks) {
    grey = without_specks(*grey, static_cast<int>(std::lround(2 * reduced.factor)));
    if (!grey) return Error{ErrorCode::resource_exhausted, "no memory for the page"};
    reading.findings.push_back(
        {"despeckled", Severity::note, std::to_string(load.specks) + " specks were taken away before reading"});
  }

  SOHOA_TRY(auto lines, engine->read(*grey, dpi, options_.soft_limit));
  if (lines.cut_short) {
    reading.findings.push_back({"reading_cut_short", Severity::warning,
                                "reading took longer than " + std::to_string(options_.soft_limit.count()) +
                                    " ms and was stopped: the rest of the page is missing"});
  }
  auto rules = find_rules(reduced, dpi);
  FoundPage found;
  found.width = pixGetWidth(grey.get());
  found.height = pixGetHeight(grey.get());
  found.dpi = {dpi};
  found.lines = std::move(lines.lines);
  found.horizontal_rules = std::move(rules.horizontal);
  found.vertical_rules = std::move(rules.vertical);
  found.seals = seals_on(page, scale);
  if (!lines.cut_short) {
    constexpr int most_second_looks = 24;  // about half a second
    found.lines =
        with_second_look(found, [&](const PixelRect& area) { return engine->read_line(area); }, most_second_looks);
  }
  engine->forget_page();
  reading.blocks = in_reading_order(std::move(found));
  scale_back(reading.blocks, scale);
  return reading;
}

}  // namespace sohoa::ocr
