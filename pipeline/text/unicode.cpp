#include "pipeline/text/unicode.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace sohoa::text {
namespace {

icu::UnicodeString from_utf8(std::string_view utf8) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
}

const icu::Normalizer2& composer() {
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* const instance = icu::Normalizer2::getNFCInstance(status);
  return *instance;
}

const icu::Normalizer2& decomposer() {
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* const instance = icu::Normalizer2::getNFDInstance(status);
  return *instance;
}

icu::UnicodeString normalized(const icu::Normalizer2& by, const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  auto result = by.normalize(text, status);
  return U_SUCCESS(status) ? result : text;
}

/// Whether the text holds nothing that nfc() would take out or replace: Vietnamese in NFC, as nearly all text is that
/// was brought to it before. Only code points of one to three bytes are looked at; others take the long way.
bool is_clean_nfc(std::string_view utf8) {
  bool ascii = true;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto byte = [&](std::size_t at) { return at < utf8.size() ? static_cast<unsigned char>(utf8[at]) : 0U; };
    const auto continues = [&](std::size_t at) { return (byte(at) & 0xc0U) == 0x80U; };
    const auto first = byte(i);
    if (first < 0x80) {
      if ((first < 0x20 && first != '\n' && first != '\t') || first == 0x7f) return false;
      ++i;
      continue;
    }
    ascii = false;
    if (first >= 0xc3 && first <= 0xdf && continues(i + 1)) {
      i += 2;
    } else if (first >= 0xe1 && first <= 0xec && continues(i + 1) && continues(i + 2)) {
      i += 3;
    } else {
      return false;
    }
  }
  if (ascii) return true;
  UErrorCode status = U_ZERO_ERROR;
  const icu::StringPiece piece(utf8.data(), static_cast<std::int32_t>(utf8.size()));
  return composer().isNormalizedUTF8(piece, status) && U_SUCCESS(status);
}

}  // namespace

std::string nfc(std::string_view utf8) {
  if (is_clean_nfc(utf8)) return std::string(utf8);
  const auto composed = normalized(composer(), from_utf8(utf8));
  icu::UnicodeString kept;
  for (std::int32_t i = 0; i < composed.length(); i = composed.moveIndex32(i, 1)) {
    const UChar32 c = composed.char32At(i);
    if (u_charType(c) == U_CONTROL_CHAR && c != '\n' && c != '\t') continue;
    kept.append(U_IS_SURROGATE(c) ? UChar32{0xFFFD} : c);
  }
  std::string result;
  return kept.toUTF8String(result);
}

std::string without_marks(std::string_view utf8) {
  const auto decomposed = normalized(decomposer(), from_utf8(utf8));
  icu::UnicodeString kept;
  for (std::int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const UChar32 c = decomposed.char32At(i);
    if (u_getCombiningClass(c) != 0) continue;
    kept.append(c == 0x0111 ? UChar32{'d'} : c == 0x0110 ? UChar32{'D'} : c);
  }
  std::string result;
  return kept.toUTF8String(result);
}

std::u32string code_points(std::string_view utf8) {
  const auto text = from_utf8(utf8);
  std::u32string points;
  points.reserve(static_cast<std::size_t>(text.length()));
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    points.push_back(static_cast<char32_t>(text.char32At(i)));
  }
  return points;
}

std::string utf8(std::u32string_view points) {
  icu::UnicodeString text;
  for (const auto c : points) text.append(static_cast<UChar32>(c));
  std::string result;
  return text.toUTF8String(result);
}

std::string folded_spaces(std::string_view utf8_text) {
  std::u32string folded;
  for (const auto c : code_points(utf8_text)) {
    if (!u_isUWhiteSpace(static_cast<UChar32>(c))) {
      folded.push_back(c);
    } else if (!folded.empty() && folded.back() != U' ') {
      folded.push_back(U' ');
    }
  }
  if (!folded.empty() && folded.back() == U' ') folded.pop_back();
  return utf8(folded);
}

bool is_letter(char32_t c) {
  return u_isalpha(static_cast<UChar32>(c));
}
bool is_digit(char32_t c) {
  return u_isdigit(static_cast<UChar32>(c));
}

char32_t lower(char32_t c) {
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

char32_t upper(char32_t c) {
  return static_cast<char32_t>(u_toupper(static_cast<UChar32>(c)));
}

bool is_upper(char32_t c) {
  return u_isupper(static_cast<UChar32>(c));
}

}  // namespace sohoa::text
