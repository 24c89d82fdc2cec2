#include "api/service/review_json.hpp"

#include <array>
#include <cmath>

#include "api/service/json_members.hpp"
#include "pipeline/model/vietnamese.hpp"

namespace sohoa::api {
namespace {

using Ordered = nlohmann::ordered_json;

double rounded(double value) {
  return std::round(value * 1000) / 1000;
}

Ordered box_value(const PixelRect& box) {
  return {box.x, box.y, box.width, box.height};
}

Ordered value_of(const DoubtfulWord& asked) {
  Ordered alternatives = Ordered::array();
  for (const auto& other : asked.word.alternatives) {
    alternatives.push_back({{"text", other.text}, {"odds", rounded(other.odds)}});
  }
  return {{"page", asked.page.value},
          {"box", box_value(asked.word.box)},
          {"text", asked.word.text},
          {"certainty", rounded(asked.word.certainty)},
          {"line", asked.line},
          {"in_line", asked.in_line},
          {"alternatives", std::move(alternatives)}};
}

Ordered value_of(const Field& field) {
  return {{"name", name_of(field.name)}, {"value", field.value},        {"raw", field.raw},
          {"page", field.page.value},    {"box", box_value(field.box)}, {"confidence", rounded(field.confidence)},
          {"rule", field.rule},          {"review", field.review},      {"review_vi", in_vietnamese(field.review)}};
}

std::string dump(const Ordered& json) {
  return json.dump(-1, ' ', false, Ordered::error_handler_t::replace);
}

PixelRect read_box(Members& in) {
  std::array<std::int32_t, 4> box{};
  const auto& numbers = in.array("box");
  bool whole = numbers.size() == box.size();
  for (std::size_t i = 0; whole && i < box.size(); ++i) {
    whole = numbers[i].is_number_unsigned() && numbers[i].get<std::uint64_t>() <= 1'000'000;
    if (whole) box[i] = numbers[i].get<std::int32_t>();
  }
  if (!whole) in.wrong("box", "is not [x, y, width, height] in pixels");
  return {box[0], box[1], box[2], box[3]};
}

}  // namespace

std::string to_json(const Review& review) {
  Ordered asked = Ordered::array(), fields = Ordered::array();
  for (const auto& word : review.asked) asked.push_back(value_of(word));
  for (const auto& field : review.fields) fields.push_back(value_of(field));
  return dump({{"document", review.document.value},
               {"version", review.version},
               {"words", review.words},
               {"asked", std::move(asked)},
               {"fields", std::move(fields)}});
}

std::string to_json(const ArchiveReceipt& receipt) {
  return dump({{"document", receipt.document.value},
               {"journal_entry", receipt.journal_entry},
               {"entry_hash", receipt.entry_hash.hex()},
               {"archived_at", receipt.archived_at}});
}

Result<RevisionRequest> read_revision(const std::string& text, const DocumentId& document) {
  constexpr std::size_t most = 10'000;
  SOHOA_TRY(const auto json, parsed(text));
  Members in(json);
  RevisionRequest request;
  request.document = document;
  auto& revision = request.revision;
  revision.by = {Actor::Kind::officer, in.text("officer")};
  if (!in.has("version")) in.wrong("version", "that was looked at is missing");
  revision.version = in.number("version") + 1;
  for (const auto& one : in.array("words")) {
    Members word(one);
    WordCorrection correction;
    correction.page = {word.number("page")};
    correction.box = read_box(word);
    if (!word.has("text")) word.wrong("text", "is missing");
    correction.text = word.optional_text("text");
    SOHOA_DO(word.end("words[" + std::to_string(revision.words.size()) + "]"));
    revision.words.push_back(std::move(correction));
  }
  for (const auto& one : in.array("fields")) {
    Members field(one);
    FieldCorrection correction;
    if (!field.has("name")) field.wrong("name", "is missing");
    correction.name = field.named("name", field_name_of, FieldName::issuing_agency);
    if (!field.has("value")) field.wrong("value", "is missing");
    correction.value = field.optional_text("value");
    correction.was = field.optional_text("was");
    SOHOA_DO(field.end("fields[" + std::to_string(revision.fields.size()) + "]"));
    revision.fields.push_back(std::move(correction));
  }
  if (revision.words.size() + revision.fields.size() > most) in.wrong("words", "and fields are over 10,000");
  revision.read_again = in.flag("read_again");
  SOHOA_DO(in.end(""));
  if (revision.by.id.empty()) return Error{ErrorCode::invalid_input, "officer is empty"};
  return request;
}

}  // namespace sohoa::api
