#include "api/service/document_facts.hpp"

#include <nlohmann/json.hpp>

#include "pipeline/base/file.hpp"

namespace sohoa::api {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t longest_json = 1'000'000'000;

ImageFacts image_of(const Json& page) {
  ImageFacts image;
  image.page = {page.at("number").get<std::uint32_t>()};
  image.failed = page.contains("error");
  if (image.failed) return image;
  const auto& quality = page.at("quality");
  image.scanned = page.at("text_source") != "born_digital";
  image.dpi = quality.at("dpi").get<double>();
  image.dpi_estimated = quality.at("dpi_estimated").get<bool>();
  const auto& colour = quality.at("colour").get_ref<const std::string&>();
  image.colour = colour == "colour" ? ColourKind::colour : colour == "grey" ? ColourKind::grey : ColourKind::bilevel;
  image.blank = quality.at("blank").get<bool>();
  return image;
}

DocumentFacts facts_of(const Json& json) {
  DocumentFacts facts;
  for (const auto& page : json.at("pages")) facts.paper.images.push_back(image_of(page));
  for (const auto& [name, field] : json.at("fields").items()) {
    const auto value = field.is_object() ? field.find("value") : field.end();
    if (value != field.end() && value->is_string()) facts.fields[name] = value->get<std::string>();
  }
  return facts;
}

/// Drops what makes up nearly all of a document's JSON.
bool keep(int depth, Json::parse_event_t event, Json& parsed) {
  constexpr int page_member = 3;
  return !(depth == page_member && event == Json::parse_event_t::key && (parsed == "blocks" || parsed == "text"));
}

}  // namespace

Result<DocumentFacts> document_facts(const DocumentRecord& record, const ObjectStore& objects) {
  const auto place = "document " + record.document.id.value;
  SOHOA_TRY(const auto fd, objects.open(record.document.json.digest));
  SOHOA_TRY(const auto bytes, read_all(fd.get(), longest_json));
  try {
    return facts_of(Json::parse(as_text(bytes), keep));
  } catch (const Json::exception&) {
    return Error{ErrorCode::data_loss, place + ": its JSON is not as it was written"};
  }
}

}  // namespace sohoa::api
