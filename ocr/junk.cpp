// What no one wrote. Measured on 15 real pages: Tesseract's readings of specks are words without a letter whose box is
// below a quarter em each way; marks cut off from the line below them give lines with an x-height below half of the
// page's and a confidence below 70; signatures give one to three letters more than two em high or with a confidence
// below 60. Real words that were misread have confidences down to 0 too (handwritten numbers, words under seals), but
// stand in a line, at its size. A stop between spaces is a speck, three are an ellipsis.

#include "ocr/junk.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "ocr/evidence.hpp"
#include "ocr/line_geometry.hpp"

namespace sohoa::ocr {
namespace {

bool is_dots(std::string_view text) {
  return text.size() >= 3 && text.find_first_not_of("./ -_") == std::string_view::npos;
}

/// Marks that stand alone between spaces in print.
bool is_lone_mark(std::string_view text) {
  constexpr std::array<std::string_view, 23> marks{"-", "–", "—", "+", "=", "&", "%",  "/", "*", "•", ":", ";",
                                                   "…", "<", ">", "(", ")", "§", "\"", "©", "®", "$", "€"};
  return std::find(marks.begin(), marks.end(), text) != marks.end() || is_dots(text);
}

bool is_junk(const Word& word, double em) {
  const bool tiny = word.box.width < em / 4 && word.box.height < em / 4;
  if (count_alphanumeric(word.text) > 0) {
    return (tiny && word.confidence < 80) || (word.box.height > 3 * em && word.confidence < 70);
  }
  if (!is_lone_mark(word.text)) return true;
  return word.confidence < 60 || word.box.height > 1.5 * em;
}

double share_in(const PixelRect& box, const std::vector<PixelRect>& areas) {
  std::int64_t shared = 0;
  for (const auto& area : areas) shared = std::max(shared, intersection(box, area).area());
  return box.empty() ? 0.0 : static_cast<double>(shared) / static_cast<double>(box.area());
}

bool has_sure_word(const TextLine& line) {
  return std::any_of(line.words.begin(), line.words.end(),
                     [](const Word& word) { return word.confidence >= 80 && count_alphanumeric(word.text) >= 2; });
}

/// "Số:" before a number written by hand, or that number: close to another piece of its row.
bool has_neighbour(const std::vector<Piece>& pieces, const Piece& piece, double em) {
  const auto& box = piece.found.line.box;
  if (box.height < 0.6 * em || box.height > 2.5 * em) return false;
  return std::any_of(pieces.begin(), pieces.end(), [&](const Piece& other) {
    const auto& theirs = other.found.line.box;
    const auto gap = std::max(box.x, theirs.x) - std::min(box.right(), theirs.right());
    return &other != &piece && other.row == piece.row && gap < 2.5 * em;
  });
}

bool is_junk(const std::vector<Piece>& pieces, const Piece& piece, double em, const std::vector<PixelRect>& seals) {
  const auto& line = piece.found.line;
  const auto text = line.text();
  const double confidence = confidence_of(line);
  const auto letters = count_alphanumeric(text);
  const double median_x_height = em / em_of_x_height;
  const bool sure = has_sure_word(line);
  if (letters == 0) return !(confidence >= 85 && is_dots(text));
  if (piece.found.x_height > 0 && piece.found.x_height < 0.45 * median_x_height && confidence < 70) return true;
  if (line.box.height > 1.6 * em && letters <= 4 && confidence < 75) {
    return !has_neighbour(pieces, piece, em);
  }
  if (letters <= 3 && confidence < 60) return !has_neighbour(pieces, piece, em);
  if (!sure && (confidence < 15 || (confidence < 40 && letters < 6))) return !has_neighbour(pieces, piece, em);
  return !sure && confidence < 70 && share_in(line.box, seals) > 0.6;
}

bool is_stop(const Word& word) {
  return word.text == "." && word.confidence >= 60;
}

/// The stops of ". . ." are set apart like words; one alone is a speck.
std::vector<bool> spaced_stops(const std::vector<Word>& words) {
  std::vector<bool> found(words.size());
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    const bool three = is_stop(words[i - 1]) && is_stop(words[i]) && is_stop(words[i + 1]);
    if (three) found[i - 1] = found[i] = found[i + 1] = true;
  }
  return found;
}

}  // namespace

std::vector<FoundLine> without_specks(std::vector<FoundLine> lines, double em) {
  std::vector<FoundLine> kept;
  for (auto& found : lines) {
    auto& words = found.line.words;
    const auto ellipsis = spaced_stops(words);
    std::size_t place = 0;
    std::erase_if(words, [&](const Word& word) { return !ellipsis[place++] && is_junk(word, em); });
    if (!words.empty()) kept.push_back(part_of(found, 0, words.size()));
  }
  return kept;
}

std::vector<Piece> without_junk(std::vector<Piece> pieces, double em, const std::vector<PixelRect>& seals) {
  std::vector<Piece> kept;
  for (const auto& piece : pieces) {
    if (!is_junk(pieces, piece, em, seals)) kept.push_back(piece);
  }
  return kept;
}

}  // namespace sohoa::ocr
