#include "archive/change_json.hpp"

#include <algorithm>

#include "archive/stored_values.hpp"
#include "pipeline/base/date.hpp"

namespace sohoa {
namespace {

constexpr std::string_view kinds[] = {"dossier", "component", "result", "reuse", "cancellation", "status", "sync"};

// What is not known has no member: a text that is empty, a number that is 0.
void put_text(Json& json, const char* key, const std::string& text) {
  if (!text.empty()) json[key] = text_value(text);
}
void put_date(Json& json, const char* key, const std::optional<Date>& date) {
  if (date) json[key] = iso_date(*date);
}
void put_time(Json& json, const char* key, const std::optional<WallTime>& time) {
  if (time) json[key] = iso8601(*time);
}
void put_number(Json& json, const char* key, std::uint32_t number) {
  if (number > 0) json[key] = number;
}

std::string text_or_none(JsonReader& in, const char* key) {
  return in.has(key) ? in.text(key) : std::string();
}
std::uint32_t number_or_none(JsonReader& in, const char* key) {
  return in.has(key) ? in.number32(key) : 0;
}
std::optional<Date> date_or_none(JsonReader& in, const char* key) {
  if (!in.has(key)) return std::nullopt;
  const auto date = date_of(in.text(key));
  if (!date) in.fail(key, "is not a date");
  return date;
}
std::optional<WallTime> time_or_none(JsonReader& in, const char* key) {
  if (!in.has(key)) return std::nullopt;
  return in.time(key);
}

std::vector<std::string> texts_of(JsonReader& in, const char* key) {
  std::vector<std::string> texts;
  for (const auto& one : in.array(key)) {
    if (!one.is_string()) in.fail(key, "is not a list of texts");
    if (one.is_string()) texts.push_back(one.get<std::string>());
  }
  return texts;
}

template <typename Found>
auto named(JsonReader& in, const char* key, Found&& found) -> typename decltype(found(""))::value_type {
  const auto value = found(in.text(key));
  if (!value) in.fail(key, "is unknown");
  return value.value_or(typename decltype(found(""))::value_type{});
}

Json details_value(const PaperDetails& details) {
  Json json{{"kind", text_value(details.kind.value)}, {"owner", text_value(details.owner.value)}};
  put_text(json, "name", details.name);
  put_text(json, "number_symbol", details.number_symbol);
  put_text(json, "issuing_agency", details.issuing_agency);
  put_text(json, "abstract", details.abstract);
  put_text(json, "scope", details.scope);
  put_date(json, "issue_date", details.issued);
  put_date(json, "valid_until", details.valid_until);
  return json;
}

PaperDetails read_details(JsonReader in) {
  PaperDetails details;
  details.kind = {in.text("kind")};
  details.owner = {in.text("owner")};
  details.name = text_or_none(in, "name");
  details.number_symbol = text_or_none(in, "number_symbol");
  details.issuing_agency = text_or_none(in, "issuing_agency");
  details.abstract = text_or_none(in, "abstract");
  details.scope = text_or_none(in, "scope");
  details.issued = date_or_none(in, "issue_date");
  details.valid_until = date_or_none(in, "valid_until");
  return details;
}

Json paper_value(const FiledPaper& paper) {
  Json json{{"document", paper.document.value},
            {"code", text_value(paper.code.value)},
            {"fields", details_value(paper.details)},
            {"pages", paper.pages}};
  put_number(json, "findings", paper.findings);
  for (const auto& code : paper.warnings) json["warnings"].push_back(text_value(code));
  return json;
}

FiledPaper read_paper(JsonReader in) {
  FiledPaper paper;
  paper.document = {in.text("document")};
  paper.code = {in.text("code")};
  paper.details = read_details(in.object("fields"));
  paper.pages = in.number32("pages");
  paper.findings = number_or_none(in, "findings");
  if (in.has("warnings")) paper.warnings = texts_of(in, "warnings");
  return paper;
}

Json place_value(const PaperPlace& place) {
  Json json{{"dossier", text_value(place.dossier.value)}};
  put_text(json, "component", place.component.value);
  put_number(json, "result", place.result);
  return json;
}

PaperPlace read_place(JsonReader in) {
  PaperPlace place{{in.text("dossier")}, {text_or_none(in, "component")}, number_or_none(in, "result")};
  if ((place.result > 0) == !place.component.value.empty()) in.fail("result", "or component names the paper");
  return place;
}

Json owner_value(const Owner& owner) {
  Json json{{"id", text_value(owner.id.value)},
            {"kind", owner.kind == OwnerKind::person ? "person" : "organisation"},
            {"name", text_value(owner.name)}};
  Json others = Json::array();
  for (const auto& id : owner.other_ids) others.push_back(text_value(id.value));
  if (!others.empty()) json["other_ids"] = std::move(others);
  return json;
}

Owner read_owner(JsonReader in) {
  Owner owner;
  owner.id = {in.text("id")};
  owner.name = in.text("name");
  const auto kind = in.text("kind");
  if (kind != "person" && kind != "organisation") in.fail("kind", "is unknown");
  owner.kind = kind == "organisation" ? OwnerKind::organisation : OwnerKind::person;
  if (!in.has("other_ids")) return owner;
  for (auto& id : texts_of(in, "other_ids")) owner.other_ids.push_back({std::move(id)});
  return owner;
}

Json components_value(const std::vector<DossierComponent>& components) {
  Json all = Json::array();
  for (const auto& component : components) {
    Json json{{"code", text_value(component.code.value)},
              {"kind", text_value(component.kind.value)},
              {"form", std::string(name_of(component.form))}};
    put_number(json, "pages", component.pages);
    put_number(json, "sticky_notes", component.sticky_notes);
    all.push_back(std::move(json));
  }
  return all;
}

DossierComponent read_component(JsonReader in) {
  DossierComponent component;
  component.code = {in.text("code")};
  component.kind = {in.text("kind")};
  component.form = named(in, "form", form_of);
  component.pages = number_or_none(in, "pages");
  component.sticky_notes = number_or_none(in, "sticky_notes");
  return component;
}

void put(Json& json, const DossierReceived& change) {
  const auto& reception = change.reception;
  json["dossier"] = text_value(reception.code.value);
  json["procedure"] = text_value(reception.procedure.value);
  json["unit"] = text_value(reception.unit.value);
  json["officer"] = text_value(reception.officer.value);
  json["owner"] = owner_value(reception.owner);
  json["channel"] = std::string(name_of(reception.channel));
  json["status"] = std::string(name_of(reception.status));
  put_time(json, "received_at", reception.received_at);
  put_time(json, "due_at", reception.due_at);
  json["rule_set"] = text_value(reception.rule_set.value);
  json["returns_document"] = reception.returns_document;
  json["population_data"] = reception.population_data;
  json["vneid_authenticated"] = reception.vneid_authenticated;
  json["components"] = components_value(reception.components);
}

DossierReceived read_received(JsonReader in, std::optional<Error>& problem) {
  Reception reception;
  reception.code = {in.text("dossier")};
  reception.procedure = {in.text("procedure")};
  reception.unit = {in.text("unit")};
  reception.officer = {in.text("officer")};
  reception.owner = read_owner(in.object("owner"));
  reception.channel = named(in, "channel", channel_of);
  reception.status = named(in, "status", status_of);
  reception.received_at = time_or_none(in, "received_at");
  reception.due_at = time_or_none(in, "due_at");
  reception.rule_set = {in.text("rule_set")};
  reception.returns_document = in.flag("returns_document");
  reception.population_data = in.flag("population_data");
  reception.vneid_authenticated = in.flag("vneid_authenticated");
  for (const auto& one : in.array("components")) reception.components.push_back(read_component({one, problem}));
  return {std::move(reception)};
}

void put(Json& json, const ComponentDigitized& change) {
  json["dossier"] = text_value(change.dossier.value);
  json["component"] = text_value(change.component.value);
  json["paper"] = paper_value(change.paper);
}

void put(Json& json, const ResultIssued& change) {
  json["dossier"] = text_value(change.dossier.value);
  json["type"] = text_value(change.type.value);
  json["paper"] = paper_value(change.paper);
}

void put(Json& json, const PaperReused& change) {
  json["dossier"] = text_value(change.dossier.value);
  json["component"] = text_value(change.component.value);
  if (change.source) json["source"] = place_value(*change.source);
  put_text(json, "portal_code", change.portal_code);
  json["purpose"] = text_value(change.purpose);
}

PaperReused read_reused(JsonReader in) {
  PaperReused reused;
  reused.dossier = {in.text("dossier")};
  reused.component = {in.text("component")};
  if (in.has("source")) reused.source = read_place(in.object("source"));
  reused.portal_code = text_or_none(in, "portal_code");
  reused.purpose = in.text("purpose");
  if (reused.source.has_value() == !reused.portal_code.empty()) in.fail("source", "or portal_code names the paper");
  return reused;
}

void put(Json& json, const PaperCancelled& change) {
  json["paper"] = place_value(change.place);
  json["reason"] = text_value(change.reason);
}

void put(Json& json, const StatusChanged& change) {
  json["dossier"] = text_value(change.dossier.value);
  json["status"] = std::string(name_of(change.status));
}

void put(Json& json, const DossierSynced& change) {
  json["dossier"] = text_value(change.dossier.value);
  json["results"] = change.results;
}

}  // namespace

bool is_change_kind(std::string_view kind) {
  return std::find(std::begin(kinds), std::end(kinds), kind) != std::end(kinds);
}

Json change_value(const DossierChange& change) {
  Json json;
  json["kind"] = std::string(kind_of(change));
  json["by"] = actor_value(change.by);
  std::visit([&](const auto& what) { put(json, what); }, change.what);
  return json;
}

DossierChange read_change(JsonReader in, std::string_view kind, std::optional<Error>& problem) {
  DossierChange change;
  change.by = read_actor(in.object("by"));
  if (kind == "dossier") change.what = read_received(in, problem);
  if (kind == "component") {
    change.what = ComponentDigitized{{in.text("dossier")}, {in.text("component")}, read_paper(in.object("paper"))};
  }
  if (kind == "result") {
    change.what = ResultIssued{{in.text("dossier")}, {in.text("type")}, read_paper(in.object("paper"))};
  }
  if (kind == "reuse") change.what = read_reused(in);
  if (kind == "cancellation") change.what = PaperCancelled{read_place(in.object("paper")), in.text("reason")};
  if (kind == "status") change.what = StatusChanged{{in.text("dossier")}, named(in, "status", status_of)};
  if (kind == "sync") change.what = DossierSynced{{in.text("dossier")}, in.number32("results")};
  return change;
}

}  // namespace sohoa
