// "Số: 47/QĐ-UBND" (Decree 30/2020, annex I, II.3): the number, a slash, the type's abbreviation, a hyphen, the
// issuer's; a letter has the issuer's and its unit's. Legal documents have the year between; the Party's papers write
// "11-NQ/TW".
//
// Numbers are often written by pen into a blank. Then there is a gap before the slash, the digits are read as what they
// are not, or without confidence: each of these sends the number to review. The symbol is printed, and comes from small
// closed sets: the types' abbreviations and the issuers'; by them its marks are put right ("QD" -> "QĐ", "UBNĐ" ->
// "UBND").

#include "ocr/fields/number_symbol.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "ocr/fields/found.hpp"
#include "ocr/fields/paper_types.hpp"
#include "pipeline/text/edit_distance.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::fields {
namespace {

/// Issuers whose abbreviation has a form of its own.
constexpr std::array<std::string_view, 36> issuers{
    "UBND",  "HĐND",  "VPCP", "TTg", "CP",     "CTN",   "UBTVQH", "QH",      "BTC",   "BNV",     "BTP",     "BCA",
    "BQP",   "BYT",   "BXD",  "BCT", "BGDĐT",  "BKHĐT", "BTNMT",  "BTTTT",   "BKHCN", "BVHTTDL", "BLĐTBXH", "BNNPTNT",
    "BNNMT", "BDTTG", "BNG",  "VP",  "VPUBND", "MTTQ",  "CTUBND", "SLĐTBXH", "SGDĐT", "SKHĐT",   "NHNN",    "KBNN"};

/// Where the text after "Số" begins; 0 where the line does not begin so. "SỞ Y TẾ" must not pass: the word ends after
/// "so", and a colon or what a number has follows.
std::size_t after_anchor(const Folded& folded) {
  const auto& plain = folded.plain;
  std::size_t at = 0;
  while (at < plain.size() && (std::ispunct(static_cast<unsigned char>(plain[at])) != 0 || plain[at] == ' ')) ++at;
  if (at > 3 || at + 2 > plain.size() || plain[at] != 's' || (plain[at + 1] != 'o' && plain[at + 1] != '6')) return 0;
  at += 2;
  while (at < plain.size() && plain[at] == ' ') ++at;
  if (at == plain.size()) return 0;
  if (plain[at] == ':' || plain[at] == ';' || plain[at] == '.') return at + 1;
  const bool numeric = std::isdigit(static_cast<unsigned char>(plain[at])) != 0;
  const bool slashed = plain.find('/', at) != std::string::npos;
  return numeric || slashed ? at : 0;
}

std::string without_blanks(std::string text) {
  std::erase(text, ' ');
  return text;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "SỞ GIÁO DỤC VÀ ĐÀO TẠO" -> "SGDĐT": first letters, those of "và" left out.
std::string initials_of(const std::string& agency) {
  std::string initials;
  std::u32string word;
  const auto end_word = [&] {
    if (!word.empty() && letters_of(text::utf8(word)) != "va") initials += text::utf8(word.substr(0, 1));
    word.clear();
  };
  for (const auto c : text::code_points(agency)) {
    if (text::is_letter(c)) {
      word += c;
    } else {
      end_word();
    }
  }
  end_word();
  return initials;
}

/// One part of the symbol as the lists have it; nothing where it is in none.
std::optional<std::string> listed(const std::string& part, const std::string& agency_initials) {
  const auto letters = letters_of(part);
  for (const auto issuer : issuers) {
    if (letters_of(issuer) == letters) return std::string(issuer);
  }
  // A name's head stands for it: of "SỞ TÀI CHÍNH TỈNH NAM SƠN" it is "STC".
  if (letters.size() < 2 || !letters_of(agency_initials).starts_with(letters)) return std::nullopt;
  const auto points = text::code_points(agency_initials);
  return text::utf8(std::u32string_view(points).substr(0, letters.size()));
}

/// The abbreviation as the decree writes it. Where marks alone tell two types apart ("HD", "HĐ") it stays as read.
std::optional<std::string> type_abbreviation(const std::string& part) {
  const auto types = types_abbreviated(part);
  if (types.empty()) return std::nullopt;
  for (const auto* type : types) {
    if (type->abbreviation == part) return part;
  }
  return std::string(types.front()->abbreviation);
}

/// A part whose hyphen was not read: "TBUBND" -> "TB-UBND"; nothing where it is not a type's and a known issuer's.
std::optional<std::string> parted(const std::string& part, const std::string& agency_initials) {
  constexpr std::size_t fewest = 2;  // letters of either
  const auto points = text::code_points(part);
  for (std::size_t cut = fewest; cut + fewest <= points.size(); ++cut) {
    const auto type = type_abbreviation(text::utf8(points.substr(0, cut)));
    const auto issuer = type ? listed(text::utf8(points.substr(cut)), agency_initials) : std::nullopt;
    if (issuer) return *type + "-" + *issuer;
  }
  return std::nullopt;
}

/// The only issuer that is one letter, not the first, away from a part of four and more: "URND" -> "UBND". Departments
/// (S...) and ministries (B...) differ in the first.
std::optional<std::string> nearly_listed(const std::string& part) {
  constexpr std::size_t fewest = 4;
  const auto letters = letters_of(part);
  std::optional<std::string> only;
  for (const auto issuer : issuers) {
    const auto own = letters_of(issuer);
    if (own.size() < fewest || letters.empty() || letters[0] != own[0] || text::edit_distance(letters, own) != 1)
      continue;
    if (only) return std::nullopt;
    only = issuer;
  }
  return only;
}

/// An unknown part as it was meant, with the doubt in `found`; as it is where nothing is like it.
std::string mended(const std::string& part, bool first, const std::string& agency_initials, NumberSymbol& found) {
  if (const auto two = first ? parted(part, agency_initials) : std::nullopt) {
    found.type = two->substr(0, two->find('-'));
    found.review = "the hyphen was not read";
    return *two;
  }
  const auto near = nearly_listed(part);
  if (near) found.review = "the symbol is nearly a known one";
  return near.value_or(part);
}

/// Puts the symbol's parts right; `symbol` begins with its separator. Whether all of them are known.
bool correct_symbol(NumberSymbol& found, const std::string& agency) {
  const auto initials = initials_of(agency);
  std::string result, part;
  bool first = true, all_known = true;
  const auto end_part = [&] {
    if (part.empty()) return;
    const auto type = first ? type_abbreviation(part) : std::nullopt;
    const auto known = type ? type : is_digits(part) ? part : listed(part, initials);
    if (type) found.type = *type;
    all_known = all_known && known;
    result += known ? *known : mended(part, first, initials, found);
    first = first && is_digits(part);  // a year stands before the type
    part.clear();
  };
  for (const char c : found.symbol) {
    if (c == '/' || c == '-') {
      end_part();
      result += c;
    } else {
      part += c;
    }
  }
  end_part();
  found.symbol = result;
  return all_known;
}

bool well_formed(const std::string& symbol) {
  if (std::count(symbol.begin(), symbol.end(), '/') > 3) return false;
  const auto points = text::code_points(symbol);
  const auto letters = std::count_if(points.begin(), points.end(), text::is_letter);
  return letters >= 2 && std::all_of(points.begin(), points.end(), [](char32_t c) {
           return text::is_letter(c) || (c >= U'0' && c <= U'9') || c == U'/' || c == U'-' || c == U'.' || c == U'&';
         });
}

/// The least confidence of the words in `folded` between two places.
float confidence_between(const Line& line, std::size_t begin, std::size_t end) {
  float least = 1;
  for (std::size_t i = begin; i < std::min(end, line.folded.plain.size()); ++i) {
    if (line.folded.plain[i] != ' ') least = std::min(least, line.words[line.folded.word[i]].confidence / 100);
  }
  return least;
}

/// How many digits begin a number whose slash was not read: "61UBND-VP"; 0 where it is none.
std::size_t digits_before_letters(std::string_view text) {
  constexpr std::size_t most = 5;
  std::size_t count = 0;
  while (count < text.size() && text[count] >= '0' && text[count] <= '9') ++count;
  const auto rest = text.substr(count);
  return count <= most && letters_of(rest).size() >= 2 && rest.find('-') != std::string_view::npos ? count : 0;
}

/// Why the number may not be what it seems; "" where nothing speaks against it.
std::string doubt_of_number(const Line& line, std::size_t begin, std::size_t end, const std::string& digits) {
  if (letters_of(digits).empty()) return "the number could not be read, perhaps written by pen";
  if (!is_digits(digits) || digits.size() > 6) return "the number is not read as digits, perhaps written by pen";
  const bool gap = end < line.folded.plain.size() && end > begin && line.folded.plain[end - 1] == ' ';
  if (gap) return "the number stands apart from its symbol, perhaps written by pen";
  if (confidence_between(line, begin, end) < sure_confidence) return "the number was read without confidence";
  return {};
}

}  // namespace

bool is_number_line(const Line& line) {
  return after_anchor(line.folded) > 0;
}

std::optional<NumberSymbol> read_number_symbol(const Line& line, const std::string& agency) {
  const auto begin = after_anchor(line.folded);
  if (begin == 0) return std::nullopt;
  const auto& plain = line.folded.plain;
  const auto slash = plain.find('/', begin);
  const auto hyphen = plain.find('-', begin);
  const bool party = hyphen < slash && is_digits(without_blanks(line.folded.raw(begin, hyphen)));
  const auto end = std::min(party ? hyphen : slash, plain.size());

  NumberSymbol found;
  found.line = line;
  found.number = without_blanks(line.folded.raw(begin, end));
  found.symbol = without_blanks(line.folded.raw_from(end));
  const auto digits = slash == std::string::npos ? digits_before_letters(found.number) : 0;
  if (digits > 0) {
    found.symbol = "/" + found.number.substr(digits);
    found.number.resize(digits);
  }
  while (!found.symbol.empty() && (found.symbol.back() == '.' || found.symbol.back() == ',')) found.symbol.pop_back();
  const bool known = correct_symbol(found, agency);
  if (auto doubt = doubt_of_number(line, begin, end, found.number); !doubt.empty()) found.review = std::move(doubt);
  if (digits > 0) found.review = "the slash was not read";
  if (!is_digits(found.number)) found.number.clear();
  if (found.review.empty() && !found.symbol.empty()) {
    if (!well_formed(found.symbol)) {
      found.review = "the symbol has not the form of one";
    } else if (!known && confidence_between(line, end, plain.size()) < sure_confidence) {
      found.review = "the symbol was read without confidence";
    }
  }
  return found;
}

}  // namespace sohoa::fields
