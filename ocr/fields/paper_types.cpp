// Headings are compared by their letters without marks, of which one in six may be wrong ("QUYÉT ĐỊNH", "TƠ TRINH");
// a short one ("ĐƠN") must be right. A heading may go on in the same line ("BIÊN BẢN HỌP", "GIẤY MỜI HỌP") at the end
// of a word, and may take several lines ("GIẤY CHỨNG NHẬN / QUYỀN SỬ DỤNG ĐẤT"). Longer ones win: "GIẤY CHỨNG NHẬN ĐĂNG
// KÝ DOANH NGHIỆP" is not a mere "GIẤY CHỨNG NHẬN".

#include "ocr/fields/paper_types.hpp"

#include <algorithm>
#include <string>

#include "pipeline/text/edit_distance.hpp"

namespace sohoa::fields {
namespace {

struct Heading {
  const PaperType* type;
  std::string letters;
};

const std::vector<Heading>& headings() {
  static const auto made = [] {
    std::vector<Heading> all;
    for (const auto& type : paper_types()) {
      if (!type.heading.empty()) all.push_back({&type, letters_of(type.heading)});
    }
    return all;
  }();
  return made;
}

/// Letters of `lines` from `first` on, and after how many letters each word ends.
struct Joined {
  std::string letters;
  std::vector<std::size_t> word_ends;
  std::vector<std::size_t> line_ends;
};

Joined joined(const std::vector<Line>& lines, std::size_t first) {
  constexpr std::size_t most_lines = 4;
  constexpr double most_pitch = 34;  // units; a heading's lines stand close
  Joined result;
  for (std::size_t i = first; i < lines.size() && i < first + most_lines; ++i) {
    if (i > first && (lines[i].y - lines[i - 1].y > most_pitch || !lines[i].in_capitals())) break;
    for (const auto& word : lines[i].words) {
      result.letters += letters_of(word.text);
      result.word_ends.push_back(result.letters.size());
    }
    result.line_ends.push_back(result.letters.size());
  }
  return result;
}

}  // namespace

const std::vector<PaperType>& paper_types() {
  static const std::vector<PaperType> types = {
      // Decree 30/2020, art. 7 and annex III
      {"nghi_quyet", "NQ", "Nghị quyết", "NGHỊ QUYẾT"},
      {"quyet_dinh", "QĐ", "Quyết định", "QUYẾT ĐỊNH"},
      {"chi_thi", "CT", "Chỉ thị", "CHỈ THỊ"},
      {"quy_che", "QC", "Quy chế", "QUY CHẾ"},
      {"quy_dinh", "QyĐ", "Quy định", "QUY ĐỊNH"},
      {"thong_cao", "TC", "Thông cáo", "THÔNG CÁO"},
      {"thong_bao", "TB", "Thông báo", "THÔNG BÁO"},
      {"huong_dan", "HD", "Hướng dẫn", "HƯỚNG DẪN"},
      {"chuong_trinh", "CTr", "Chương trình", "CHƯƠNG TRÌNH"},
      {"ke_hoach", "KH", "Kế hoạch", "KẾ HOẠCH"},
      {"phuong_an", "PA", "Phương án", "PHƯƠNG ÁN"},
      {"de_an", "ĐA", "Đề án", "ĐỀ ÁN"},
      {"du_an", "DA", "Dự án", "DỰ ÁN"},
      {"bao_cao", "BC", "Báo cáo", "BÁO CÁO"},
      {"bien_ban", "BB", "Biên bản", "BIÊN BẢN"},
      {"to_trinh", "TTr", "Tờ trình", "TỜ TRÌNH"},
      {"hop_dong", "HĐ", "Hợp đồng", "HỢP ĐỒNG"},
      {"cong_van", "", "Công văn", ""},
      {"cong_dien", "CĐ", "Công điện", "CÔNG ĐIỆN"},
      {"ban_ghi_nho", "BGN", "Bản ghi nhớ", "BẢN GHI NHỚ"},
      {"ban_thoa_thuan", "BTT", "Bản thỏa thuận", "BẢN THỎA THUẬN"},
      {"giay_uy_quyen", "GUQ", "Giấy ủy quyền", "GIẤY ỦY QUYỀN"},
      {"giay_moi", "GM", "Giấy mời", "GIẤY MỜI"},
      {"giay_gioi_thieu", "GGT", "Giấy giới thiệu", "GIẤY GIỚI THIỆU"},
      {"giay_nghi_phep", "GNP", "Giấy nghỉ phép", "GIẤY NGHỈ PHÉP"},
      {"phieu_gui", "PG", "Phiếu gửi", "PHIẾU GỬI"},
      {"phieu_chuyen", "PC", "Phiếu chuyển", "PHIẾU CHUYỂN"},
      {"phieu_bao", "PB", "Phiếu báo", "PHIẾU BÁO"},
      {"thu_cong", "", "Thư công", "THƯ CÔNG"},
      // Law on the promulgation of legal documents
      {"luat", "", "Luật", "LUẬT"},
      {"phap_lenh", "PL", "Pháp lệnh", "PHÁP LỆNH"},
      {"nghi_dinh", "NĐ", "Nghị định", "NGHỊ ĐỊNH"},
      {"thong_tu", "TT", "Thông tư", "THÔNG TƯ"},
      {"thong_tu_lien_tich", "TTLT", "Thông tư liên tịch", "THÔNG TƯ LIÊN TỊCH"},
      // civil status (Circular 04/2020/TT-BTP)
      {"giay_khai_sinh", "", "Giấy khai sinh", "GIẤY KHAI SINH"},
      {"trich_luc_khai_sinh", "", "Trích lục khai sinh", "TRÍCH LỤC KHAI SINH"},
      {"giay_chung_nhan_ket_hon", "", "Giấy chứng nhận kết hôn", "GIẤY CHỨNG NHẬN KẾT HÔN"},
      {"trich_luc_ket_hon", "", "Trích lục kết hôn", "TRÍCH LỤC KẾT HÔN"},
      {"giay_xac_nhan_tinh_trang_hon_nhan", "", "Giấy xác nhận tình trạng hôn nhân",
       "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN"},
      {"giay_chung_tu", "", "Giấy chứng tử", "GIẤY CHỨNG TỬ"},
      {"trich_luc_khai_tu", "", "Trích lục khai tử", "TRÍCH LỤC KHAI TỬ"},
      // identity
      {"can_cuoc", "", "Thẻ căn cước", "CĂN CƯỚC"},
      {"can_cuoc", "", "Thẻ căn cước", "THẺ CĂN CƯỚC"},
      {"can_cuoc_cong_dan", "", "Thẻ căn cước công dân", "CĂN CƯỚC CÔNG DÂN"},
      {"chung_minh_nhan_dan", "", "Giấy chứng minh nhân dân", "GIẤY CHỨNG MINH NHÂN DÂN"},
      {"chung_minh_nhan_dan", "", "Giấy chứng minh nhân dân", "CHỨNG MINH NHÂN DÂN"},
      {"ho_chieu", "", "Hộ chiếu", "HỘ CHIẾU"},
      {"so_ho_khau", "", "Sổ hộ khẩu", "SỔ HỘ KHẨU"},
      {"phieu_ly_lich_tu_phap", "", "Phiếu lý lịch tư pháp", "PHIẾU LÝ LỊCH TƯ PHÁP"},
      // property, trade, schooling, health
      {"giay_chung_nhan_quyen_su_dung_dat", "", "Giấy chứng nhận quyền sử dụng đất",
       "GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT"},
      {"giay_chung_nhan_dang_ky_doanh_nghiep", "", "Giấy chứng nhận đăng ký doanh nghiệp",
       "GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP"},
      {"giay_chung_nhan_dang_ky_ho_kinh_doanh", "", "Giấy chứng nhận đăng ký hộ kinh doanh",
       "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH"},
      {"bang_tot_nghiep", "", "Bằng tốt nghiệp", "BẰNG TỐT NGHIỆP"},
      {"giay_kham_suc_khoe", "", "Giấy khám sức khỏe", "GIẤY KHÁM SỨC KHỎE"},
      {"giay_chung_nhan", "", "Giấy chứng nhận", "GIẤY CHỨNG NHẬN"},
      {"giay_xac_nhan", "", "Giấy xác nhận", "GIẤY XÁC NHẬN"},
      {"giay_phep", "GP", "Giấy phép", "GIẤY PHÉP"},
      {"to_khai", "", "Tờ khai", "TỜ KHAI"},
      {"don", "", "Đơn", "ĐƠN"},
  };
  return types;
}

const PaperType& official_letter() {
  static const auto& letter = *std::find_if(paper_types().begin(), paper_types().end(),
                                            [](const PaperType& type) { return type.code == "cong_van"; });
  return letter;
}

std::vector<const PaperType*> types_abbreviated(std::string_view abbreviation) {
  std::vector<const PaperType*> found;
  const auto letters = letters_of(abbreviation);
  for (const auto& type : paper_types()) {
    if (!type.abbreviation.empty() && letters_of(type.abbreviation) == letters) found.push_back(&type);
  }
  return found;
}

std::optional<HeadingMatch> match_heading(const std::vector<Line>& lines, std::size_t first) {
  constexpr double most_errors = 1.0 / 6;
  constexpr int weight_of_error = 3;  // in letters: "THÔNG BÁO" is no "THÔNG CÁO", but nearer to it than to nothing
  if (!lines[first].in_capitals()) return std::nullopt;
  const auto text = joined(lines, first);
  std::optional<HeadingMatch> best;
  int best_score = 0;
  for (const auto& [type, letters] : headings()) {
    for (const auto end : text.word_ends) {
      const auto read = std::string_view(text.letters).substr(0, end);
      if (!alike(read, letters, most_errors)) continue;
      const auto errors = text::edit_distance(read, letters);
      const int score = static_cast<int>(letters.size()) - weight_of_error * static_cast<int>(errors);
      if (best && score <= best_score) continue;
      best_score = score;
      const auto line = std::find_if(text.line_ends.begin(), text.line_ends.end(), [&](auto at) { return end <= at; });
      best = HeadingMatch{type, static_cast<std::size_t>(line - text.line_ends.begin()) + 1,
                          static_cast<double>(errors) / static_cast<double>(letters.size())};
    }
  }
  return best;
}

}  // namespace sohoa::fields
