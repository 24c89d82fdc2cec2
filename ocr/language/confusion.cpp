#include "ocr/language/confusion.hpp"

#include <algorithm>

#include "ocr/language/letters.hpp"

namespace sohoa::ocr::language {
namespace {

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
}

/// How far both begin alike, in whole code points.
std::size_t common_begin(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  while (i < std::min(a.size(), b.size()) && a[i] == b[i]) ++i;
  while (i > 0 && ((i < a.size() && is_continuation(a[i])) || (i < b.size() && is_continuation(b[i])))) --i;
  return i;
}

/// How far both end alike, in whole code points.
std::size_t common_end(std::string_view a, std::string_view b) {
  std::size_t n = 0;
  while (n < std::min(a.size(), b.size()) && a[a.size() - n - 1] == b[b.size() - n - 1]) ++n;
  while (n > 0 && is_continuation(a[a.size() - n])) --n;
  return n;
}

}  // namespace

Confusion confusion_of(char32_t read, char32_t meant) {
  const auto was = letter_of(read), is = letter_of(meant);
  if (was.base != is.base) return Confusion::letters;
  const bool of_hook = (is.tone == Tone::hook && was.tone != Tone::tilde && was.tone != Tone::hook) ||
                       (was.tone == Tone::hook && is.tone == Tone::level);
  return of_hook && was.vowel == is.vowel ? Confusion::hook : Confusion::marks;
}

Confusion confusion_of(std::string_view read, std::string_view meant) {
  const auto begin = common_begin(read, meant);
  read.remove_prefix(begin);
  meant.remove_prefix(begin);
  const auto end = common_end(read, meant);
  const auto one = only_code_point(read.substr(0, read.size() - end));
  const auto other = only_code_point(meant.substr(0, meant.size() - end));
  if (!one || !other) return Confusion::letters;
  return confusion_of(*one, *other);
}

}  // namespace sohoa::ocr::language
