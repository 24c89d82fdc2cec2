// A catalogue of sentences, keyed by the English ones, so that code says what it means where it means it. '*' stands
// for a part that varies (a number, a date) and comes out where the Vietnamese has its own '*', in order.

#include "pipeline/model/vietnamese.hpp"

#include <array>
#include <optional>
#include <vector>

namespace sohoa {
namespace {

struct Sentence {
  std::string_view english;
  std::string_view vietnamese;
};

constexpr std::array sentences{
    // pages
    Sentence{"a page of * x * points, drawn at * dpi", "trang * x * điểm, dựng ở * dpi"},
    Sentence{"*; taken as * dpi", "*; coi là * dpi"},
    Sentence{"the page is blank", "trang trắng"},
    Sentence{"* dpi, 200 are asked for", "* dpi, yêu cầu tối thiểu 200"},
    Sentence{"ink hardly differs from paper", "mực quá nhạt so với nền giấy"},
    Sentence{"text touches the page's edge", "chữ chạm mép trang, có thể bị cắt"},
    Sentence{"which way up the page stands could not be told; it was left as it is",
             "không xác định được chiều của trang; giữ nguyên như bản quét"},
    Sentence{"* specks were left out for reading", "bỏ qua * đốm nhiễu khi nhận dạng"},
    Sentence{"* specks were taken away before reading", "đã xóa * đốm nhiễu trước khi nhận dạng"},
    Sentence{"a separator or cover sheet: its words are not read", "tờ phân cách hoặc tờ bìa: không nhận dạng chữ"},
    Sentence{"laid out by Tesseract: *", "bố cục trang do Tesseract xác định: *"},
    Sentence{"more ink on the page than text has, not read", "trang có nhiều mực hơn văn bản thường, không nhận dạng"},
    Sentence{"* marks on the page: too many to be text, not read",
             "trang có * dấu vết, quá nhiều so với văn bản, không nhận dạng"},
    Sentence{"reading took longer than * ms and was stopped: the rest of the page is missing",
             "nhận dạng quá * ms nên dừng lại: thiếu phần còn lại của trang"},
    Sentence{"its signatures could not be looked at: *", "không kiểm tra được chữ ký số của tệp: *"},
    Sentence{"encrypted with an empty password", "tệp được mã hóa với mật khẩu trống"},
    Sentence{"no separator sheet was found: the stack is one document",
             "không thấy tờ phân cách: cả tập là một tài liệu"},
    // kinds of papers
    Sentence{"heading and symbol name different types", "tên loại và ký hiệu chỉ hai loại văn bản khác nhau"},
    Sentence{"no heading was found", "không thấy tên loại văn bản"},
    Sentence{"a letter's subject, but no letter's symbol",
             "có trích yếu của công văn nhưng ký hiệu không phải công văn"},
    // words
    Sentence{"a word was hardly read", "có từ gần như không đọc được"},
    Sentence{"words run together", "các từ dính vào nhau"},
    Sentence{"a word may be another", "có từ có thể là từ khác"},
    Sentence{"a word was read without confidence", "có từ đọc chưa chắc chắn"},
    Sentence{"a comma may not have been read", "có thể thiếu dấu phẩy không đọc được"},
    Sentence{"a stop was read where a comma may stand", "đọc ra dấu chấm ở chỗ có thể là dấu phẩy"},
    // numbers and symbols
    Sentence{"the number could not be read, perhaps written by pen", "không đọc được số, có thể viết tay"},
    Sentence{"the number is not read as digits, perhaps written by pen",
             "số đọc ra không phải chữ số, có thể viết tay"},
    Sentence{"the number stands apart from its symbol, perhaps written by pen",
             "số đứng cách xa ký hiệu, có thể viết tay"},
    Sentence{"the number was read without confidence", "số đọc chưa chắc chắn"},
    Sentence{"the hyphen was not read", "không đọc được dấu gạch nối"},
    Sentence{"the slash was not read", "không đọc được dấu gạch chéo"},
    Sentence{"the symbol is nearly a known one", "ký hiệu gần giống một ký hiệu đã biết"},
    Sentence{"the symbol has not the form of one", "ký hiệu không đúng thể thức"},
    Sentence{"the symbol was read without confidence", "ký hiệu đọc chưa chắc chắn"},
    // dates
    Sentence{"the day could not be read, perhaps written by pen", "không đọc được ngày, có thể viết tay"},
    Sentence{"the month could not be read, perhaps written by pen", "không đọc được tháng, có thể viết tay"},
    Sentence{"the day is not read as a number, perhaps written by pen", "ngày đọc ra không phải số, có thể viết tay"},
    Sentence{"the month is not read as a number, perhaps written by pen",
             "tháng đọc ra không phải số, có thể viết tay"},
    Sentence{"there is no such day", "không có ngày như vậy"},
    Sentence{"there is no such month", "không có tháng như vậy"},
    Sentence{"the day was read with a letter among its digits", "trong ngày có chữ cái lẫn chữ số"},
    Sentence{"the month was read with a letter among its digits", "trong tháng có chữ cái lẫn chữ số"},
    Sentence{"the day runs into the word beside it, perhaps written by pen",
             "ngày dính vào từ bên cạnh, có thể viết tay"},
    Sentence{"the month runs into the word beside it, perhaps written by pen",
             "tháng dính vào từ bên cạnh, có thể viết tay"},
    Sentence{"the day was read without confidence", "ngày đọc chưa chắc chắn"},
    Sentence{"the month was read without confidence", "tháng đọc chưa chắc chắn"},
    Sentence{"the year was read without confidence", "năm đọc chưa chắc chắn"},
    Sentence{"a day below 10 without its zero", "ngày dưới 10 không có số 0 ở trước"},
    Sentence{"later than the electronic signature of *", "muộn hơn chữ ký số ngày *"},
    Sentence{"valid from the day of signing, which is not known for sure",
             "có hiệu lực từ ngày ký, nhưng ngày ký chưa chắc chắn"},
    // issuer
    Sentence{"issuer and place are written with other marks", "cơ quan ban hành và địa danh ghi dấu khác nhau"},
    // signer
    Sentence{"not a known title, or hardly read under seal and signature",
             "không phải chức vụ đã biết, hoặc khó đọc dưới con dấu, chữ ký"},
    Sentence{"no name could be read below the title", "không đọc được họ tên dưới chức vụ"},
    Sentence{"the name may begin under the seal: it is not centred",
             "họ tên có thể bị con dấu che phần đầu: lệch so với chức vụ"},
    Sentence{"the family name was hardly read; the nearest one is proposed",
             "họ gần như không đọc được; đề xuất họ gần nhất"},
    Sentence{"the name was read without confidence", "họ tên đọc chưa chắc chắn"},
    Sentence{"the signature runs into the name", "chữ ký đè lên họ tên"},
    Sentence{"the first word is no known family name", "từ đầu không phải họ đã biết"},
    // identifiers and marks
    Sentence{"the check digit does not agree", "chữ số kiểm tra không khớp"},
    Sentence{"a letter stands where a digit may", "chữ cái đứng ở chỗ có thể là chữ số"},
    Sentence{"the digits were read without confidence", "các chữ số đọc chưa chắc chắn"},
    Sentence{"no such personal identifier is possible", "số định danh cá nhân không hợp lệ"},
    Sentence{"a check digit of the machine-readable zone does not agree", "chữ số kiểm tra của vùng MRZ không khớp"},
    Sentence{"the stamp was not read clearly", "dấu chỉ mức độ đọc chưa rõ"},
};

/// What the stars of `pattern` stand for; nothing where the text is another.
std::optional<std::vector<std::string_view>> parts_by(std::string_view pattern, std::string_view text) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto star = pattern.find('*');
    const auto fixed = pattern.substr(0, star);
    if (!text.starts_with(fixed)) return std::nullopt;
    text.remove_prefix(fixed.size());
    if (star == std::string_view::npos) return text.empty() ? std::optional(parts) : std::nullopt;
    pattern.remove_prefix(star + 1);
    const auto next = pattern.substr(0, pattern.find('*'));
    const auto end = next.empty() ? text.size() : text.find(next);
    if (end == std::string_view::npos) return std::nullopt;
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

std::string filled(std::string_view pattern, const std::vector<std::string_view>& parts) {
  std::string text;
  std::size_t used = 0;
  for (const char c : pattern) {
    if (c == '*' && used < parts.size()) {
      text += parts[used++];
    } else {
      text += c;
    }
  }
  return text;
}

/// "number_symbol was not found"
std::optional<std::string> not_found(std::string_view english) {
  constexpr std::string_view end = " was not found";
  if (!english.ends_with(end)) return std::nullopt;
  const auto name = field_name_of(english.substr(0, english.size() - end.size()));
  if (!name) return std::nullopt;
  return "không thấy " + std::string(vietnamese_name_of(*name));
}

}  // namespace

std::string in_vietnamese(std::string_view english) {
  if (auto missing = not_found(english)) return *std::move(missing);
  for (const auto& sentence : sentences) {
    if (const auto parts = parts_by(sentence.english, english)) return filled(sentence.vietnamese, *parts);
  }
  return std::string(english);
}

std::string_view vietnamese_name_of(FieldName name) {
  switch (name) {
    case FieldName::issuing_agency: return "cơ quan ban hành";
    case FieldName::parent_agency: return "cơ quan chủ quản";
    case FieldName::number_symbol: return "số, ký hiệu";
    case FieldName::place: return "địa danh";
    case FieldName::issue_date: return "ngày ban hành";
    case FieldName::document_type: return "tên loại văn bản";
    case FieldName::abstract: return "trích yếu";
    case FieldName::addressees: return "kính gửi";
    case FieldName::signer_title: return "chức vụ người ký";
    case FieldName::signer_name: return "họ tên người ký";
    case FieldName::recipients: return "nơi nhận";
    case FieldName::secrecy: return "độ mật";
    case FieldName::urgency: return "độ khẩn";
    case FieldName::validity: return "thời hạn có giá trị";
    case FieldName::personal_identifiers: return "số định danh cá nhân";
    case FieldName::old_identity_numbers: return "số chứng minh nhân dân";
    case FieldName::tax_codes: return "mã số thuế";
    case FieldName::travel_document_numbers: return "số hộ chiếu, giấy thông hành";
    case FieldName::owner_names: return "họ tên chủ giấy tờ";
  }
  return name_of(name);
}

}  // namespace sohoa
