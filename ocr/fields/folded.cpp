// Folding takes the marks away (OCR errors in Vietnamese are almost all in the marks) and keeps one char for each code
// point, so that a place in the folded text is a place in what is printed. Anchors are found by Sellers' algorithm:
// Levenshtein by one row, which starts at zero everywhere; blanks cost nothing, for words run together or fall apart.

#include "ocr/fields/folded.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "pipeline/text/edit_distance.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::fields {
namespace {

char folded_by_unicode(char32_t c) {
  const auto bare = text::without_marks(text::utf8(std::u32string_view(&c, 1)));
  if (bare.size() != 1 || static_cast<unsigned char>(bare[0]) < ' ') return '?';
  return static_cast<char>(std::tolower(static_cast<unsigned char>(bare[0])));
}

/// All letters of Vietnamese lie below U+0250 or in U+1E00..U+1EFF (Latin Extended Additional).
char folded(char32_t c) {
  static const auto tables = [] {
    std::array<std::array<char, 0x250>, 2> made{};
    for (char32_t i = 0; i < 0x250; ++i) made[0][i] = folded_by_unicode(i);
    for (char32_t i = 0; i < 0x100; ++i) made[1][i] = folded_by_unicode(0x1E00 + i);
    return made;
  }();
  if (c < 0x250) return tables[0][c];
  if (c >= 0x1E00 && c < 0x1F00) return tables[1][c - 0x1E00];
  if (c >= 0x2010 && c <= 0x2015) return '-';
  return '?';
}

bool is_small(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_alphanumeric(char c) {
  return is_small(c) || (c >= '0' && c <= '9');
}

}  // namespace

std::string Folded::raw(std::size_t begin, std::size_t end) const {
  end = std::min(end, plain.size());
  while (begin < end && plain[begin] == ' ') ++begin;
  while (end > begin && plain[end - 1] == ' ') --end;
  return text::utf8(std::u32string_view(printed).substr(begin, end - begin));
}

Folded fold(const std::vector<Word>& words) {
  Folded result;
  const auto add = [&](char32_t c, char plain, std::size_t word) {
    result.plain += plain;
    result.printed += c;
    result.word.push_back(word);
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) add(U' ', ' ', i - 1);
    for (const auto c : text::code_points(words[i].text)) add(c, folded(c), i);
  }
  return result;
}

std::string letters_of(std::string_view utf8) {
  std::string letters;
  for (const auto c : text::code_points(utf8)) {
    if (const char plain = folded(c); is_alphanumeric(plain)) letters += plain;
  }
  return letters;
}

std::optional<Match> find_anchor(std::string_view plain, std::string_view anchor, std::size_t most_errors) {
  struct Cell {
    std::size_t errors, begin;
  };
  std::vector<Cell> column(anchor.size() + 1);  // by the anchor's letters, at one place of the text
  for (std::size_t i = 0; i <= anchor.size(); ++i) column[i] = {i, 0};
  Match best{0, 0, most_errors + 1};
  for (std::size_t at = 0; at < plain.size(); ++at) {
    if (plain[at] == ' ') continue;
    Cell diagonal = std::exchange(column[0], {0, at + 1});
    diagonal.begin = at;
    for (std::size_t i = 1; i <= anchor.size(); ++i) {
      const Cell taken{diagonal.errors + (anchor[i - 1] == plain[at] ? 0 : 1), diagonal.begin};
      const Cell added{column[i].errors + 1, column[i].begin};
      const Cell missed{column[i - 1].errors + 1, column[i - 1].begin};
      diagonal = column[i];
      column[i] = taken.errors <= added.errors && taken.errors <= missed.errors ? taken
                  : added.errors <= missed.errors                               ? added
                                                                                : missed;
    }
    const auto& whole = column.back();
    // A wrong last letter belongs to the anchor rather than to what follows; a digit does not.
    const bool longer =
        whole.errors == best.errors && whole.begin == best.begin && best.end == at && is_small(plain[at]);
    if (whole.errors < best.errors || longer) best = {whole.begin, at + 1, whole.errors};
  }
  if (best.errors > most_errors) return std::nullopt;
  return best;
}

bool alike(std::string_view a, std::string_view b, double share) {
  const auto longer = std::max(a.size(), b.size());
  const auto shorter = std::min(a.size(), b.size());
  const auto most = static_cast<std::size_t>(share * static_cast<double>(longer));
  return longer > 0 && longer - shorter <= most && text::edit_distance(a, b) <= most;
}

}  // namespace sohoa::fields
