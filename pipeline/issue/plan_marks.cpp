#include "pipeline/issue/plan_marks.hpp"

#include <algorithm>
#include <optional>

namespace sohoa::issue {
namespace {

constexpr double side = 42;                                                 // of the QR code, points: 15 mm
constexpr double text_width = 150, look_width = 118;                        // beside it
constexpr double agency_width = 165, agency_height = 36, agency_size = 10;  // Decree 30/2020: size 10
constexpr double gap = 3;
constexpr double top_margin = 0.1, upper_part = 0.35, upper_half = 0.5;  // of the page's height
constexpr std::size_t most_bytes = 200;                                  // of a field in the QR code

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
  bool first = true;  // a field that is not known stays empty, and keeps its place
  for (auto field : {facts.dossier, facts.procedure, facts.owner, facts.paper_name, facts.system, second(facts.at),
                     facts.code, facts.kind == IssueKind::result ? facts.validity : std::string()}) {
    std::replace(field.begin(), field.end(), '|', '/');
    if (field.size() > most_bytes) {
      field.resize(most_bytes);
      while (!field.empty() && (static_cast<unsigned char>(field.back()) & 0x80) != 0) field.pop_back();
    }
    text += (first ? "" : "|") + field;
    first = false;
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
  return {"Ký bởi:", facts.agency, second(facts.at)};
}

constexpr double mm = 72 / 25.4;
constexpr double seal_side = 36 * mm;  // a round seal in its real size
constexpr double widest_handwriting = 50 * mm, highest_handwriting = 25 * mm;

/// The looks of a result's signatures where a document is signed: the seal covers a third of the signature, on its left
/// (Decree 30/2020).
void move_to_signature(const MarkFacts& facts, PageMarks& marks) {
  const auto& [page, between] = *facts.signature_place;
  const double x = between.x + between.width / 2, y = between.y + between.height / 2;
  const double width = std::min(widest_handwriting, std::max(between.width, 30 * mm));
  std::size_t next = 0;
  if (facts.person_signs && facts.handwriting) {
    const double height = std::min(highest_handwriting, std::max(between.height, 10 * mm));
    marks.appearances[next] = {{{x - width / 2, y - height / 2, width, height}, {}, 7, false}, page, facts.handwriting};
  }
  if (facts.person_signs) ++next;
  if (facts.agency_signs && facts.seal) {
    const PointRect place{std::max(0.0, x - width / 6 - seal_side), y - seal_side / 2, seal_side, seal_side};
    marks.appearances[next] = {{place, {}, 7, false}, page, facts.seal};
  }
}

/// How marks are tried to be placed.
struct Attempt {
  std::optional<double> lowest;  ///< on free places above that share of the page; none: where they cover least
  double scale = 1;
  bool together = true;  ///< the person's signature beside the code
};

/// The marks on a page with that room. Nothing where not all find a place.
std::optional<PageMarks> planned(const MarkFacts& facts, PageRoom room, double sheet, const Attempt& attempt) {
  using Corner = PageRoom::Corner;
  const auto take = [&](Corner corner, double width, double height) -> std::optional<PointRect> {
    return attempt.lowest ? room.take(corner, width, height, *attempt.lowest) : room.take_anyway(corner, width, height);
  };
  const double scale = sheet * attempt.scale;
  const double height = side * scale, look = look_width * scale, words = text_width * scale, air = gap * scale;
  const bool together = facts.person_signs && attempt.together;
  const auto place = take(Corner::top_left, height + air + words + (together ? air + look : 0), height);
  if (!place) return std::nullopt;
  PageMarks marks;
  marks.qr_text = qr_text(facts);
  marks.qr_place = {place->x, place->y, height, height};
  marks.texts.push_back({{place->x + height + air, place->y, words, height}, statement(facts), 7, true});
  if (facts.person_signs) {
    const auto beside = PointRect{place->right() - look, place->y, look, height};
    const auto person = together ? std::optional(beside) : take(Corner::top_left, look, height);
    if (!person) return std::nullopt;
    const auto role = facts.kind == IssueKind::digitized_copy ? "Người số hóa: " : "Người ký: ";
    marks.appearances.push_back({{*person, {"ĐÃ KÝ SỐ", role + facts.by_name, second(facts.at)}, 7, true}, 1, nullptr});
  }
  if (facts.agency_signs) {
    const auto corner = take(Corner::top_right, agency_width * scale, agency_height * scale);
    if (!corner) return std::nullopt;
    marks.appearances.push_back({{*corner, agency_lines(facts), agency_size, false}, 1, nullptr});
  }
  return marks;
}

PageMarks finished(const MarkFacts& facts, PageMarks marks) {
  if (facts.signature_place) move_to_signature(facts, marks);
  return marks;
}

}  // namespace

PageMarks plan_marks(const MarkFacts& facts, const RecognizedPage& page, PageExtent extent) {
  const PageRoom room(page, extent);
  const double sheet = std::min(1.0, extent.width / 595);  // smaller sheets than A4
  constexpr double large = 1, smaller = 0.85, smallest = 0.7;
  constexpr Attempt attempts[] = {{top_margin, large, true},    {top_margin, smaller, true},
                                  {top_margin, smallest, true},  // rather smaller than below the heading
                                  {top_margin, large, false},   {top_margin, smallest, false},
                                  {upper_part, large, true},    {upper_part, smallest, true},
                                  {upper_part, large, false},   {upper_part, smallest, false},
                                  {upper_half, smallest, false}};
  for (const auto& attempt : attempts) {
    if (auto marks = planned(facts, room, sheet, attempt)) return finished(facts, *std::move(marks));
  }
  return finished(facts, *planned(facts, room, sheet, {std::nullopt, smallest, false}));
}

std::optional<SignaturePlace> signature_place(const Field& title, const Field& name, const RecognizedPage& page,
                                              PageExtent extent) {
  const bool together = title.page == name.page && title.page == page.number && page.width > 0 && page.height > 0;
  if (!together || title.box.bottom() >= name.box.y) return std::nullopt;
  const double x = extent.width / page.width, y = extent.height / page.height;
  const auto left = std::min(title.box.x, name.box.x);
  const auto right = std::max(title.box.right(), name.box.right());
  return SignaturePlace{
      page.number.value,
      {left * x, extent.height - name.box.y * y, (right - left) * x, (name.box.y - title.box.bottom()) * y}};
}

}  // namespace sohoa::issue
