#include "pipeline/issue/plan_marks.hpp"

#include <algorithm>

namespace sohoa::issue {
namespace {

constexpr double side = 42;                             // of the QR code, points: 15 mm
constexpr double text_width = 150, look_width = 118;    // beside it
constexpr double agency_width = 165, agency_size = 10;  // Decree 30/2020: size 10
constexpr double gap = 3;
constexpr std::size_t most_bytes = 200;  // of a field in the QR code

std::string second(WallTime time) {
  return iso8601(time).substr(0, 19) + "+07:00";
}

std::string form_title(CopyForm form) {
  switch (form) {
    case CopyForm::sao_luc: return "SAO LỤC";
    case CopyForm::trich_sao: return "TRÍCH SAO";
    case CopyForm::sao_y:
    case CopyForm::none: break;
  }
  return "SAO Y";
}

/// ISO/IEC 18004; the fields that Circular 01/2023 wants, in its order. A '|' in a field would end it.
std::string qr_text(const MarkFacts& facts) {
  std::string text;
  for (auto field : {facts.dossier, facts.procedure, facts.owner, facts.paper_name, facts.system, second(facts.at),
                     facts.code, facts.kind == IssueKind::result ? facts.validity : std::string()}) {
    std::replace(field.begin(), field.end(), '|', '/');
    if (field.size() > most_bytes) {
      field.resize(most_bytes);
      while (!field.empty() && (static_cast<unsigned char>(field.back()) & 0x80) != 0) field.pop_back();
    }
    text += (text.empty() ? "" : "|") + field;
  }
  return text;
}

/// What is put beside the QR code.
std::vector<std::string> statement(const MarkFacts& facts) {
  const auto code = "Mã: " + facts.code;
  switch (facts.kind) {
    case IssueKind::digitized_copy:
      return {"BẢN ĐIỆN TỬ CHUYỂN ĐỔI TỪ BẢN GIẤY", code, "Người chuyển đổi: " + facts.by_name,
              "Thời gian: " + second(facts.at)};
    case IssueKind::certified_copy:
      return {"CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH", code, "Người chứng thực: " + facts.by_name,
              "Thời gian: " + second(facts.at)};
    case IssueKind::electronic_copy: return {"BẢN SAO ĐIỆN TỬ", code, "Thời gian: " + second(facts.at)};
    case IssueKind::result: break;
  }
  return {"KẾT QUẢ ĐIỆN TỬ", code, "Thời gian: " + second(facts.at), "Tra cứu: " + facts.system};
}

std::vector<std::string> agency_lines(const MarkFacts& facts) {
  if (facts.kind == IssueKind::electronic_copy) return {form_title(facts.form), facts.agency, second(facts.at)};
  return {"Ký bởi: " + facts.agency, "Thời gian ký: " + second(facts.at)};
}

}  // namespace

PageMarks plan_marks(const MarkFacts& facts, const RecognizedPage& page, PageExtent extent) {
  using Corner = PageRoom::Corner;
  PageRoom room(page, extent);
  PageMarks marks;
  marks.qr_text = qr_text(facts);
  const double scale = std::min(1.0, extent.width / 595);  // of smaller sheets
  const double height = side * scale, look = look_width * scale, words = text_width * scale;
  const double row = height + gap + words + (facts.person_signs ? gap + look : 0);
  // All in one row; else the signature on its own; else over whatever covers least.
  auto place = room.take(Corner::top_left, row, height);
  std::optional<PointRect> person;
  if (place && facts.person_signs) person = PointRect{place->right() - look, place->y, look, height};
  if (!place) place = room.take_anyway(Corner::top_left, height + gap + words, height);
  if (facts.person_signs && !person) person = room.take_anyway(Corner::top_left, look, height);
  marks.qr_place = {place->x, place->y, height, height};
  marks.texts.push_back({{place->x + height + gap, place->y, words, height}, statement(facts), 7, true});
  if (person) {
    const auto role = facts.kind == IssueKind::digitized_copy ? "Người số hóa: " : "Người ký: ";
    marks.appearances.push_back({*person, {"ĐÃ KÝ SỐ", role + facts.by_name, second(facts.at)}, 7, true});
  }
  if (facts.agency_signs) {
    const auto corner = room.take_anyway(Corner::top_right, agency_width * scale, height);
    marks.appearances.push_back({corner, agency_lines(facts), agency_size, false});
  }
  return marks;
}

}  // namespace sohoa::issue
