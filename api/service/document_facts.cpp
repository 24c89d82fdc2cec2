#include "api/service/document_facts.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "pipeline/base/file.hpp"

namespace sohoa::api {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t longest_json = 1'000'000'000;

/// "2", "- 2 -", "2/5", "Trang 2/5": the numbers in it.
void read_page_number(const std::string& text, ImageFacts& image) {
  constexpr std::size_t most_digits = 4;
  std::vector<std::uint32_t> numbers;
  for (std::size_t i = 0; i < text.size();) {
    const auto digits = std::min(text.find_first_not_of("0123456789", i), text.size()) - i;
    if (digits > most_digits) return;
    if (digits > 0) numbers.push_back(static_cast<std::uint32_t>(std::stoul(text.substr(i, digits))));
    i += std::max<std::size_t>(digits, 1);
  }
  if (numbers.empty() || numbers.size() > 2) return;
  image.printed_number = numbers.front();
  if (numbers.size() == 2 && numbers[1] >= numbers[0]) image.printed_total = numbers[1];
}

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
  for (const auto& block : page.value("blocks", Json::array())) {
    if (block.at("role") != "page_number" || block.at("lines").empty()) continue;
    read_page_number(block.at("lines").front().at("text"), image);
  }
  return image;
}

void read_field(const std::string& name, const Json& field, DocumentFacts& facts) {
  const auto value = field.is_object() ? field.find("value") : field.end();
  if (value == field.end() || !value->is_string()) return;
  if (field.contains("review")) {
    facts.unsure.insert(name);
  } else {
    facts.fields[name].push_back(value->get<std::string>());
  }
}

DocumentFacts facts_of(const Json& json) {
  DocumentFacts facts;
  for (const auto& page : json.at("pages")) facts.paper.images.push_back(image_of(page));
  for (const auto& [name, field] : json.at("fields").items()) {
    if (!field.is_array()) read_field(name, field, facts);
    for (const auto& one : field.is_array() ? field : Json::array()) read_field(name, one, facts);
  }
  return facts;
}

/// Drops what makes up nearly all of a document's JSON: of the blocks only page numbers are kept, of these the text.
bool keep(int depth, Json::parse_event_t event, Json& parsed) {
  constexpr int page_member = 3, block = 4, line_member = 7;
  if (event == Json::parse_event_t::key) {
    if (depth == page_member) return parsed != "text";
    if (depth == line_member) return parsed == "text";
    return true;
  }
  if (event != Json::parse_event_t::object_end || depth != block || !parsed.contains("lines")) return true;
  return parsed.value("role", "") == "page_number";
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
