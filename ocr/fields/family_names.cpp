// By far the most people of Vietnam bear one of these names: the first twenty are 90 % of all. A seal covers the
// beginning of a name, so the letters at the end count for more: one lost at the beginning costs half an error, and one
// misread there a little less than one further on; a mark misread a tenth.

#include "ocr/fields/family_names.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "ocr/fields/folded.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::fields {
namespace {

/// By frequency; each with its marks. "Thi" and "Văn" are left out: where a name
/// begins so, its beginning was not read far more often. Where two share their letters neither is put in the other's
/// place.
constexpr std::array<std::string_view, 120> families{
    "Nguyễn", "Trần",  "Lê",    "Phạm",  "Hoàng",  "Huỳnh", "Phan",   "Vũ",    "Võ",     "Đặng",  "Bùi",  "Đỗ",
    "Hồ",     "Ngô",   "Dương", "Lý",    "Đào",    "Đoàn",  "Vương",  "Trịnh", "Trương", "Đinh",  "Lâm",  "Phùng",
    "Mai",    "Tô",    "Tạ",    "Hà",    "Chu",    "Châu",  "Cao",    "Thái",  "Tăng",   "Quách", "La",   "Lương",
    "Lưu",    "Kiều",  "Lục",   "Tống",  "Từ",     "Thạch", "Sơn",    "Triệu", "Nghiêm", "Ninh",  "Ông",  "Khổng",
    "Khuất",  "Kim",   "Giang", "Doãn",  "Diệp",   "Danh",  "Cù",     "Công",  "Bạch",   "Âu",    "An",   "Bế",
    "Cam",    "Cung",  "Đàm",   "Đậu",   "Đồng",   "Hứa",   "Lại",    "Lã",    "Lò",     "Lù",    "Mạc",  "Mạch",
    "Nông",   "Ngụy",  "Nhan",  "Ôn",    "Phí",    "Phó",   "Phương", "Quản",  "Sầm",    "Sử",    "Tiêu", "Thân",
    "Tôn",    "Trình", "Ung",   "Viên",  "Vi",     "Vừ",    "Giàng",  "Hầu",   "Lường",  "Hán",   "Ma",   "Mã",
    "Y",      "Thẩm",  "Chung", "Đường", "Khương", "Tưởng", "Hồng",   "Liễu",  "Lữ",     "Nhâm",  "Trà",  "Trầm",
    "Vàng",   "Chế",   "Khúc",  "Thào",  "Thiều",  "Uông",  "Vĩnh",   "Sùng",  "Tòng",   "Quàng", "Cầm",  "Hàn"};

/// 96 % of all people; a rarer one is no likely proposal.
constexpr std::size_t frequent = 45;

/// Of `read`, both small and without marks, against a family name. Missing beginnings cost half.
double covered_distance(std::string_view read, std::string_view name) {
  constexpr double lost_beginning = 0.5, misread_beginning = 0.8;
  std::vector<double> row(name.size() + 1);
  for (std::size_t j = 0; j <= name.size(); ++j) row[j] = lost_beginning * static_cast<double>(j);
  for (std::size_t i = 0; i < read.size(); ++i) {
    double diagonal = row[0];
    row[0] += lost_beginning;
    for (std::size_t j = 0; j < name.size(); ++j) {
      const double misread = read[i] == name[j] ? 0 : j == 0 ? misread_beginning : 1;
      const double best = std::min({diagonal + misread, row[j] + 1, row[j + 1] + 1});
      diagonal = std::exchange(row[j + 1], best);
    }
  }
  return row.back();
}

/// How many letters at the end of both bear the same marks.
std::size_t same_end(std::u32string_view a, std::u32string_view b) {
  std::size_t same = 0;
  while (same < a.size() && same < b.size() &&
         text::lower(a[a.size() - 1 - same]) == text::lower(b[b.size() - 1 - same]))
    ++same;
  return same;
}

}  // namespace

std::string known_family(std::string_view read) {
  if (std::find(families.begin(), families.end(), read) != families.end()) return std::string(read);
  std::string only;
  for (std::size_t rank = 0; rank < families.size(); ++rank) {
    if (letters_of(families[rank]) != letters_of(read)) continue;
    // "Quang" may be a name that is not listed, rather than the rare "Quàng" with a mark lost.
    if (!only.empty() || rank >= frequent) return {};
    only = families[rank];
  }
  return only;
}

std::string nearest_family(std::string_view read) {
  constexpr double most_errors = 0.45, one_mark = 0.1, one_rank = 0.02;  // share of a name's letters; of an error
  constexpr double rare = 0.5;  // errors that are as likely as a rare name, all of whose letters are there
  constexpr std::size_t fewest = 2, most = 9;  // letters: "Lê", "Nguyễn" with a stroke read as some more
  const auto letters = letters_of(read);
  if (letters.size() < fewest || letters.size() > most) return {};
  const auto printed = text::code_points(read);
  std::string_view nearest;
  double least = 1e9;
  for (std::size_t rank = 0; rank < families.size(); ++rank) {
    const auto family = families[rank];
    const auto own = letters_of(family);
    if (rank >= frequent && own != letters) continue;
    const double errors = covered_distance(letters, own);
    if (errors > most_errors * static_cast<double>(own.size())) continue;
    const double ranked = errors + (rank < frequent ? one_rank * static_cast<double>(rank) : rare) -
                          one_mark * static_cast<double>(same_end(printed, text::code_points(family)));
    if (ranked >= least) continue;
    least = ranked;
    nearest = family;
  }
  return std::string(nearest);
}

}  // namespace sohoa::fields
