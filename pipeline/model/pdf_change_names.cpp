#include "pipeline/model/pdf_change_names.hpp"

#include <array>

namespace sohoa {
namespace {

struct Row {
  std::string_view name;
  Sentence sentence;
};

/// In the order of the enumeration.
constexpr std::array<Row, 7> rows{{
    {"signature", {"Thêm chữ ký hoặc dấu thời gian khác.", "A further signature or timestamp was added."}},
    {"validation_data", {"Thêm dữ liệu kiểm tra chữ ký.", "Data for checking signatures was added."}},
    {"form_value", {"Trường biểu mẫu bị thay đổi.", "A form field was changed."}},
    {"annotation", {"Ghi chú trên trang bị thêm, sửa hoặc xóa.", "An annotation was added, changed or taken away."}},
    {"page", {"Nội dung hoặc số trang bị thay đổi.", "What pages show, or which there are, was changed."}},
    {"metadata", {"Thông tin mô tả tệp bị thay đổi.", "The file's metadata was changed."}},
    {"other", {"Cấu trúc tệp bị thay đổi.", "The file's structure was changed."}},
}};
static_assert(rows.size() == static_cast<std::size_t>(wire::enum_last<PdfChange::Kind>) + 1);

}  // namespace

std::string_view name_of(PdfChange::Kind kind) {
  return rows[static_cast<std::size_t>(kind)].name;
}
Sentence sentence(PdfChange::Kind kind) {
  return rows[static_cast<std::size_t>(kind)].sentence;
}

}  // namespace sohoa
