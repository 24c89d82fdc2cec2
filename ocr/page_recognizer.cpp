// Which way a page takes. Our own layout first (0.03 s); where it is not sure, as on newspapers, maps and photographs,
// Tesseract's (0.2 to 0.5 s), behind a guard that keeps pages away on which it would run for minutes. Lines of either
// are cut out and read by our recogniser together. A model that it can't read (floating point, codes of several parts)
// is Tesseract's business as a whole.

#include "ocr/page_recognizer.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ocr/grey_pix.hpp"
#include "ocr/language/choose_words.hpp"
#include "ocr/layout_guard.hpp"
#include "ocr/lstm_engine.hpp"
#include "ocr/models_folder.hpp"
#include "ocr/page_rules.hpp"
#include "ocr/reading_order.hpp"
#include "ocr/reduced_page.hpp"
#include "ocr/second_look.hpp"
#include "ocr/tesseract_engine.hpp"
#include "ocr/tesseract_layout.hpp"

namespace sohoa::ocr {
namespace {

/// The models know type that is 20 to 60 pixels high: pages far from 300 dpi are scaled, large sheets less.
double reading_scale(const UprightPage& page) {
  constexpr double most_pixels = 40e6;  // A4 at 600 dpi has 35 million
  const double dpi = page.dpi.value;
  if (dpi > 450) return 300.0 / dpi;
  if (dpi >= 180) return 1;
  const double pixels = static_cast<double>(page.pixels.width()) * page.pixels.height();
  return std::max(1.0, std::min({300.0 / dpi, 4.0, std::sqrt(most_pixels / pixels)}));
}

Raster scaled(const Raster& page, double scale) {
  if (scale == 1.0) return page;
  const auto pix = grey_pix(page);
  const auto factor = static_cast<float>(scale);
  const PixHandle result(!pix        ? nullptr
                         : scale > 1 ? pixScaleGrayLI(pix.get(), factor, factor)
                                     : pixScaleAreaMap(pix.get(), factor, factor));
  return result ? grey_raster(*result) : Raster{};
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

/// How many A4 sheets a page covers, 1 to 5.
double sheets_of_a4(const Raster& page, Dpi dpi) {
  constexpr double a4_square_inches = 8.27 * 11.69;
  const double square_inches = static_cast<double>(page.width()) * page.height() / (dpi.value * dpi.value);
  return std::clamp(square_inches / a4_square_inches, 1.0, 5.0);
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

/// A page at the resolution at which it is read.
struct PageRecognizer::Sheet {
  Raster pixels;
  Dpi dpi;
  double scale = 1;  ///< of the page's pixels
  std::vector<PixelRect> seals;

  /// What is known of it before its lines are.
  [[nodiscard]] FoundPage found() const {
    FoundPage page;
    page.width = pixels.width();
    page.height = pixels.height();
    page.dpi = dpi;
    page.seals = seals;
    return page;
  }
};

PageRecognizer::PageRecognizer(RecognizerOptions options) : options_(std::move(options)) {}
PageRecognizer::~PageRecognizer() = default;

Result<std::unique_ptr<PageRecognizer>> PageRecognizer::create(RecognizerOptions options) {
  std::unique_ptr<PageRecognizer> recognizer(new PageRecognizer(std::move(options)));
  SOHOA_TRY(recognizer->options_.models, models_folder(recognizer->options_.models, recognizer->options_.languages));
  SOHOA_DO(recognizer->engines_for(recognizer->options_.languages));
  return recognizer;
}

/// Tesseract's engine tells no alternatives, so that the language has nothing to choose from.
void PageRecognizer::settle_words(std::vector<Block>& blocks, const Engines& engines, const std::string& languages) {
  const bool vietnamese = ("+" + languages + "+").find("+vie+") != std::string::npos;
  if (engines.own && vietnamese) {
    language::choose_words(blocks, language::SyllableModel::built_in());
  } else {
    language::rate_words(blocks);
  }
}

Result<PageRecognizer::Engines*> PageRecognizer::engines_for(const std::string& languages) {
  if (const auto known = engines_.find(languages); known != engines_.end()) return &known->second;
  SOHOA_TRY(const auto folder, models_folder(options_.models, languages));
  Engines engines;
  if (options_.reader != Reader::tesseract) {
    auto own = LstmEngine::load(folder, languages, {.kernels = &lstm::best_kernels(options_.activation)});
    if (own) {
      engines.own = std::move(*own);
      engines.name = "sohoa " SOHOA_VERSION " " + languages;
    } else if (own.error().code != ErrorCode::unsupported) {
      return Error{ErrorCode::unsupported, "cannot load the model of '" + languages + "': " + own.error().message};
    }
  }
  if (!engines.own) {
    SOHOA_TRY(engines.tesseract, TesseractEngine::load(folder, languages));
    engines.name = engines.tesseract->name();
  }
  return &engines_.emplace(languages, std::move(engines)).first->second;
}

Result<Reading> PageRecognizer::read(const UprightPage& page, const std::string& languages) {
  if (page.pixels.empty() || page.pixels.channels() != 1) {
    return Error{ErrorCode::invalid_input, "a page to be read must be grey"};
  }
  if (page.dpi.value < 50) return Error{ErrorCode::invalid_input, "a page to be read needs 50 dpi"};
  SOHOA_TRY(auto* engines, engines_for(languages));
  Sheet sheet;
  sheet.scale = reading_scale(page);
  sheet.pixels = scaled(page.pixels, sheet.scale);
  if (sheet.pixels.empty()) return Error{ErrorCode::resource_exhausted, "no memory for the page"};
  sheet.dpi = {page.dpi.value * sheet.scale};
  sheet.seals = seals_on(page, sheet.scale);
  const double scale = sheet.scale;
  SOHOA_TRY(auto reading, read_sheet(*engines, std::move(sheet)));
  scale_back(reading.blocks, scale);
  if (options_.words == WordChoice::by_language) settle_words(reading.blocks, *engines, languages);
  return reading;
}

Result<Reading> PageRecognizer::read_sheet(Engines& engines, Sheet sheet) {
  if (!engines.own || options_.reader != Reader::own) return read_by_other_layout(engines, std::move(sheet));
  auto layout = lay_out(sheet.pixels, sheet.dpi, sheet.seals);
  if (layout.confidence < sure_layout) {
    SOHOA_TRY(auto reading, read_by_other_layout(engines, std::move(sheet)));
    reading.findings.push_back({"other_layout", Severity::note, "laid out by Tesseract: " + layout.reason});
    return reading;
  }
  Reading reading;
  reading.engine = engines.name + ", own layout";
  auto found = sheet.found();
  found.lines = engines.own->read(sheet.pixels, layout);
  found.horizontal_rules = std::move(layout.horizontal_rules);
  found.vertical_rules = std::move(layout.vertical_rules);
  reading.blocks = in_reading_order(std::move(found));
  return reading;
}

Result<Reading> PageRecognizer::read_by_other_layout(Engines& engines, Sheet sheet) {
  Reading reading;
  reading.engine = engines.name + ", Tesseract's layout";
  auto grey = grey_pix(sheet.pixels);
  auto reduced = grey ? reduced_page(*grey, sheet.dpi.value) : ReducedPage{};
  if (!reduced.pix) return Error{ErrorCode::resource_exhausted, "no memory for the page"};

  const auto load = measure_layout_load(reduced);
  if (load.ink > options_.layout.ink) {
    reading.findings.push_back({"layout_guard", Severity::warning, "more ink on the page than text has, not read"});
    return reading;
  }
  if (load.components - load.specks > options_.layout.components * sheets_of_a4(sheet.pixels, sheet.dpi)) {
    reading.findings.push_back({"layout_guard", Severity::warning,
                                std::to_string(load.components) + " marks on the page: too many to be text, not read"});
    return reading;
  }
  if (load.specks > options_.layout.specks) {
    grey = without_specks(*grey, static_cast<int>(std::lround(2 * reduced.factor)));
    if (!grey) return Error{ErrorCode::resource_exhausted, "no memory for the page"};
    sheet.pixels = grey_raster(*grey);
    reading.findings.push_back(
        {"despeckled", Severity::note, std::to_string(load.specks) + " specks were taken away before reading"});
  }
  auto found = sheet.found();
  auto rules = find_rules(reduced, sheet.dpi.value);
  found.horizontal_rules = std::move(rules.horizontal);
  found.vertical_rules = std::move(rules.vertical);

  ReadLine read_again;
  if (engines.own) {
    if (!tesseract_layout_) tesseract_layout_ = std::make_unique<TesseractLayout>();
    SOHOA_TRY(const auto laid_out, tesseract_layout_->find(sheet.pixels, sheet.dpi));
    found.lines = engines.own->read(sheet.pixels, laid_out.layout, laid_out.blocks);
    read_again = [&](const PixelRect& area) { return engines.own->read_line(sheet.pixels, area); };
  } else {
    SOHOA_TRY(auto lines, engines.tesseract->read(*grey, sheet.dpi.value, options_.soft_limit));
    found.lines = std::move(lines.lines);
    if (lines.cut_short) {
      reading.findings.push_back({"reading_cut_short", Severity::warning,
                                  "reading took longer than " + std::to_string(options_.soft_limit.count()) +
                                      " ms and was stopped: the rest of the page is missing"});
    } else {
      read_again = [&](const PixelRect& area) { return engines.tesseract->read_line(area); };
    }
  }
  constexpr int most_second_looks = 24;
  if (read_again) found.lines = with_second_look(found, read_again, most_second_looks);
  if (engines.tesseract) engines.tesseract->forget_page();
  reading.blocks = in_reading_order(std::move(found));
  return reading;
}

}  // namespace sohoa::ocr
