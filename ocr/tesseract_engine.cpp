// Tesseract's LSTM over its own page layout (automatic segmentation without orientation).
//
// Settings that cost no accuracy on evened-out pages (15 real pages at 300 dpi, CPU seconds a page):
//   textord_disable_pitch_test  no search for typewriter pitch: 1.42 -> 1.37, no line changed;
//   invert_threshold 0          no second pass over poor lines for white on black, which imaging turns: 1.37 on these
//   pages
//                               either way, up to twice the time on poor ones;
//   user_defined_dpi            the page knows its resolution; Tesseract's own guess is for pages that don't.
// Its line images go through line_image_codec.hpp (1.58 -> 1.37). Grey pages are read better than the same in black and
// white (1.02 against 1.38 % errors), at the same speed.

#include "ocr/tesseract_engine.hpp"

#include <omp.h>
#include <tesseract/ocrclass.h>
#include <tesseract/resultiterator.h>

#include <array>
#include <cmath>
#include <new>

#include "ocr/line_geometry.hpp"
#include "ocr/line_image_codec.hpp"
#include "pipeline/model/recognized_page.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::ocr {
namespace {

using tesseract::PageIteratorLevel;

Word word_at(const tesseract::ResultIterator& it) {
  Word word;
  const std::unique_ptr<char[]> text(it.GetUTF8Text(PageIteratorLevel::RIL_WORD));
  if (text) word.text = text::folded_spaces(text::nfc(text.get()));
  int left = 0, top = 0, right = 0, bottom = 0;
  if (it.BoundingBox(PageIteratorLevel::RIL_WORD, &left, &top, &right, &bottom)) {
    word.box = {left, top, right - left, bottom - top};
  }
  word.confidence = std::min(100.0F, std::max(0.0F, it.Confidence(PageIteratorLevel::RIL_WORD)));
  return word;
}

FoundLine line_at(const tesseract::ResultIterator& it, std::int32_t block) {
  FoundLine found;
  found.block = block;
  int x1 = 0, y1 = 0, x2 = 0, y2 = 0;
  if (it.Baseline(PageIteratorLevel::RIL_TEXTLINE, &x1, &y1, &x2, &y2)) {
    found.line.baseline_start = {static_cast<double>(x1), static_cast<double>(y1)};
    found.line.baseline_end = {static_cast<double>(x2), static_cast<double>(y2)};
  }
  float height = 0, descenders = 0, ascenders = 0;
  it.RowAttributes(&height, &descenders, &ascenders);
  found.x_height = std::max(0.0F, height - std::fabs(descenders) - ascenders);
  return found;
}

/// Tesseract counts what touches a word from the line above or below into its box. Type reaches from 2.4 x-heights
/// (capitals with two marks) above the baseline to 0.9 below it; taller boxes are trimmed to that. `ordinary` is the
/// page's x-height: lines of less are marks cut off from their letters as often as small type.
void trim_to_type(FoundLine& found, double ordinary) {
  const double x_height = std::max(found.x_height, ordinary);
  auto& line = found.line;
  line.box = {};
  for (auto& word : line.words) {
    if (word.box.height > 3.0 * x_height) {
      const double baseline = baseline_at(line, word.box.center_x());
      const auto top = static_cast<std::int32_t>(std::floor(baseline - 2.4 * x_height));
      const auto bottom = static_cast<std::int32_t>(std::ceil(baseline + 0.9 * x_height));
      const auto trimmed = intersection(word.box, {word.box.x, top, word.box.width, bottom - top});
      if (!trimmed.empty()) word.box = trimmed;
    }
    line.box = united(line.box, word.box);
  }
}

std::vector<FoundLine> lines_of(tesseract::ResultIterator& it) {
  std::vector<FoundLine> lines;
  std::int32_t block = -1;
  bool begins = true;
  do {
    if (it.IsAtBeginningOf(PageIteratorLevel::RIL_BLOCK)) ++block;
    begins = begins || it.IsAtBeginningOf(PageIteratorLevel::RIL_TEXTLINE);
    if (it.Empty(PageIteratorLevel::RIL_WORD)) continue;  // a picture or a rule: it has no row to ask for
    if (begins) lines.push_back(line_at(it, block));
    begins = false;
    auto word = word_at(it);
    if (word.text.empty() || word.box.empty()) continue;
    auto& line = lines.back().line;
    line.box = united(line.box, word.box);
    line.words.push_back(std::move(word));
  } while (it.Next(PageIteratorLevel::RIL_WORD));
  std::erase_if(lines, [](const FoundLine& found) { return found.line.words.empty(); });
  return lines;
}

}  // namespace

TesseractEngine::~TesseractEngine() {
  api_.End();
}

Result<std::unique_ptr<TesseractEngine>> TesseractEngine::load(const std::filesystem::path& folder,
                                                               const std::string& languages) {
  setMsgSeverity(L_SEVERITY_NONE);  // Leptonica writes to the standard error stream what is no news to anyone
  std::unique_ptr<TesseractEngine> engine(new TesseractEngine());
  if (engine->api_.Init(folder.c_str(), languages.c_str(), tesseract::OEM_LSTM_ONLY) != 0) {
    return Error{ErrorCode::unsupported, "cannot load the model of '" + languages + "'"};
  }
  constexpr std::array<std::array<const char*, 2>, 3> settings{{
      {"textord_disable_pitch_test", "1"},
      {"invert_threshold", "0"},
      {"debug_file", "/dev/null"},
  }};
  for (const auto& [name, value] : settings) {
    if (!engine->api_.SetVariable(name, value)) {
      return Error{ErrorCode::internal, std::string("tesseract has no setting ") + name};
    }
  }
  engine->name_ = std::string("tesseract ") + tesseract::TessBaseAPI::Version() + " " + languages;
  return engine;
}

Result<EngineLines> TesseractEngine::read(Pix& page, double dpi, std::chrono::milliseconds limit) try {
  omp_set_num_threads(1);
  api_.SetVariable("user_defined_dpi", std::to_string(std::lround(dpi)).c_str());
  api_.SetPageSegMode(tesseract::PSM_AUTO);
  api_.SetImage(&page);
  tesseract::ETEXT_DESC monitor;
  monitor.set_deadline_msecs(static_cast<std::int32_t>(limit.count()));

  EngineLines result;
  {
    const PlainLineImages plain;
    result.cut_short = api_.Recognize(&monitor) != 0;
  }
  if (const std::unique_ptr<tesseract::ResultIterator> it(api_.GetIterator()); it) {
    it->SetBoundingBoxComponents(true, true);
    result.lines = lines_of(*it);
    const double ordinary = ordinary_em(result.lines, {dpi}) / 2.1;
    for (auto& found : result.lines) trim_to_type(found, ordinary);
  }
  return result;
} catch (const std::bad_alloc&) {
  return Error{ErrorCode::resource_exhausted, "no memory to read the page"};
} catch (const std::exception& e) {
  return Error{ErrorCode::internal, std::string("tesseract: ") + e.what()};
}

std::optional<FoundLine> TesseractEngine::read_line(const PixelRect& area) try {
  api_.SetPageSegMode(tesseract::PSM_SINGLE_LINE);
  api_.SetRectangle(area.x, area.y, area.width, area.height);
  {
    const PlainLineImages plain;
    if (api_.Recognize(nullptr) != 0) return std::nullopt;
  }
  const std::unique_ptr<tesseract::ResultIterator> it(api_.GetIterator());
  if (!it) return std::nullopt;
  it->SetBoundingBoxComponents(true, true);
  auto lines = lines_of(*it);
  if (lines.size() != 1) return std::nullopt;
  return std::move(lines.front());
} catch (const std::exception&) {
  return std::nullopt;  // the first reading stands
}

void TesseractEngine::forget_page() {
  api_.Clear();
}

}  // namespace sohoa::ocr
