#include "pipeline/issue/json_writer.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "pipeline/issue/languages.hpp"
#include "pipeline/issue/names.hpp"
#include "pipeline/model/vietnamese.hpp"

namespace sohoa::issue {
namespace {

using Json = nlohmann::ordered_json;

/// Text that is not UTF-8 must not throw: it is replaced.
std::string dump(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Rounded to `decimals`, so that a float does not show more digits than were measured.
Json rounded(double value, int decimals) {
  if (!std::isfinite(value)) return 0;
  const double scale = std::pow(10.0, decimals);
  return std::round(value * scale) / scale;
}

Json box(const PixelRect& rect) {
  return {rect.x, rect.y, rect.width, rect.height};
}

Json corrected(const Correction& correction) {
  return {{"by", correction.by}, {"at", correction.at}, {"was", correction.was}};
}

Json line(const TextLine& text_line) {
  Json words = Json::array();
  for (const auto& word : text_line.words) {
    Json written = {{"text", word.text},
                    {"box", box(word.box)},
                    {"confidence", rounded(word.confidence, 1)},
                    {"certainty", rounded(word.certainty, 3)}};
    for (const auto& other : word.alternatives) {
      written["alternatives"].push_back({{"text", other.text}, {"odds", rounded(other.odds, 2)}});
    }
    if (word.correction) written["corrected"] = corrected(*word.correction);
    words.push_back(std::move(written));
  }
  const Point &start = text_line.baseline_start, &end = text_line.baseline_end;
  return {{"text", text_line.text()},
          {"box", box(text_line.box)},
          {"baseline", {rounded(start.x, 1), rounded(start.y, 1), rounded(end.x, 1), rounded(end.y, 1)}},
          {"words", std::move(words)}};
}

Json blocks(const RecognizedPage& page) {
  Json result = Json::array();
  for (const auto& block : page.blocks) {
    Json lines = Json::array();
    for (const auto& text_line : block.lines) lines.push_back(line(text_line));
    result.push_back({{"role", name_of(block.role)}, {"box", box(block.box)}, {"lines", std::move(lines)}});
  }
  return result;
}

Json barcodes(const RecognizedPage& page) {
  Json result = Json::array();
  for (const auto& one : page.barcodes) {
    result.push_back({{"format", name_of(one.format)}, {"text", one.text}, {"box", box(one.box)}});
  }
  return result;
}

Json quality(const QualityReport& report) {
  Json seals = Json::array();
  for (const auto& seal : report.seals) {
    seals.push_back({{"box", box(seal.box)}, {"confidence", rounded(seal.confidence, 3)}});
  }
  return {{"dpi", rounded(report.dpi.value, 1)},
          {"dpi_estimated", report.dpi_estimated},
          {"colour", name_of(report.colour)},
          {"sharpness", rounded(report.sharpness, 3)},
          {"contrast", rounded(report.contrast, 3)},
          {"skew_degrees", rounded(report.skew_degrees, 2)},
          {"skew_confidence", rounded(report.skew_confidence, 3)},
          {"turn", degrees(report.turn)},
          {"turn_confidence", rounded(report.turn_confidence, 3)},
          {"blank", report.blank},
          {"cut_edges", report.cut_edges},
          {"seals", std::move(seals)}};
}

Json finding(const Finding& value) {
  return {{"code", value.code},
          {"severity", name_of(value.severity)},
          {"message", value.message},
          {"message_vi", in_vietnamese(value.message)}};
}

Json findings(const std::vector<Finding>& values) {
  Json result = Json::array();
  for (const auto& value : values) result.push_back(finding(value));
  return result;
}

Json times(const std::vector<StageTime>& values) {
  Json result = Json::object();
  for (const auto& time : values) result[time.stage] = rounded(time.seconds, 4);
  return result;
}

Json error(const Error& value) {
  return {{"code", name_of(value.code)}, {"message", value.message}};
}

Json document_quality(const Summary& summary) {
  const Summary::Counts& counts = summary.counts();
  return {{"mean_confidence", rounded(summary.mean_confidence(), 1)},
          {"words", counts.words},
          {"doubtful_words", counts.doubtful_words},
          {"lowest_dpi", rounded(counts.lowest_dpi, 1)},
          {"highest_dpi", rounded(counts.highest_dpi, 1)},
          {"pages",
           {{"recognized", counts.recognized},
            {"born_digital", counts.born_digital},
            {"without_text", counts.without_text},
            {"failed", summary.failed_pages().size()},
            {"blank", counts.blank},
            {"with_seals", counts.with_seals},
            {"turned", counts.turned},
            {"cut_edges", counts.cut_edges},
            {"dpi_estimated", counts.dpi_estimated}}}};
}

Json field(const Field& value) {
  Json result = {{"value", value.value},
                 {"raw", value.raw},
                 {"page", value.page.value},
                 {"box", box(value.box)},
                 {"confidence", rounded(value.confidence, 3)},
                 {"rule", value.rule}};
  if (value.needs_review()) {
    result["review"] = value.review;
    result["review_vi"] = in_vietnamese(value.review);
  }
  if (value.correction) result["corrected"] = corrected(*value.correction);
  return result;
}

Json classification(const Classification& value) {
  Json result = {{"type", value.type},
                 {"abbreviation", value.abbreviation},
                 {"name", value.name},
                 {"confidence", rounded(value.confidence, 3)},
                 {"reasons", value.reasons}};
  if (!value.review.empty()) {
    result["review"] = value.review;
    result["review_vi"] = in_vietnamese(value.review);
  }
  return result;
}

Json document_findings(const Summary& summary, const std::vector<Finding>& of_fields) {
  Json result = Json::array();
  for (const auto& one : of_fields) result.push_back(finding(one));
  for (const auto& note : summary.source_notes()) result.push_back(finding({"source_note", Severity::note, note}));
  if (const auto& failed = summary.failed_pages(); !failed.empty()) {
    Json value = finding({"page_failed", Severity::error, failed.front().error.message});
    value["first_page"] = failed.front().page.value;
    value["pages"] = failed.size();
    result.push_back(std::move(value));
  }
  for (const auto& [code, repeated] : summary.findings()) {
    Json value = finding(repeated.first);
    value["first_page"] = repeated.first_page;
    value["pages"] = repeated.pages;
    result.push_back(std::move(value));
  }
  return result;
}

}  // namespace

std::string fields_members(const DocumentFields& found) {
  Json fields = Json::object();
  for (const auto& one : found.fields) {
    const std::string name(name_of(one.name));
    if (is_list(one.name)) {
      fields[name].push_back(field(one));
    } else if (!fields.contains(name)) {
      fields[name] = field(one);
    }
  }
  return "\"classification\":" + dump(classification(found.classification)) + ",\"fields\":" + dump(fields);
}

Result<void> JsonWriter::begin(const DigitizedDocument& document) {
  const SourceFile& source = document.source;
  Json head = {{"document", document.id.value},
               {"source",
                {{"name", source.name},
                 {"sha256", source.digest.hex()},
                 {"size", source.size},
                 {"media_type", media_type(source.format)},
                 {"signed", document.inspection.carries_signature}}},
               {"dossier", document.dossier},
               {"digitized_at", iso8601(document.digitized_at)},
               {"languages", languages_of(document.options.languages)},
               {"page_count", document.pages->page_count()}};
  if (const auto& part = document.part) {
    head["stack_part"] = {{"number", part->number},
                          {"first_page", part->first_page},
                          {"pages", part->pages},
                          {"component", part->component}};
  }
  if (!document.signature_report.empty()) {
    head["source"]["signatures"] = Json::parse(document.signature_report, nullptr, false);
  }
  std::string text = dump(head);
  text.pop_back();  // the object stays open
  return sink_.write(text + ",\"pages\":[\n");
}

Result<void> JsonWriter::add(const std::string& page) {
  if (!first_) SOHOA_DO(sink_.write(",\n"));
  first_ = false;
  return sink_.write(page);
}

Result<void> JsonWriter::add_page(const RecognizedPage& page) {
  Json written = {{"number", page.number.value},
                  {"width", page.width},
                  {"height", page.height},
                  {"dpi", rounded(page.dpi.value, 1)},
                  {"text_source", name_of(page.text_source)},
                  {"engine", page.engine},
                  {"text", page.text()},
                  {"blocks", blocks(page)},
                  {"barcodes", barcodes(page)},
                  {"quality", quality(page.quality)},
                  {"findings", findings(page.findings)},
                  {"times", times(page.times)}};
  if (page.hash) written["hash"] = page.hash->hex();
  if (page.ink) written["ink"] = page.ink->hex();
  return add(dump(written));
}

Result<void> JsonWriter::add_unread_page(const FailedPage& page) {
  return add(dump({{"number", page.page.value}, {"error", error(page.error)}}));
}

Result<void> JsonWriter::finish(const Summary& summary, const DocumentFields& fields) {
  SOHOA_DO(sink_.write("\n],\"quality\":" + dump(document_quality(summary)) + ",\"findings\":" +
                       dump(document_findings(summary, fields.findings)) + "," + fields_members(fields) + "}\n"));
  return sink_.flush();
}

}  // namespace sohoa::issue
