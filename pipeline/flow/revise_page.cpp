// Words are found by where they stand, not by counting: boxes stay true when a page is read again.

#include "pipeline/flow/revise_page.hpp"

#include <algorithm>
#include <cstdlib>

#include "pipeline/text/unicode.hpp"

namespace sohoa::flow {
namespace {

/// A stretch of a line's words.
struct Place {
  TextLine* line = nullptr;
  std::size_t first = 0;
  std::size_t count = 0;
};

double overlap(const PixelRect& a, const PixelRect& b) {
  const double width = std::min(a.right(), b.right()) - std::max(a.x, b.x);
  const double height = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

double area(const PixelRect& box) {
  return std::max(1.0, static_cast<double>(box.width) * box.height);
}

/// Whether the box stands for the word, or for a part of it that is most of the box.
bool covers(const PixelRect& box, const PixelRect& word) {
  return overlap(box, word) > 0.5 * std::min(area(word), area(box));
}

/// The words under `box`: the longest stretch of one line.
Place covered(RecognizedPage& page, const PixelRect& box) {
  Place best;
  for (auto& block : page.blocks) {
    for (auto& line : block.lines) {
      Place here{&line, 0, 0};
      for (std::size_t i = 0; i < line.words.size(); ++i) {
        if (!covers(box, line.words[i].box)) continue;
        if (here.count == 0) here.first = i;
        here.count = i + 1 - here.first;
      }
      if (here.count > best.count) best = here;
    }
  }
  return best;
}

/// Where a word that nothing was read of goes: into the line at its height whose end or gap is nearest.
Place beside(RecognizedPage& page, const PixelRect& box) {
  Place best;
  double nearest = 4.0 * box.height;
  for (auto& block : page.blocks) {
    for (auto& line : block.lines) {
      const bool same_height =
          std::abs(line.box.center_y() - box.center_y()) < 0.5 * std::max(line.box.height, box.height);
      const double gap = std::max({0, line.box.x - box.right(), box.x - line.box.right()});
      if (!same_height || line.words.empty() || gap >= nearest) continue;
      nearest = gap;
      const auto next = std::find_if(line.words.begin(), line.words.end(),
                                     [&](const Word& word) { return word.box.center_x() > box.center_x(); });
      best = {&line, static_cast<std::size_t>(next - line.words.begin()), 0};
    }
  }
  return best;
}

/// A line of its own, before the blocks that are kept apart and after those that stand above it.
Place new_line(RecognizedPage& page, const PixelRect& box) {
  Block block;
  block.box = box;
  TextLine line;
  line.box = box;
  line.baseline_start = {static_cast<double>(box.x), static_cast<double>(box.bottom())};
  line.baseline_end = {static_cast<double>(box.right()), static_cast<double>(box.bottom())};
  block.lines.push_back(line);
  const auto at = std::find_if(page.blocks.begin(), page.blocks.end(),
                               [&](const Block& other) { return is_apart(other.role) || other.box.y > box.y; });
  const auto made = page.blocks.insert(at, std::move(block));
  return {&made->lines.front(), 0, 0};
}

/// `text` as words side by side in `box`, each as wide as its share of the letters.
std::vector<Word> words_in(const std::string& text, const PixelRect& box, const Correction& correction) {
  std::vector<std::u32string> parts(1);
  for (const auto c : text::code_points(text::folded_spaces(text::nfc(text)))) {
    if (c == U' ') {
      parts.emplace_back();
    } else {
      parts.back().push_back(c);
    }
  }
  std::size_t all = parts.size() - 1;
  for (const auto& part : parts) all += part.size();
  std::vector<Word> words;
  std::size_t before = 0;
  for (const auto& part : parts) {
    const auto at = [&](std::size_t letters) {
      return box.x +
             static_cast<std::int32_t>(static_cast<std::size_t>(box.width) * letters / std::max<std::size_t>(1, all));
    };
    Word word;
    word.text = text::utf8(part);
    word.box = {at(before), box.y, std::max(1, at(before + part.size()) - at(before)), box.height};
    word.confidence = 100;
    word.correction = correction;
    before += part.size() + 1;
    if (!word.text.empty()) words.push_back(std::move(word));
  }
  return words;
}

void put(const Place& place, std::vector<Word> words) {
  auto& all = place.line->words;
  const auto at = all.erase(all.begin() + static_cast<std::ptrdiff_t>(place.first),
                            all.begin() + static_cast<std::ptrdiff_t>(place.first + place.count));
  for (const auto& word : words) place.line->box = united(place.line->box, word.box);
  all.insert(at, std::make_move_iterator(words.begin()), std::make_move_iterator(words.end()));
}

std::string text_at(const Place& place) {
  std::string text;
  for (auto i = place.first; i < place.first + place.count; ++i) {
    text += (text.empty() ? "" : " ") + place.line->words[i].text;
  }
  return text;
}

/// Nothing is left of lines and blocks without words, and blocks span their lines.
void tidy(RecognizedPage& page) {
  for (auto& block : page.blocks) {
    std::erase_if(block.lines, [](const TextLine& line) { return line.words.empty(); });
    for (const auto& line : block.lines) block.box = united(block.box, line.box);
  }
  std::erase_if(page.blocks, [](const Block& block) { return block.lines.empty(); });
}

PixelRect box_of(const Place& place) {
  PixelRect box;
  for (auto i = place.first; i < place.first + place.count; ++i) box = united(box, place.line->words[i].box);
  return box;
}

}  // namespace

void correct_words(RecognizedPage& page, std::vector<WordCorrection*> corrections, const std::string& by,
                   const std::string& at) {
  for (auto* correction : corrections) {
    auto place = covered(page, correction->box);
    correction->was = place.count > 0 ? text_at(place) : std::string();
    const auto box = place.count > 0 ? box_of(place) : correction->box;
    if (place.count == 0) place = beside(page, box);
    if (place.line == nullptr) place = new_line(page, box);
    put(place, words_in(correction->text, box, {by, at, correction->was}));
  }
  if (page.text_source == TextSource::none && !page.blocks.empty()) page.text_source = TextSource::recognized;
  tidy(page);
}

void keep_locked_words(RecognizedPage& fresh, const RecognizedPage& before) {
  for (const auto& block : before.blocks) {
    for (const auto& line : block.lines) {
      for (const auto& word : line.words) {
        if (!word.correction) continue;
        auto place = covered(fresh, word.box);
        if (place.count == 0) place = beside(fresh, word.box);
        if (place.line == nullptr) place = new_line(fresh, word.box);
        put(place, {word});
      }
    }
  }
  tidy(fresh);
}

}  // namespace sohoa::flow
