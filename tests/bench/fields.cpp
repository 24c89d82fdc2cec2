// sohoa-fields: what the rules find in pages that were read already. Reads NAME.json files of `sohoa digitize` and
// prints for each one JSON line: {"file", "milliseconds", "pages", "classification", "fields"}. So rules can be
// measured, and timed, without reading the pages again.
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "ocr/fields/agency_words.hpp"
#include "ocr/fields/found.hpp"
#include "ocr/fields/number_symbol.hpp"
#include "ocr/fields/paper_types.hpp"
#include "ocr/fields/rule_extractor.hpp"
#include "ocr/fields/signer_words.hpp"
#include "ocr/fields/written_date.hpp"
#include "pipeline/issue/json_writer.hpp"

namespace {

using namespace sohoa;
using Json = nlohmann::json;

PixelRect box_of(const Json& json) {
  return {json[0], json[1], json[2], json[3]};
}

BlockRole role_of(const std::string& name) {
  if (name == "stamp") return BlockRole::stamp;
  if (name == "e_signature") return BlockRole::e_signature;
  return name == "page_number" ? BlockRole::page_number : BlockRole::body;
}

RecognizedPage page_of(const Json& json) {
  RecognizedPage page;
  page.number = {json["number"]};
  page.width = json["width"];
  page.height = json["height"];
  page.dpi = {json["dpi"]};
  page.text_source = json["text_source"] == "recognized" ? TextSource::recognized : TextSource::born_digital;
  page.quality.skew_degrees = json["quality"]["skew_degrees"];
  for (const auto& block_json : json["blocks"]) {
    Block block{role_of(block_json["role"]), box_of(block_json["box"]), {}};
    for (const auto& line_json : block_json["lines"]) {
      TextLine line;
      line.box = box_of(line_json["box"]);
      const auto& base = line_json["baseline"];
      line.baseline_start = {base[0], base[1]};
      line.baseline_end = {base[2], base[3]};
      for (const auto& word : line_json["words"]) {
        line.words.push_back({word["text"], box_of(word["box"]), word["confidence"]});
        line.words.back().certainty = word.value("certainty", 1.0F);
      }
      block.lines.push_back(std::move(line));
    }
    page.blocks.push_back(std::move(block));
  }
  for (const auto& code : json.value("barcodes", Json::array())) {
    if (code["format"] == "qr") page.barcodes.push_back({BarcodeFormat::qr, code["text"], box_of(code["box"])});
  }
  return page;
}

struct Found {
  std::string value;
  std::string review;
};

/// What the first line says for which `read` gives something.
template <typename Read>
Found first_of(const std::vector<fields::Line>& lines, Read read) {
  for (const auto& line : lines) {
    if (auto found = read(line)) return *found;
  }
  return {"", "the rule found nothing"};
}

Found apply_rule(const std::string& rule, const std::vector<fields::Line>& lines) {
  using namespace fields;
  using Maybe = std::optional<Found>;
  if (rule == "agency") return {agency_name(lines), ""};
  if (rule == "number") {
    return first_of(lines, [](const Line& line) -> Maybe {
      const auto number = read_number_symbol(line, "");
      return number ? Maybe({number->value(), number->review}) : std::nullopt;
    });
  }
  if (rule == "date") {
    return first_of(lines, [](const Line& line) -> Maybe {
      const auto date = read_written_date(line);
      return date ? Maybe({date->date.iso(), date->review}) : std::nullopt;
    });
  }
  if (rule == "name") {
    return first_of(lines, [](const Line& line) -> Maybe {
      const auto name = person_name(line);
      const bool sure = name && name->clean && name->family_known && !name->family_proposed && is_sure_name(line);
      return name ? Maybe({name->text, sure ? "" : "not a clean name"}) : std::nullopt;
    });
  }
  if (rule == "type") {
    const auto match = lines.empty() ? std::nullopt : match_heading(lines, 0);
    return match ? Found{std::string(match->type->heading), ""} : Found{"", "no heading"};
  }
  Found found;
  for (const auto& line : lines) {
    const auto title = rule == "title" ? known_title(line) : std::nullopt;
    if (rule == "abstract" && has_doubt(line)) found.review = "a word may be another";
    if (rule == "title" && (!title || title->error_share > sure_title)) found.review = "not a known title";
    found.value += (found.value.empty() ? "" : rule == "title" ? "\n" : " ") + (title ? title->text : line.text());
  }
  return found;
}

std::vector<RecognizedPage> pages_of(const char* name) {
  std::ifstream file(name);
  const auto document = Json::parse(file, nullptr, false);
  if (document.is_discarded()) {
    std::cerr << "sohoa-fields: " << name << " is no result of sohoa digitize\n";
    std::exit(1);
  }
  std::vector<RecognizedPage> pages;
  for (const auto& page : document["pages"]) {
    if (page.contains("blocks")) pages.push_back(page_of(page));
  }
  return pages;
}

}  // namespace

int main(int count, char** arguments) {
  const bool crops = count > 2 && std::string_view(arguments[1]) == "--rule";
  for (int i = crops ? 3 : 1; i < count; ++i) {
    const auto pages = pages_of(arguments[i]);
    if (crops) {
      const auto found =
          pages.empty() ? Found{"", "no page"} : apply_rule(arguments[2], fields::view_of(pages[0]).body(-1e6, 1e6));
      Json line = {{"file", arguments[i]}, {"value", found.value}};
      if (!found.review.empty()) line["review"] = found.review;
      std::cout << line.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
      continue;
    }
    const auto start = std::chrono::steady_clock::now();
    const auto collector = RuleFieldExtractor().begin();
    for (const auto& page : pages) collector->add_page(page);
    const auto found = collector->finish();
    const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - start;
    std::cout << R"({"file":)" << Json(arguments[i]).dump() << R"(,"milliseconds":)" << spent.count() << R"(,"pages":)"
              << pages.size() << "," << issue::fields_members(found) << "}\n";
  }
  return 0;
}
