#include "pipeline/issue/json_pages.hpp"

#include <nlohmann/json.hpp>

#include "pipeline/base/file.hpp"
#include "pipeline/issue/names.hpp"

namespace sohoa::issue {
namespace {

using Json = nlohmann::json;

Error damaged(std::string_view what) {
  return {ErrorCode::data_loss, "JSON result: " + std::string(what)};
}

PixelRect rect_of(const Json& box) {
  return {box.at(0).get<std::int32_t>(), box.at(1).get<std::int32_t>(), box.at(2).get<std::int32_t>(),
          box.at(3).get<std::int32_t>()};
}

/// The value that results call `name`; the first where none is called so.
template <typename E>
E named(const Json& name) {
  for (int i = 0; i <= wire::enum_last<E>; ++i) {
    if (name_of(static_cast<E>(i)) == name.get_ref<const std::string&>()) return static_cast<E>(i);
  }
  throw std::invalid_argument("unknown name");  // becomes data_loss with all that nlohmann throws
}

Turn turn_of(int wanted) {
  for (int i = 0; i <= wire::enum_last<Turn>; ++i) {
    if (degrees(static_cast<Turn>(i)) == wanted) return static_cast<Turn>(i);
  }
  throw std::invalid_argument("unknown turn");
}

std::optional<Correction> correction_in(const Json& value) {
  if (!value.contains("corrected")) return std::nullopt;
  const auto& it = value.at("corrected");
  return Correction{it.at("by"), it.at("at"), it.at("was")};
}

Word word_of(const Json& value) {
  Word word;
  word.text = value.at("text");
  word.box = rect_of(value.at("box"));
  word.confidence = value.at("confidence");
  word.certainty = value.at("certainty");
  if (value.contains("alternatives")) {
    for (const auto& other : value.at("alternatives"))
      word.alternatives.push_back({other.at("text"), other.at("odds")});
  }
  word.correction = correction_in(value);
  return word;
}

TextLine line_of(const Json& value) {
  TextLine line;
  line.box = rect_of(value.at("box"));
  const auto& baseline = value.at("baseline");
  line.baseline_start = {baseline.at(0), baseline.at(1)};
  line.baseline_end = {baseline.at(2), baseline.at(3)};
  for (const auto& word : value.at("words")) line.words.push_back(word_of(word));
  return line;
}

Block block_of(const Json& value) {
  Block block;
  block.role = named<BlockRole>(value.at("role"));
  block.box = rect_of(value.at("box"));
  for (const auto& line : value.at("lines")) block.lines.push_back(line_of(line));
  return block;
}

QualityReport quality_of(const Json& value) {
  QualityReport quality;
  quality.dpi = {value.at("dpi")};
  quality.dpi_estimated = value.at("dpi_estimated");
  quality.colour = named<ColourKind>(value.at("colour"));
  quality.sharpness = value.at("sharpness");
  quality.contrast = value.at("contrast");
  quality.skew_degrees = value.at("skew_degrees");
  quality.skew_confidence = value.at("skew_confidence");
  quality.turn = turn_of(value.at("turn"));
  quality.turn_confidence = value.at("turn_confidence");
  quality.blank = value.at("blank");
  quality.cut_edges = value.at("cut_edges");
  for (const auto& seal : value.at("seals")) quality.seals.push_back({rect_of(seal.at("box")), seal.at("confidence")});
  return quality;
}

RecognizedPage page_of(const Json& value) {
  RecognizedPage page;
  page.number = {value.at("number").get<std::uint32_t>()};
  page.width = value.at("width");
  page.height = value.at("height");
  page.dpi = {value.at("dpi")};
  page.text_source = named<TextSource>(value.at("text_source"));
  page.engine = value.at("engine");
  for (const auto& block : value.at("blocks")) page.blocks.push_back(block_of(block));
  for (const auto& code : value.at("barcodes")) {
    page.barcodes.push_back({named<BarcodeFormat>(code.at("format")), code.at("text"), rect_of(code.at("box"))});
  }
  page.quality = quality_of(value.at("quality"));
  for (const auto& finding : value.at("findings")) {
    page.findings.push_back({finding.at("code"), named<Severity>(finding.at("severity")), finding.at("message")});
  }
  for (const auto& [stage, seconds] : value.at("times").items()) page.times.push_back({stage, seconds});
  if (value.contains("hash")) page.hash = PageHash::from_hex(value.at("hash").get<std::string>());
  if (value.contains("ink")) page.ink = InkMap::from_hex(value.at("ink").get<std::string>());
  return page;
}

Error error_of(const Json& value) {
  return {named<ErrorCode>(value.at("code")), value.at("message")};
}

Field field_of(FieldName name, const Json& value) {
  Field field;
  field.name = name;
  field.value = value.at("value");
  field.raw = value.at("raw");
  field.page = {value.at("page").get<std::uint32_t>()};
  field.box = rect_of(value.at("box"));
  field.confidence = value.at("confidence");
  field.rule = value.at("rule");
  field.review = value.value("review", "");
  field.correction = correction_in(value);
  return field;
}

/// `read(json)` where the text is JSON of the expected form.
template <typename Read>
auto parsed(const std::string& text, std::string_view what, Read&& read) -> Result<decltype(read(Json()))> {
  try {
    return read(Json::parse(text));
  } catch (const std::exception& wrong) {
    return damaged(std::string(what) + ": " + wrong.what());
  }
}

}  // namespace

Result<JsonPages> JsonPages::open(UniqueFd file) {
  JsonPages pages;
  pages.file_ = std::move(file);
  SOHOA_TRY(const auto size, file_size(pages.file_.get()));
  std::uint64_t start = 0, at = 0;
  SOHOA_DO(read_pieces(pages.file_.get(), 0, size, [&](ByteView piece) -> Result<void> {
    for (const auto byte : piece) {
      ++at;
      if (byte != '\n') continue;
      pages.lines_.push_back({start, at - 1 - start});
      start = at;
    }
    return {};
  }));
  if (pages.lines_.size() < 2 || start != size) return damaged("cut off");
  SOHOA_DO(pages.read_head());
  SOHOA_DO(pages.read_tail());
  return pages;
}

Result<std::string> JsonPages::line(std::size_t number) const {
  std::string text;
  SOHOA_DO(read_pieces(file_.get(), lines_[number].offset, lines_[number].size, [&](ByteView piece) -> Result<void> {
    text.append(reinterpret_cast<const char*>(piece.data()), piece.size());
    return {};
  }));
  return text;
}

Result<void> JsonPages::read_head() {
  SOHOA_TRY(const auto text, line(0));
  SOHOA_TRY(languages_, parsed(text + "]}", "head", [](const Json& head) {
              std::string languages;
              for (const auto& name : head.at("languages")) {
                languages += (languages.empty() ? "" : "+") + name.get<std::string>();
              }
              return languages;
            }));
  // Kept in the order in which it was written.
  const auto head = nlohmann::ordered_json::parse(text + "]}", nullptr, false);
  if (const auto source = head.find("source"); source != head.end() && source->contains("signatures")) {
    signature_report_ = source->at("signatures").dump();
  }
  return {};
}

Result<void> JsonPages::read_tail() {
  SOHOA_TRY(const auto text, line(lines_.size() - 1));
  SOHOA_TRY(const auto done, parsed("{\"pages\":[" + text, "tail", [&](const Json& tail) {
              for (const auto& finding : tail.at("findings")) {
                if (finding.at("code") == "source_note") notes_.push_back(finding.at("message"));
              }
              for (const auto& [key, value] : tail.at("fields").items()) {
                const auto name = field_name_of(key);
                if (!name) continue;  // of a later program
                if (!value.is_array()) fields_.push_back(field_of(*name, value));
                if (!value.is_array()) continue;
                for (const auto& one : value) fields_.push_back(field_of(*name, one));
              }
              return true;
            }));
  return done ? Result<void>() : damaged("tail");
}

Result<std::variant<RecognizedPage, Error>> JsonPages::page(PageNumber number) const {
  const auto place = "page " + std::to_string(number.value);
  if (number.value < 1 || number.value > page_count()) return damaged(place + " is not there");
  SOHOA_TRY(auto text, line(number.value));
  if (!text.empty() && text.back() == ',') text.pop_back();
  return parsed(text, place, [](const Json& value) {
    return value.contains("error") ? std::variant<RecognizedPage, Error>(error_of(value.at("error")))
                                   : std::variant<RecognizedPage, Error>(page_of(value));
  });
}

}  // namespace sohoa::issue
