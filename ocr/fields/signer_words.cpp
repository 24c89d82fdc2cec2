// Titles are a closed list (Decree 30/2020, annex I, II.7), each after an authority: TM. on behalf of a body, KT. in
// the place of the head, TL. and TUQ. by order, Q. acting. A title under a seal is read badly: a third of its letters
// may be wrong, as long as no other title is as near. A name is read from its end, for a seal covers its beginning:
// where what stands there is no family name, the one that it is nearest to is proposed.

#include "ocr/fields/signer_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <vector>

#include "ocr/fields/family_names.hpp"
#include "ocr/fields/found.hpp"
#include "pipeline/text/edit_distance.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::fields {
namespace {

constexpr std::array<std::string_view, 4> authorities{"KT.", "TL.", "TUQ.", "Q."};

constexpr std::array<std::string_view, 52> titles{"CHỦ TỊCH",
                                                  "PHÓ CHỦ TỊCH",
                                                  "GIÁM ĐỐC",
                                                  "PHÓ GIÁM ĐỐC",
                                                  "CHÁNH VĂN PHÒNG",
                                                  "PHÓ CHÁNH VĂN PHÒNG",
                                                  "BỘ TRƯỞNG",
                                                  "THỨ TRƯỞNG",
                                                  "THỦ TƯỚNG",
                                                  "PHÓ THỦ TƯỚNG",
                                                  "CỤC TRƯỞNG",
                                                  "PHÓ CỤC TRƯỞNG",
                                                  "TỔNG CỤC TRƯỞNG",
                                                  "CHI CỤC TRƯỞNG",
                                                  "PHÓ CHI CỤC TRƯỞNG",
                                                  "VỤ TRƯỞNG",
                                                  "PHÓ VỤ TRƯỞNG",
                                                  "VIỆN TRƯỞNG",
                                                  "PHÓ VIỆN TRƯỞNG",
                                                  "TRƯỞNG PHÒNG",
                                                  "PHÓ TRƯỞNG PHÒNG",
                                                  "TRƯỞNG BAN",
                                                  "PHÓ TRƯỞNG BAN",
                                                  "CHÁNH THANH TRA",
                                                  "PHÓ CHÁNH THANH TRA",
                                                  "CHÁNH ÁN",
                                                  "PHÓ CHÁNH ÁN",
                                                  "HIỆU TRƯỞNG",
                                                  "PHÓ HIỆU TRƯỞNG",
                                                  "TỔNG GIÁM ĐỐC",
                                                  "PHÓ TỔNG GIÁM ĐỐC",
                                                  "CHỦ TRÌ",
                                                  "THƯ KÝ",
                                                  "CHỦ TỌA",
                                                  "BÍ THƯ",
                                                  "PHÓ BÍ THƯ",
                                                  "TỔNG THƯ KÝ",
                                                  "CHỦ NHIỆM",
                                                  "PHÓ CHỦ NHIỆM",
                                                  "TRẠM TRƯỞNG",
                                                  "ĐỘI TRƯỞNG",
                                                  "CÔNG CHỨC TƯ PHÁP - HỘ TỊCH",
                                                  "NGƯỜI KÝ",
                                                  "CHỦ HỘ",
                                                  "TỔNG KIỂM TOÁN NHÀ NƯỚC",
                                                  "THỐNG ĐỐC",
                                                  "PHÓ THỐNG ĐỐC",
                                                  "CHỦ TỊCH QUỐC HỘI",
                                                  "CHỦ TỊCH NƯỚC",
                                                  "ỦY VIÊN",
                                                  "KẾ TOÁN TRƯỞNG",
                                                  "TỔ TRƯỞNG"};

constexpr std::array<std::string_view, 8> bodies{
    "ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN",         "CHÍNH PHỦ",    "BAN THƯỜNG VỤ", "HỘI ĐỒNG",
    "BAN CHỈ ĐẠO",     "ỦY BAN THƯỜNG VỤ QUỐC HỘI", "BAN CHẤP HÀNH"};

struct WrittenTitle {
  std::string written, letters;
};
/// Every title by itself and after each authority, the longest first.
const std::vector<WrittenTitle>& written_titles() {
  static const auto made = [] {
    std::vector<WrittenTitle> all;
    const auto add = [&](std::string written) { all.push_back({written, letters_of(written)}); };
    for (const auto title : titles) {
      add(std::string(title));
      for (const auto authority : authorities) add(std::string(authority) + " " + std::string(title));
    }
    for (const auto body : bodies) add("TM. " + std::string(body));
    std::stable_sort(all.begin(), all.end(),
                     [](const WrittenTitle& a, const WrittenTitle& b) { return a.letters.size() > b.letters.size(); });
    return all;
  }();
  return made;
}

bool is_small(char32_t c) {
  return text::is_letter(c) && !text::is_upper(c);
}

struct Syllable {
  std::u32string text;  ///< empty where there is none
  bool clean = false;   ///< the whole word, but for closing marks
};
/// The capitalised syllable at the end of a word: of "i4Mai" it is "Mai".
Syllable last_syllable(std::u32string_view word) {
  while (!word.empty() && !text::is_letter(word.back())) word.remove_suffix(1);
  auto begin = word.size();
  while (begin > 0 && is_small(word[begin - 1])) --begin;
  if (begin == 0 || begin == word.size() || !text::is_upper(word[begin - 1])) return {};
  return {std::u32string(word.substr(begin - 1)), begin == 1};
}

/// "ThS.", "PGS.TS." and the like, or nothing.
bool only_titles_before(const Line& line, std::size_t end) {
  return std::all_of(line.words.begin(), line.words.begin() + static_cast<std::ptrdiff_t>(end),
                     [](const Word& word) { return word.text.ends_with('.') && word.confidence > 60; });
}

/// Puts the first of a name's words right: its marks where it is a family name; the nearest one where it, or the word
/// before it, is what a seal left of one.
void take_family(const Line& line, std::vector<std::string>& words, PersonName& name) {
  const auto proposal = [&](std::size_t word) {  // a rare family name is read with confidence
    return is_sure_name(line.words[word]) ? std::string() : nearest_family(line.words[word].text);
  };
  const auto family = known_family(words.front());
  name.family_known = !family.empty();
  if (name.family_known) words.front() = family;
  const bool begins_before = name.first_word > 0 && (!name.clean || !name.family_known);
  if (const auto before = begins_before ? proposal(name.first_word - 1) : std::string(); !before.empty()) {
    words.insert(words.begin(), before);
    --name.first_word;
    name.family_proposed = true;
  } else if (const auto own = name.family_known ? "" : proposal(name.first_word); !own.empty()) {
    words.front() = own;
    name.family_proposed = true;
  }
}

}  // namespace

std::optional<KnownTitle> known_title(const Line& line) {
  constexpr double most_errors = 0.45;
  constexpr double within_junk = 0.25;  // never sure: what stands around it was made of seal and signature
  constexpr float hardly_read = 0.6F;
  const auto letters = line.letters();
  const bool junk = line.confidence() < hardly_read;
  std::optional<KnownTitle> best;
  for (const auto& [written, own] : written_titles()) {
    // One letter cannot be told from a speck before the title.
    if (written.starts_with("Q. ") && !letters.starts_with('q')) continue;
    const auto size = static_cast<double>(own.size());
    const auto consider = [&](double share) {
      if (share <= most_errors && (!best || share < best->error_share)) best = KnownTitle{written, share};
    };
    if (alike(letters, own, most_errors)) consider(static_cast<double>(text::edit_distance(letters, own)) / size);
    if (!junk || letters.size() <= own.size()) continue;
    if (const auto match = find_anchor(letters, own, own.size() / 6)) {
      consider(within_junk + static_cast<double>(match->errors) / size);
    }
  }
  return best;
}

std::optional<PersonName> person_name(const Line& line) {
  constexpr std::size_t most_words = 6, longest_word = 7;
  PersonName name;
  std::vector<std::string> words;
  name.clean = true;
  name.first_word = line.words.size();
  while (name.first_word > 0 && name.clean && words.size() < most_words) {
    const auto syllable = last_syllable(text::code_points(line.words[name.first_word - 1].text));
    if (syllable.text.empty() || syllable.text.size() > longest_word) break;
    name.clean = syllable.clean;
    words.insert(words.begin(), text::utf8(syllable.text));
    --name.first_word;
  }
  if (words.size() < 2) return std::nullopt;
  name.clean = name.clean && only_titles_before(line, name.first_word);
  take_family(line, words, name);
  for (const auto& word : words) name.text += (name.text.empty() ? "" : " ") + word;
  return name;
}

}  // namespace sohoa::fields
