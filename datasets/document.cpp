#include "datasets/document.hpp"

#include <algorithm>

namespace sohoa::datasets {
namespace {

std::string two_digits(int value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

}  // namespace

const std::vector<TypeInfo>& all_types() {
  static const std::vector<TypeInfo> types = {
      {DocumentType::decision, "quyet-dinh", "QUYẾT ĐỊNH", "QĐ"},
      {DocumentType::notice, "thong-bao", "THÔNG BÁO", "TB"},
      {DocumentType::submission, "to-trinh", "TỜ TRÌNH", "TTr"},
      {DocumentType::report, "bao-cao", "BÁO CÁO", "BC"},
      {DocumentType::letter, "cong-van", "Công văn", ""},
      {DocumentType::directive, "chi-thi", "CHỈ THỊ", "CT"},
      {DocumentType::plan, "ke-hoach", "KẾ HOẠCH", "KH"},
      {DocumentType::guidance, "huong-dan", "HƯỚNG DẪN", "HD"},
      {DocumentType::invitation, "giay-moi", "GIẤY MỜI", "GM"},
      {DocumentType::minutes, "bien-ban", "BIÊN BẢN", "BB"},
      {DocumentType::authorization, "giay-uy-quyen", "GIẤY ỦY QUYỀN", "GUQ"},
      {DocumentType::resolution, "nghi-quyet", "NGHỊ QUYẾT", "NQ"},
      {DocumentType::marital_status, "giay-xac-nhan-tinh-trang-hon-nhan", "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", ""},
      {DocumentType::business_registration, "giay-chung-nhan-dang-ky-doanh-nghiep",
       "GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP", ""},
      {DocumentType::identity_card, "can-cuoc-cong-dan", "CĂN CƯỚC CÔNG DÂN", ""},
      {DocumentType::passport, "ho-chieu", "HỘ CHIẾU", ""},
  };
  return types;
}

std::vector<TypeInfo> administrative_types() {
  const auto& all = all_types();
  const auto end =
      std::find_if(all.begin(), all.end(), [](const TypeInfo& info) { return info.type > DocumentType::resolution; });
  return {all.begin(), end};
}

const TypeInfo& info_of(DocumentType type) {
  return all_types()[static_cast<std::size_t>(type)];
}

std::optional<DocumentType> type_of(std::string_view key) {
  const auto& types = all_types();
  const auto found = std::find_if(types.begin(), types.end(), [&](const TypeInfo& info) { return info.key == key; });
  if (found == types.end()) return std::nullopt;
  return found->type;
}

std::string DocumentText::agency_name() const {
  std::string name;
  for (const auto& line : agency) name += (name.empty() ? "" : " ") + line;
  return name;
}

std::string DocumentText::iso_date() const {
  return std::to_string(year) + "-" + two_digits(month) + "-" + two_digits(day);
}
std::string DocumentText::printed_day() const {
  return two_digits(day);
}
std::string DocumentText::printed_month() const {
  return month <= 2 ? two_digits(month) : std::to_string(month);
}

}  // namespace sohoa::datasets
