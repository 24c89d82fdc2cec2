// CSV and JSON meet in one form, a JSON object a record, so that a table has one reader. A JSON element's line is found
// by a walk over the text that knows strings and brackets and nothing else.
#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "pipeline/catalogue/csv.hpp"
#include "pipeline/catalogue/severity_names.hpp"
#include "pipeline/catalogue/tables.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::catalogue {
namespace {

using Json = nlohmann::json;

constexpr std::size_t longest_code = 64;
constexpr std::size_t longest_text = 2000;

/// Members of one record. What is wrong goes to the problems, and reads as empty.
class Record {
 public:
  Record(const Json& json, Place place, Tables& tables) : json_(json), place_(std::move(place)), tables_(tables) {}
  ~Record() {
    for (const auto& [key, value] : json_.items()) {
      if (!known_.contains(key)) wrong(key + ": is no member of this table");
    }
  }
  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;

  bool has(const std::string& key) {
    known_.insert(key);
    return json_.contains(key) && json_.at(key) != "";
  }

  std::string text(const std::string& key) {
    if (!has(key)) wrong(key + ": is missing");
    return has(key) ? optional_text(key) : std::string();
  }

  std::string optional_text(const std::string& key) {
    if (!has(key)) return {};
    const auto* raw = json_.at(key).get_ptr<const std::string*>();
    if (raw == nullptr || raw->size() > longest_text) {
      wrong(key + ": is not a text of at most 2000 bytes");
      return {};
    }
    if (raw->find('\0') != std::string::npos || text::nfc(*raw).find("\xEF\xBF\xBD") != std::string::npos) {
      wrong(key + ": is not well-formed UTF-8 text");
    }
    return text::nfc(*raw);
  }

  /// Letters, digits and "._-/", 64 bytes at most.
  std::string code(const std::string& key) {
    auto value = text(key);
    const auto good = [](char c) {
      return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
             c == '-';
    };
    if (value.size() > longest_code || !std::all_of(value.begin(), value.end(), good)) {
      wrong(key + " " + value + ": is not a code of letters, digits, '.', '_' and '-'");
    }
    return value;
  }

  std::optional<int> number(const std::string& key) {
    if (!has(key)) return std::nullopt;
    const auto& value = json_.at(key);
    if (value.is_number_unsigned() && value.get<std::uint64_t>() < 100'000) return value.get<int>();
    if (const auto* text = value.get_ptr<const std::string*>()) {
      int read = 0;
      const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), read);
      if (error == std::errc() && end == text->data() + text->size() && read >= 0 && read < 100'000) return read;
    }
    wrong(key + ": is not a whole number");
    return std::nullopt;
  }

  std::optional<Date> date(const std::string& key) {
    if (!has(key)) return std::nullopt;
    const auto date = date_of(optional_text(key));
    if (!date) wrong(key + ": is not a date like 2025-07-01");
    return date;
  }

  bool flag(const std::string& key) {
    if (has(key) && json_.at(key).is_boolean()) return json_.at(key).get<bool>();
    wrong(key + ": is not true or false");
    return false;
  }

  bool is_text(const std::string& key) { return !has(key) || json_.at(key).is_string(); }
  bool is(const std::string& key, std::string_view value) { return has(key) && json_.at(key) == value; }

  const Json& array(const std::string& key) {
    static const Json none = Json::array();
    if (!has(key)) return none;
    if (json_.at(key).is_array()) return json_.at(key);
    wrong(key + ": is not a list");
    return none;
  }

  const Json& object(const std::string& key) {
    static const Json none = Json::object();
    if (has(key) && json_.at(key).is_object()) return json_.at(key);
    wrong(key + ": is not an object");
    return none;
  }

  [[nodiscard]] const Place& place() const { return place_; }
  [[nodiscard]] Tables& tables() const { return tables_; }
  void wrong(const std::string& reason) { tables_.wrong(place_, reason); }

 private:
  const Json& json_;
  const Place place_;
  Tables& tables_;
  std::set<std::string> known_;
};

/// Decision 20/2020: at most 35 of A-Z, 0-9 and '.', groups from left to right [law].
void check_unit_code(Record& in, const std::string& code) {
  const auto good = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.'; };
  const bool groups = code.find("..") == std::string::npos && !code.starts_with('.') && !code.ends_with('.');
  if (code.size() > 35 || !groups || !std::all_of(code.begin(), code.end(), good)) {
    in.wrong("unit " + code + ": is not at most 35 of A-Z, 0-9 and '.' between groups");
  }
}

/// "N.NNNNNN", a provincial copy with its unit behind it.
void check_procedure_code(Record& in, const std::string& code) {
  const auto digit = [&](std::size_t at) { return code[at] >= '0' && code[at] <= '9'; };
  bool good = code.size() >= 8 && digit(0) && code[1] == '.' && (code.size() == 8 || code[8] == '.');
  for (std::size_t at = 2; good && at < 8; ++at) good = digit(at);
  if (!good && !code.empty()) in.wrong("procedure " + code + ": does not begin with N.NNNNNN");
}

std::optional<ValidityPeriod> validity(Record& in, const std::string& key) {
  if (!in.has(key)) return std::nullopt;
  if (in.is(key, "permanent")) return ValidityPeriod{0};
  const auto months = in.number(key);
  if (months == 0) in.wrong(key + ": is 0; write permanent");
  return ValidityPeriod{months.value_or(0)};
}

void read_unit(Record& in) {
  Unit unit{{in.text("unit")}, in.text("name"), {}};
  check_unit_code(in, unit.code.value);
  if (in.has("parent")) unit.parent = UnitCode{in.optional_text("parent")};
  in.tables().units.push_back({std::move(unit), in.place()});
}

void read_kind(Record& in) {
  PaperKind kind{{in.code("kind")}, in.text("name"), validity(in, "validity_months")};
  in.tables().kinds.push_back({std::move(kind), in.place()});
}

void read_component(Record& in) {
  ComponentRecord record{{in.text("procedure")}, {{in.code("component")}, in.text("name"), {in.code("kind")}, {}}};
  const auto duty = duty_of(in.text("duty"));
  if (!duty) in.wrong("duty: is unknown");
  record.component.duty = duty.value_or(DigitizationDuty::on_request);
  in.tables().components.push_back({std::move(record), in.place()});
}

void read_result(Record& in) {
  ResultRecord record{{in.text("procedure")}, {{in.code("result")}, in.text("name"), {in.code("kind")}}};
  in.tables().results.push_back({std::move(record), in.place()});
}

/// Components or results that stand within their procedure.
template <typename Read>
void read_inner(Record& in, const char* key, const std::string& procedure, Read&& read) {
  for (auto inner : in.array(key)) {
    if (!inner.is_object()) {
      in.wrong(std::string(key) + ": is not a list of objects");
      continue;
    }
    inner["procedure"] = procedure;
    Record record(inner, in.place(), in.tables());
    read(record);
  }
}

void read_procedure(Record& in) {
  Procedure procedure{{in.text("procedure")}, in.text("name"), in.optional_text("field"), {}, {}};
  check_procedure_code(in, procedure.code.value);
  read_inner(in, "components", procedure.code.value, read_component);
  read_inner(in, "results", procedure.code.value, read_result);
  in.tables().procedures.push_back({std::move(procedure), in.place()});
}

void read_officer(Record& in) {
  Officer officer{{in.code("officer")}, in.text("name"), {in.text("unit")}};
  in.tables().officers.push_back({std::move(officer), in.place()});
}

void read_service(Record& in) {
  ServiceAccount service{{in.code("service")}, in.text("name"), {}};
  if (in.is_text("kinds")) {
    std::istringstream words(in.optional_text("kinds"));
    for (std::string word; words >> word;) service.kinds.push_back({word});
  } else {
    for (const auto& kind : in.array("kinds")) {
      if (!kind.is_string()) in.wrong("kinds: is not a list of texts");
      if (kind.is_string()) service.kinds.push_back({kind.get<std::string>()});
    }
  }
  in.tables().services.push_back({std::move(service), in.place()});
}

Severity severity(Record& in) {
  const auto value = severities.value(in.text("severity"));
  if (!value) in.wrong("severity: is not note, warning or error");
  return value.value_or(Severity::error);
}

Requirement requirement(Record& in, const char* key) {
  Record inner(in.object(key), in.place(), in.tables());
  return {inner.flag("required"), severity(inner)};
}

void read_dpi(Record& in, RuleSet& rules) {
  Record inner(in.object("dpi"), in.place(), in.tables());
  rules.minimum_dpi = inner.number("minimum").value_or(0);
  rules.dpi_severity = severity(inner);
  if (rules.minimum_dpi < 72 || rules.minimum_dpi > 1200) inner.wrong("dpi: minimum is not between 72 and 1200");
}

void read_exemptions(Record& in, RuleSet& rules) {
  for (const auto& one : in.array("exemptions")) {
    if (!one.is_object()) {
      in.wrong("exemptions: is not a list of objects");
      continue;
    }
    Record inner(one, in.place(), in.tables());
    const auto form = form_of(inner.text("form"));
    if (!form) inner.wrong("exemptions: form is unknown");
    rules.exemptions.push_back(
        {form.value_or(PaperForm::photocopy), inner.text("vi"), inner.text("en"), inner.text("law")});
  }
}

void read_rule_set(Record& in) {
  RuleSet rules;
  rules.id = {in.code("rule_set")};
  rules.title = in.text("title");
  rules.law = in.text("law");
  if (!in.has("effective_from")) in.wrong("effective_from: is missing");
  rules.effective_from = in.date("effective_from").value_or(Date{});
  rules.effective_to = in.date("effective_to");
  read_dpi(in, rules);
  rules.colour = requirement(in, "colour");
  rules.images_equal_pages = requirement(in, "images_equal_pages");
  rules.no_blank_pages = requirement(in, "no_blank_pages");
  if (in.has("page_order")) rules.page_order = requirement(in, "page_order");
  read_exemptions(in, rules);
  for (const auto& pattern : in.array("dossier_codes")) {
    if (!pattern.is_string()) in.wrong("dossier_codes: is not a list of texts");
    if (pattern.is_string()) rules.dossier_codes.push_back(pattern.get<std::string>());
  }
  if (!in.has("validity_months")) in.wrong("validity_months: is missing");
  rules.default_validity = validity(in, "validity_months").value_or(ValidityPeriod{});
  rules.paper_code = in.text("paper_code");
  rules.result_code = in.text("result_code");
  (void)in.has("marks");  // what is law, practice or open: for people
  in.tables().rule_sets.push_back({std::move(rules), in.place()});
}

struct TableReader {
  const char* name;
  std::vector<std::string> columns;  ///< of a CSV file; none: JSON only
  void (*read)(Record&);
};

const std::vector<TableReader>& readers() {
  static const std::vector<TableReader> all{
      {"units", {"unit", "name", "parent"}, read_unit},
      {"kinds", {"kind", "name", "validity_months"}, read_kind},
      {"procedures", {"procedure", "name", "field"}, read_procedure},
      {"components", {"procedure", "component", "name", "kind", "duty"}, read_component},
      {"results", {"procedure", "result", "name", "kind"}, read_result},
      {"officers", {"officer", "name", "unit"}, read_officer},
      {"services", {"service", "name", "kinds"}, read_service},
      {"rule_sets", {}, read_rule_set}};
  return all;
}

/// For each member of the outermost object that is a list: the lines on which its elements begin.
std::map<std::string, std::vector<std::uint32_t>> element_lines(const std::string& text) {
  std::map<std::string, std::vector<std::uint32_t>> lines;
  std::string last_text;
  std::string list;
  std::uint32_t line = 1;
  int depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n') ++line;
    if (c == '"') {
      const auto begin = ++at;
      while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
      if (depth == 1 && at <= text.size()) last_text = text.substr(begin, at - begin);
    }
    if (c == '[' && depth == 1) list = last_text;
    if (c == '{' && depth == 2) lines[list].push_back(line);
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
  }
  return lines;
}

void read_json(Tables& tables, const CatalogueFile& file) {
  Json json;
  try {
    json = Json::parse(file.text);
  } catch (const Json::parse_error& error) {
    const auto until = file.text.begin() + static_cast<std::ptrdiff_t>(std::min(error.byte, file.text.size()));
    const auto line = 1 + std::count(file.text.begin(), until, '\n');
    return tables.wrong({file.name, static_cast<std::uint32_t>(line)}, "is not JSON");
  }
  if (!json.is_object()) return tables.wrong({file.name, 1}, "is not a JSON object");
  const auto lines = element_lines(file.text);
  for (const auto& [name, list] : json.items()) {
    const auto& all = readers();
    const auto reader = std::find_if(all.begin(), all.end(), [&](const auto& one) { return name == one.name; });
    const bool objects =
        list.is_array() && std::all_of(list.begin(), list.end(), [](const auto& one) { return one.is_object(); });
    if (reader == all.end() || !objects) {
      tables.wrong({file.name, 1}, name + (reader == all.end() ? ": is no table" : ": is not a list of objects"));
      continue;
    }
    tables.present.insert(name);
    for (std::size_t i = 0; i < list.size(); ++i) {
      Record record(list[i], {file.name, lines.at(name)[i]}, tables);
      reader->read(record);
    }
  }
}

/// The table whose columns these are, in whatever order.
const TableReader* reader_of(std::vector<std::string> header) {
  std::sort(header.begin(), header.end());
  for (const auto& reader : readers()) {
    auto columns = reader.columns;
    std::sort(columns.begin(), columns.end());
    if (!columns.empty() && columns == header) return &reader;
  }
  return nullptr;
}

void read_csv_table(Tables& tables, const CatalogueFile& file) {
  const auto rows = read_csv(file.text);
  if (!rows) {
    // "line 7: reason": the place has a member of its own
    const auto& message = rows.error().message;
    const auto colon = message.find(": ");
    return tables.wrong({file.name, static_cast<std::uint32_t>(std::stoul(message.substr(5, colon - 5)))},
                        message.substr(colon + 2));
  }
  const auto* reader = rows->empty() ? nullptr : reader_of(rows->front().fields);
  if (reader == nullptr) return tables.wrong({file.name, 1}, "has not the columns of any table");
  tables.present.insert(reader->name);
  const auto& header = rows->front().fields;
  for (std::size_t i = 1; i < rows->size(); ++i) {
    const auto& [line, fields] = (*rows)[i];
    if (fields.size() != header.size()) {
      tables.wrong({file.name, line},
                   "has " + std::to_string(fields.size()) + " fields instead of " + std::to_string(header.size()));
      continue;
    }
    Json json;
    for (std::size_t column = 0; column < fields.size(); ++column) json[header[column]] = fields[column];
    Record record(json, {file.name, line}, tables);
    reader->read(record);
  }
}

}  // namespace

void read_into(Tables& tables, const CatalogueFile& file) {
  file.name.ends_with(".json") ? read_json(tables, file) : read_csv_table(tables, file);
}

}  // namespace sohoa::catalogue
