#include "ocr/fields/agency_words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <regex>
#include <string_view>

#include "pipeline/text/edit_distance.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::fields {
namespace {

/// First words of agencies' names (Decree 30/2020, annex I, II.2).
constexpr std::array<std::string_view, 55> beginnings{"uybannhandan", "hoidongnhandan",
                                                      "ubnd",         "hdnd",
                                                      "chinhphu",     "thutuongchinhphu",
                                                      "quochoi",      "uybanthuong",
                                                      "chutichnuoc",  "bo",
                                                      "so",           "vanphong",
                                                      "phong",        "tongcuc",
                                                      "cuc",          "chicuc",
                                                      "vu",           "vien",
                                                      "trungtam",     "thanhtra",
                                                      "congan",       "toaan",
                                                      "vienkiemsat",  "khobac",
                                                      "nganhang",     "baohiem",
                                                      "ban",          "hoidong",
                                                      "truong",       "benhvien",
                                                      "congty",       "tongcong",
                                                      "tapdoan",      "quy",
                                                      "chinhanh",     "lienminh",
                                                      "liendoan",     "hoi",
                                                      "doan",         "mattran",
                                                      "uybanmattran", "huyenuy",
                                                      "tinhuy",       "thanhuy",
                                                      "danguy",       "dangbo",
                                                      "tram",         "doi",
                                                      "uybandantoc",  "bochihuy",
                                                      "kiemtoan",     "dai",
                                                      "ubmttq",       "hat",
                                                      "chibo"};

struct Fixed {
  std::u32string_view written;
  std::string_view letters;
};
/// Written so wherever they stand.
constexpr std::array<Fixed, 50> fixed_names{{{U"VÀ", "va"},
                                             {U"ỦY BAN NHÂN DÂN", "uybannhandan"},
                                             {U"HỘI ĐỒNG NHÂN DÂN", "hoidongnhandan"},
                                             {U"THỦ TƯỚNG CHÍNH PHỦ", "thutuongchinhphu"},
                                             {U"THÀNH PHỐ", "thanhpho"},
                                             {U"THỊ XÃ", "thixa"},
                                             {U"THỊ TRẤN", "thitran"},
                                             {U"VĂN PHÒNG", "vanphong"},
                                             {U"TRUNG TÂM", "trungtam"},
                                             {U"THANH TRA", "thanhtra"},
                                             {U"CÔNG AN", "congan"},
                                             {U"QUÂN SỰ", "quansu"},
                                             {U"KHO BẠC", "khobac"},
                                             {U"NHÀ NƯỚC", "nhanuoc"},
                                             {U"NGÂN HÀNG", "nganhang"},
                                             {U"BẢO HIỂM", "baohiem"},
                                             {U"XÃ HỘI", "xahoi"},
                                             {U"HẢI QUAN", "haiquan"},
                                             {U"TÀI CHÍNH", "taichinh"},
                                             {U"NỘI VỤ", "noivu"},
                                             {U"NGOẠI VỤ", "ngoaivu"},
                                             {U"TƯ PHÁP", "tuphap"},
                                             {U"XÂY DỰNG", "xaydung"},
                                             {U"NÔNG NGHIỆP", "nongnghiep"},
                                             {U"NÔNG THÔN", "nongthon"},
                                             {U"PHÁT TRIỂN", "phattrien"},
                                             {U"MÔI TRƯỜNG", "moitruong"},
                                             {U"TÀI NGUYÊN", "tainguyen"},
                                             {U"GIÁO DỤC", "giaoduc"},
                                             {U"ĐÀO TẠO", "daotao"},
                                             {U"KHOA HỌC", "khoahoc"},
                                             {U"CÔNG NGHỆ", "congnghe"},
                                             {U"CÔNG THƯƠNG", "congthuong"},
                                             {U"LAO ĐỘNG", "laodong"},
                                             {U"THƯƠNG BINH", "thuongbinh"},
                                             {U"KẾ HOẠCH", "kehoach"},
                                             {U"ĐẦU TƯ", "dautu"},
                                             {U"GIAO THÔNG", "giaothong"},
                                             {U"VẬN TẢI", "vantai"},
                                             {U"THÔNG TIN", "thongtin"},
                                             {U"TRUYỀN THÔNG", "truyenthong"},
                                             {U"VĂN HÓA", "vanhoa"},
                                             {U"THỂ THAO", "thethao"},
                                             {U"DU LỊCH", "dulich"},
                                             {U"DÂN TỘC", "dantoc"},
                                             {U"TÔN GIÁO", "tongiao"},
                                             {U"HÀNH CHÍNH", "hanhchinh"},
                                             {U"MẶT TRẬN", "mattran"},
                                             {U"TỔ QUỐC", "toquoc"},
                                             {U"VIỆT NAM", "vietnam"}}};
/// Written so at the beginning of a line; elsewhere these letters may be a name's.
constexpr std::array<Fixed, 8> fixed_beginnings{{{U"TỈNH", "tinh"},
                                                 {U"HUYỆN", "huyen"},
                                                 {U"QUẬN", "quan"},
                                                 {U"PHƯỜNG", "phuong"},
                                                 {U"XÃ", "xa"},
                                                 {U"SỞ", "so"},
                                                 {U"BỘ", "bo"},
                                                 {U"CỤC", "cuc"}}};

/// Bodies that are often told, in small letters; by their letters alone these words could be nothing else there.
constexpr std::array<Fixed, 14> fixed_recipients{{{U"Tỉnh ủy", "tinhuy"},
                                                  {U"Huyện ủy", "huyenuy"},
                                                  {U"Thành ủy", "thanhuy"},
                                                  {U"Đảng ủy", "danguy"},
                                                  {U"Ủy ban", "uyban"},
                                                  {U"Hội đồng", "hoidong"},
                                                  {U"nhân dân", "nhandan"},
                                                  {U"Cổng TTĐT", "congttdt"},
                                                  {U"Công an", "congan"},
                                                  {U"Chính phủ", "chinhphu"},
                                                  {U"Thủ tướng", "thutuong"},
                                                  {U"Quốc hội", "quochoi"},
                                                  {U"Thường trực", "thuongtruc"},
                                                  {U"Mặt trận", "mattran"}}};

constexpr std::array<std::string_view, 64> provinces{
    "An Giang",    "Bà Rịa - Vũng Tàu", "Bạc Liêu",  "Bắc Giang",      "Bắc Kạn",    "Bắc Ninh",
    "Bến Tre",     "Bình Dương",        "Bình Định", "Bình Phước",     "Bình Thuận", "Cà Mau",
    "Cao Bằng",    "Cần Thơ",           "Đà Nẵng",   "Đắk Lắk",        "Đắk Nông",   "Điện Biên",
    "Đồng Nai",    "Đồng Tháp",         "Gia Lai",   "Hà Giang",       "Hà Nam",     "Hà Nội",
    "Hà Tĩnh",     "Hải Dương",         "Hải Phòng", "Hậu Giang",      "Hòa Bình",   "Hồ Chí Minh",
    "Huế",         "Hưng Yên",          "Khánh Hòa", "Kiên Giang",     "Kon Tum",    "Lai Châu",
    "Lạng Sơn",    "Lào Cai",           "Lâm Đồng",  "Long An",        "Nam Định",   "Nghệ An",
    "Ninh Bình",   "Ninh Thuận",        "Phú Thọ",   "Phú Yên",        "Quảng Bình", "Quảng Nam",
    "Quảng Ngãi",  "Quảng Ninh",        "Quảng Trị", "Sóc Trăng",      "Sơn La",     "Tây Ninh",
    "Thái Bình",   "Thái Nguyên",       "Thanh Hóa", "Thừa Thiên Huế", "Tiền Giang", "Trà Vinh",
    "Tuyên Quang", "Vĩnh Long",         "Vĩnh Phúc", "Yên Bái"};

Folded fold_text(const std::string& text) {
  return fold({Word{text, {}, 100}});
}

/// Whether both are the same but for case and for the vowel of "uy", "oa" that bears the mark: that stays as printed.
bool is_same_name(std::u32string_view printed, std::u32string_view written) {
  constexpr std::array<std::pair<std::u32string_view, std::u32string_view>, 4> pairs{
      {{U"UỶ", U"ỦY"}, {U"OÀ", U"ÒA"}, {U"OÁ", U"ÓA"}, {U"UÝ", U"ÚY"}}};
  const auto comparable = [&](std::u32string_view text) {
    std::u32string result;
    for (const auto c : text) result += text::upper(c);
    for (const auto& [from, to] : pairs) {
      for (auto at = result.find(from); at != std::u32string::npos; at = result.find(from)) {
        result.replace(at, from.size(), to);
      }
    }
    return result;
  };
  return comparable(printed) == comparable(written);
}

void correct(std::u32string& line, const Fixed& fixed, std::size_t most_errors, bool at_beginning) {
  const auto folded = fold_text(text::utf8(line));
  const auto match = find_anchor(folded.plain, fixed.letters, most_errors);
  if (!match || (at_beginning && match->begin > 0)) return;
  const bool ends_word = match->end == folded.plain.size() || folded.plain[match->end] == ' ';
  const bool begins_word = match->begin == 0 || folded.plain[match->begin - 1] == ' ';
  if (!ends_word || !begins_word) return;
  const auto printed = line.substr(match->begin, match->end - match->begin);
  if (!is_same_name(printed, fixed.written)) {
    line.replace(match->begin, match->end - match->begin, fixed.written);
  }
}

std::u32string capitals(std::string_view name) {
  std::u32string result;
  for (const auto c : text::code_points(name)) result += text::upper(c);
  return result;
}

/// The province whose letters those of `text` end with. After "tỉnh" and "thành phố" nothing else can stand: there one
/// letter may be wrong, where that leaves one province only. `size`: how many letters are its own.
struct ProvinceEnd {
  std::string_view province;
  std::size_t size = 0;
};
std::optional<ProvinceEnd> province_at_end(std::string_view letters) {
  for (const auto province : provinces) {
    const auto own = letters_of(province);
    if (letters.ends_with(own)) return ProvinceEnd{province, own.size()};
  }
  constexpr std::size_t shortest = 7;  // letters: in a shorter name one is too much
  std::optional<ProvinceEnd> only;
  for (const std::string_view kind : {"tinh", "thanhpho"}) {
    if (!letters.starts_with(kind)) continue;
    const auto name = letters.substr(kind.size());
    for (const auto province : provinces) {
      const auto own = letters_of(province);
      if (own.size() < shortest || text::edit_distance(name, own) != 1) continue;
      if (only) return std::nullopt;
      only = ProvinceEnd{province, name.size()};
    }
  }
  return only;
}

/// Puts right a province's name at the end of a line, and "TỈNH" before it.
void correct_province(std::u32string& line) {
  const auto letters = letters_of(text::utf8(line));
  const auto found = province_at_end(letters);
  if (!found) return;
  // As many printed letters from the end; blanks and hyphens between them go along.
  std::size_t begin = line.size();
  for (std::size_t left = found->size; begin > 0 && left > 0; --begin) {
    left -= letters_of(text::utf8(line.substr(begin - 1, 1))).size();
  }
  const std::string_view before(letters.data(), letters.size() - found->size);
  const bool begins_word = begin == 0 || line[begin - 1] == U' ';
  if (!begins_word && (before.ends_with("tinh") || before.ends_with("thanhpho"))) line.insert(begin++, U" ");
  if (begin > 0 && line[begin - 1] != U' ') return;
  const auto written = capitals(found->province);
  if (!is_same_name(line.substr(begin), written)) line.replace(begin, line.npos, written);
  if (constexpr std::u32string_view kind = U"TỈNH "; before.ends_with("tinh") && begin >= kind.size()) {
    line.replace(begin - kind.size(), kind.size(), kind);
  }
}

/// Without what is no letter or digit at the ends.
std::u32string without_specks(std::u32string line) {
  const auto is_speck = [](char32_t c) { return !text::is_letter(c) && !(c >= U'0' && c <= U'9') && c != U')'; };
  while (!line.empty() && is_speck(line.back()) && line.back() != U',' && line.back() != U'-') line.pop_back();
  line.erase(line.begin(), std::find_if_not(line.begin(), line.end(), is_speck));
  std::replace(line.begin(), line.end(), U';', U',');  // no name has the one
  return line;
}

}  // namespace

bool begins_agency(const Line& line) {
  std::string letters;
  for (std::size_t i = 0; i < line.words.size() && i < 4; ++i) {
    letters += letters_of(line.words[i].text);
    if (std::find(beginnings.begin(), beginnings.end(), letters) != beginnings.end()) return true;
  }
  return false;
}

std::string agency_name(const std::vector<Line>& lines) {
  std::string name;
  for (const auto& line : lines) {
    auto printed = without_specks(text::code_points(line.text()));
    for (const auto& fixed : fixed_names) correct(printed, fixed, fixed.letters.size() / 8, false);
    for (const auto& fixed : fixed_beginnings) correct(printed, fixed, 0, true);
    correct_province(printed);
    // "BÀ RỊA -" goes on; before "VÀ" a dash is dust.
    if (letters_of(line.text()).starts_with("va") && name.ends_with(" -")) name.resize(name.size() - 2);
    name += (name.empty() ? "" : " ") + text::utf8(printed);
  }
  return name;
}

namespace {

/// What stands first and last in nearly every list, in its one form: "Như Điều 3", "Như trên", "Lưu: VT, ..."; nothing
/// where `name` is none of these.
std::optional<std::string> first_or_last_recipient(const std::string& name) {
  const auto letters = letters_of(name);
  if (letters == "nhutren") return "Như trên";
  constexpr std::string_view article = "nhudieu";
  if (letters.starts_with(article) && letters.size() <= article.size() + 2) {
    const auto number = std::string_view(letters).substr(article.size());
    const bool digits = !number.empty() && number.find_first_not_of("0123456789") == number.npos;
    if (digits) return "Như Điều " + std::string(number);
  }
  // What is kept, the clerk keeps: "VT" follows "Lưu", whatever marks and stops were read.
  static const std::regex kept(R"(^luu ?[:;.,]? ?(v[tfiy])([ ,;.]+|$))");
  const auto folded = fold_text(name);
  std::smatch match;
  if (!std::regex_search(folded.plain, match, kept)) return std::nullopt;
  auto rest = folded.raw_from(static_cast<std::size_t>(match.length(0)));
  // Units are letters, files are digits: an I among or before these is a 1 ("KTNI86", "TH22I").
  static const std::regex one(R"(([A-Z])[Il](?=[0-9]))"), another(R"(([0-9])[Il](?![A-Za-z]))");
  rest = std::regex_replace(rest, one, "$011");
  rest = std::regex_replace(rest, another, "$011");
  return rest.empty() ? "Lưu: VT" : "Lưu: VT, " + rest;
}

/// Members of a list have commas between them: a stop after a small word, or after an abbreviation longer than
/// "TP.", "TX.", is one that was not read whole; and so is a semicolon, which ends a recipient.
std::u32string with_commas(std::u32string name) {
  std::size_t small = 0, capitals = 0;  // of the word before
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool listed = (small >= 2 && capitals == 0) || (small == 0 && capitals >= 3);
    const bool within = i + 1 < name.size() && name[i + 1] == U' ';
    if (within && ((name[i] == U'.' && listed) || name[i] == U';')) name[i] = U',';
    const bool letter = text::is_letter(name[i]);
    small = !letter ? 0 : text::is_upper(name[i]) ? small : small + 1;
    capitals = !letter ? 0 : text::is_upper(name[i]) ? capitals + 1 : capitals;
  }
  return name;
}

/// "HĐND tính" is "HĐND tỉnh": in small letters nothing else ends a recipient so ("Hà Tĩnh" is a name).
std::u32string with_province(std::u32string name) {
  constexpr std::u32string_view written = U" tỉnh";
  if (name.size() <= written.size()) return name;
  const auto at = name.size() - written.size();
  const auto last = name.substr(at);
  if (last[0] == U' ' && last[1] == U't' && letters_of(text::utf8(last)) == "tinh")
    name.replace(at, last.size(), written);
  return name;
}

/// "(b/cáo)", "(b/c)": to report to, whatever the stroke was read as.
std::string with_stroke(const std::string& name) {
  static const std::regex report(R"(\((để )?b[17lI|!](c|cáo)\))");
  return std::regex_replace(name, report, "($1b/$2)");
}

}  // namespace

std::string recipient_corrected(const std::string& name) {
  if (auto known = first_or_last_recipient(name)) return *std::move(known);
  auto printed = with_province(with_commas(text::code_points(with_stroke(name))));
  for (const auto& fixed : fixed_recipients) correct(printed, fixed, 0, false);
  return text::utf8(printed);
}

std::string province_corrected(const std::string& name) {
  const auto letters = letters_of(name);
  for (const auto province : provinces) {
    if (letters_of(province) == letters && !is_same_name(capitals(name), capitals(province))) {
      return std::string(province);
    }
  }
  return name;
}

bool ends_alike(std::string_view name, std::string_view end) {
  const auto letters_in = [](std::string_view text) {
    auto letters = capitals(text);
    std::erase_if(letters, [](char32_t c) { return !text::is_letter(c); });
    return letters;
  };
  const auto whole = letters_in(name), part = letters_in(end);
  return whole.size() >= part.size() &&
         is_same_name(std::u32string_view(whole).substr(whole.size() - part.size()), part);
}

}  // namespace sohoa::fields
