// Text out of a PDF page by Poppler's TextOutputDev (the engine of pdftotext): it finds words, lines and blocks from
// the glyphs' places and orders the blocks by columns, which gets the two-column head of Vietnamese documents right
// (left block, right block, body). Only the glyphs that are seen are let through. What Poppler takes for two words
// without a space between (a change of font within a word) is put together again, and so are pieces of one line that
// Poppler makes blocks of their own because something was filled in between ("Số:" "565" "/TB-UBND").

#include "pipeline/decode/page_text.hpp"

#include <poppler/Annot.h>
#include <poppler/Gfx.h>
#include <poppler/TextOutputDev.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace sohoa::decode {
namespace {

class VisibleText final : public ::TextOutputDev {
 public:
  explicit VisibleText(std::size_t glyphs_below)
      : TextOutputDev(nullptr, false, 0.0, false, false), glyphs_below_(glyphs_below) {}

  void drawChar(GfxState* state, double x, double y, double dx, double dy, double ox, double oy, CharCode code,
                int bytes, const Unicode* meaning, int length) override {
    if (++glyphs_ <= glyphs_below_ || is_hidden_text(*state)) return;
    TextOutputDev::drawChar(state, x, y, dx, dy, ox, oy, code, bytes, meaning, length);
  }

 private:
  std::size_t glyphs_below_;
  std::size_t glyphs_ = 0;
};

struct TextPageRelease {
  void operator()(TextPage* page) const { page->decRefCnt(); }
};

PixelRect pixels_of(const ::TextWord& word, Dpi dpi) {
  double left = 0, top = 0, right = 0, bottom = 0;
  word.getBBox(&left, &top, &right, &bottom);
  const auto x = static_cast<std::int32_t>(std::floor(dpi.pixels(left)));
  const auto y = static_cast<std::int32_t>(std::floor(dpi.pixels(top)));
  return {x, y, std::max(1, static_cast<std::int32_t>(std::ceil(dpi.pixels(right))) - x),
          std::max(1, static_cast<std::int32_t>(std::ceil(dpi.pixels(bottom))) - y)};
}

void append_utf8(std::string& out, Unicode c) {
  const auto put = [&](Unicode byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  }
}

sohoa::TextLine line_of(const ::TextLine& line, Dpi dpi) {
  sohoa::TextLine result;
  double baseline = 0;
  bool joined = false;
  for (const ::TextWord* word = line.getWords(); word != nullptr; word = word->getNext()) {
    const auto text = clean_utf8(word->getChar(0), word->getLength());
    const auto box = pixels_of(*word, dpi);
    if (!text.empty()) {
      if (joined && !result.words.empty()) {
        result.words.back().text += text;
        result.words.back().box = united(result.words.back().box, box);
      } else {
        result.words.push_back({text, box, 100});
      }
      result.box = united(result.box, box);
      baseline = word->getRotation() == 0 ? dpi.pixels(word->getBaseline()) : box.bottom();
    }
    joined = !word->hasSpaceAfter();
  }
  result.baseline_start = {static_cast<double>(result.box.x), baseline};
  result.baseline_end = {static_cast<double>(result.box.right()), baseline};
  return result;
}

std::vector<Block> blocks_of(TextPage& page, Dpi dpi) {
  std::vector<Block> blocks;
  for (const TextFlow* flow = page.getFlows(); flow != nullptr; flow = flow->getNext()) {
    for (const ::TextBlock* block = flow->getBlocks(); block != nullptr; block = block->getNext()) {
      Block result;
      for (const ::TextLine* line = block->getLines(); line != nullptr; line = line->getNext()) {
        auto found = line_of(*line, dpi);
        if (found.words.empty()) continue;
        result.box = united(result.box, found.box);
        result.lines.push_back(std::move(found));
      }
      if (!result.lines.empty()) blocks.push_back(std::move(result));
    }
  }
  return blocks;
}

/// Whether `right` goes on where `left` ends: one line high, level, and no further than 1.5 line heights away. The two
/// halves of a document's head stand over 4 line heights apart.
bool goes_on(const Block& left, const Block& right) {
  if (left.lines.size() != 1 || right.lines.size() != 1) return false;
  const auto &a = left.box, &b = right.box;
  const auto level = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
  const auto gap = b.x - a.right();
  return level * 10 >= std::min(a.height, b.height) * 6 && gap * 2 <= 3 * std::max(a.height, b.height) &&
         gap * 4 >= -a.height;
}

void join_pieces(std::vector<Block>& blocks) {
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    for (std::size_t j = 0; j < blocks.size(); ++j) {
      if (i == j || !goes_on(blocks[i], blocks[j])) continue;
      auto& line = blocks[i].lines.front();
      auto& rest = blocks[j].lines.front();
      std::move(rest.words.begin(), rest.words.end(), std::back_inserter(line.words));
      line.box = united(line.box, rest.box);
      line.baseline_end.x = rest.baseline_end.x;
      blocks[i].box = line.box;
      blocks.erase(blocks.begin() + static_cast<std::ptrdiff_t>(j));
      if (j < i) --i;
      j = static_cast<std::size_t>(-1);  // from the first again: what was passed may go on here now
    }
  }
}

/// What a signature field shows, run by itself: its appearance is not part of the page's content.
Block signature_text(::Page& page, const Annot& widget, Dpi dpi, Deadline& deadline) {
  VisibleText device(0);
  {
    const std::unique_ptr<Gfx> gfx(
        page.createGfx(&device, 72, 72, 0, false, true, -1, -1, -1, -1, false, Deadline::check, &deadline));
    const_cast<Annot&>(widget).draw(gfx.get(), false);
  }  // the interpreter ends the page when it goes
  const std::unique_ptr<TextPage, TextPageRelease> found(device.takeText());
  Block whole{BlockRole::e_signature, {}, {}};
  for (auto& block : blocks_of(*found, dpi)) {
    whole.box = united(whole.box, block.box);
    std::move(block.lines.begin(), block.lines.end(), std::back_inserter(whole.lines));
  }
  return whole;
}

Result<std::vector<Block>> read(PdfFile& file, PageNumber number, std::size_t glyphs_below,
                                const std::set<const Annot*>& left_out, Dpi dpi, Deadline& deadline) {
  VisibleText device(glyphs_below);
  file.profiles().lend(device);
  const auto decide = [](Annot* annotation, void* data) {
    return !static_cast<const std::set<const Annot*>*>(data)->contains(annotation);
  };
  file.document().displayPage(&device, static_cast<int>(number.value), 72, 72, 0, false, true, false, Deadline::check,
                              &deadline, decide, const_cast<std::set<const Annot*>*>(&left_out));
  if (deadline.passed()) return Error{ErrorCode::resource_exhausted, "the page's text takes too long"};
  const std::unique_ptr<TextPage, TextPageRelease> text(device.takeText());
  return blocks_of(*text, dpi);
}

}  // namespace

bool is_filled_in(const Block& block) {
  std::size_t words = 0, bytes = 0;
  bool of_signature = false;
  for (const auto& line : block.lines) {
    for (const auto& word : line.words) {
      ++words;
      bytes += word.text.size();
      of_signature = of_signature || word.text.find_first_of(":@") != std::string::npos;
    }
  }
  return words >= 1 && words <= 2 && bytes <= 16 && !of_signature;
}

std::string clean_utf8(const Unicode* text, int length) {
  std::string out;
  for (int i = 0; i < length; ++i) {
    const Unicode c = text[i];
    if (c == 0xF0B7 || c == 0xF0A7 || c == 0xF0D8 || c == 0xF076 || c == 0xF0FC) {
      out += "\u2022";  // round, square, arrow, diamond and tick of Symbol and Wingdings
      continue;
    }
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0xFEFF;
    const bool private_use = (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
    const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
    const bool space = c == ' ' || c == 0xA0;
    if (!control && !private_use && !surrogate && !space && c != 0xFFFD) append_utf8(out, c);
  }
  return out;
}

Result<std::vector<Block>> page_text(PdfFile& file, PageNumber number, Dpi dpi, Deadline& deadline) {
  SOHOA_TRY(::Page * page, file.page(number));
  auto widgets = signature_widgets(*page);
  std::vector<Block> signatures;
  std::erase_if(widgets, [&](const Annot* widget) {
    auto block = signature_text(*page, *widget, dpi, deadline);
    if (is_filled_in(block)) return true;
    if (!block.lines.empty()) signatures.push_back(std::move(block));
    return false;
  });
  std::sort(signatures.begin(), signatures.end(),
            [](const Block& a, const Block& b) { return std::pair(a.box.y, a.box.x) < std::pair(b.box.y, b.box.x); });
  SOHOA_TRY(auto blocks, read(file, number, 0, widgets, dpi, deadline));
  join_pieces(blocks);
  std::move(signatures.begin(), signatures.end(), std::back_inserter(blocks));
  return blocks;
}

Result<std::vector<Block>> overlay_text(PdfFile& file, PageNumber number, const std::vector<PageBox>& overlays,
                                        std::size_t glyphs_below, Dpi dpi, Deadline& deadline) {
  SOHOA_TRY(auto found, read(file, number, glyphs_below, {}, dpi, deadline));
  std::vector<Block> blocks(overlays.size(), Block{BlockRole::e_signature, {}, {}});
  for (auto& block : found) {
    for (auto& line : block.lines) {
      const double x = dpi.points(line.box.center_x());
      const double y = dpi.points(line.box.center_y());
      const auto home = std::find_if(overlays.begin(), overlays.end(), [&](const PageBox& box) {
        return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
      });
      if (home == overlays.end()) continue;
      auto& target = blocks[static_cast<std::size_t>(home - overlays.begin())];
      target.box = united(target.box, line.box);
      target.lines.push_back(std::move(line));
    }
  }
  std::erase_if(blocks, [](const Block& block) { return block.lines.empty(); });
  return blocks;
}

}  // namespace sohoa::decode
