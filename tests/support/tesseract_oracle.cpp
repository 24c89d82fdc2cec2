#include "tests/support/tesseract_oracle.hpp"

#include <allheaders.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace sohoa::testing_support {

struct TesseractOracle::State {
  tesseract::TessBaseAPI api;

  /// Rows of a raster have no padding: the API copies them.
  void set_image(const Raster& image, int dpi) {
    api.SetImage(image.row(0), image.width(), image.height(), 1, static_cast<int>(image.stride()));
    api.SetSourceResolution(dpi);
  }
};

TesseractOracle::TesseractOracle(const std::filesystem::path& models, const std::string& language)
    : state_(std::make_unique<State>()) {
  if (state_->api.Init(models.c_str(), language.c_str(), tesseract::OEM_LSTM_ONLY) != 0) {
    std::fprintf(stderr, "no model %s in %s\n", language.c_str(), models.c_str());
    std::abort();
  }
}

TesseractOracle::~TesseractOracle() {
  state_->api.End();
}

std::vector<TesseractOracle::Word> TesseractOracle::read_line(const Raster& crop) {
  state_->api.SetPageSegMode(tesseract::PSM_RAW_LINE);
  state_->set_image(crop, 300);
  std::vector<Word> words;
  if (state_->api.Recognize(nullptr) != 0) return words;
  const std::unique_ptr<tesseract::ResultIterator> it(state_->api.GetIterator());
  if (!it) return words;
  do {
    if (it->Empty(tesseract::RIL_WORD)) continue;
    const std::unique_ptr<char[]> text(it->GetUTF8Text(tesseract::RIL_WORD));
    if (text) words.push_back({text.get(), it->Confidence(tesseract::RIL_WORD)});
  } while (it->Next(tesseract::RIL_WORD));
  return words;
}

std::vector<PixelRect> TesseractOracle::find_lines(const Raster& page) {
  state_->api.SetPageSegMode(tesseract::PSM_AUTO);
  state_->set_image(page, 300);
  std::vector<PixelRect> lines;
  Boxa* boxes = state_->api.GetComponentImages(tesseract::RIL_TEXTLINE, true, nullptr, nullptr);
  for (int i = 0; boxes != nullptr && i < boxaGetCount(boxes); ++i) {
    l_int32 x = 0, y = 0, width = 0, height = 0;
    boxaGetBoxGeometry(boxes, i, &x, &y, &width, &height);
    lines.push_back(intersection({x - 4, y - 4, width + 8, height + 8}, page.bounds()));
  }
  boxaDestroy(&boxes);
  return lines;
}

std::string TesseractOracle::read_page(const Raster& page, Dpi dpi) {
  state_->api.SetPageSegMode(tesseract::PSM_AUTO);
  state_->set_image(page, static_cast<int>(std::lround(dpi.value)));
  std::string text;
  if (state_->api.Recognize(nullptr) != 0) return text;
  const std::unique_ptr<tesseract::ResultIterator> it(state_->api.GetIterator());
  if (!it) return text;
  do {
    const std::unique_ptr<char[]> word(it->GetUTF8Text(tesseract::RIL_WORD));
    if (!word) continue;
    text += word.get();
    text += it->IsAtFinalElement(tesseract::RIL_TEXTLINE, tesseract::RIL_WORD) ? '\n' : ' ';
  } while (it->Next(tesseract::RIL_WORD));
  state_->api.Clear();
  return text;
}

std::vector<TesseractOracle::Word> visible(std::vector<TesseractOracle::Word> words) {
  for (auto& word : words) {
    const auto first = word.text.find_first_not_of(' ');
    word.text = first == std::string::npos ? "" : word.text.substr(first, word.text.find_last_not_of(' ') + 1 - first);
  }
  std::erase_if(words, [](const TesseractOracle::Word& word) { return word.text.empty(); });
  return words;
}

}  // namespace sohoa::testing_support
