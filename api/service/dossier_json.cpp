#include "api/service/dossier_json.hpp"

#include <nlohmann/json.hpp>
#include <set>

#include "pipeline/text/unicode.hpp"

namespace sohoa::api {
namespace {

using Json = nlohmann::ordered_json;

/// Members of one object; the first that is wrong is kept.
class Members {
 public:
  explicit Members(const Json& json) : json_(json) {}

  std::string text(const char* key) {
    if (!has(key)) wrong(key, "is missing");
    return optional_text(key);
  }
  std::string optional_text(const char* key) {
    if (!has(key)) return {};
    const auto* value = json_.at(key).get_ptr<const std::string*>();
    if (!value || value->find('\0') != std::string::npos) wrong(key, "is not a text");
    return value ? text::nfc(*value) : std::string();
  }
  std::uint32_t number(const char* key) {
    if (!has(key)) return 0;
    const auto& value = json_.at(key);
    if (value.is_number_unsigned() && value.get<std::uint64_t>() <= 100'000) return value.get<std::uint32_t>();
    wrong(key, "is not a whole number up to 100000");
    return 0;
  }
  bool flag(const char* key) {
    if (!has(key)) return false;
    if (json_.at(key).is_boolean()) return json_.at(key).get<bool>();
    wrong(key, "is not true or false");
    return false;
  }
  /// A day, or a time as iso8601() writes it.
  std::optional<WallTime> time(const char* key) {
    if (!has(key)) return std::nullopt;
    const auto value = optional_text(key);
    if (const auto time = time_of(value)) return time;
    if (const auto date = date_of(value)) return start_of(*date);
    wrong(key, "is neither a date nor a time like 2025-07-01T08:00:00.000+07:00");
    return std::nullopt;
  }
  template <typename Named>
  auto named(const char* key, Named&& value_of, typename decltype(value_of(""))::value_type fallback) {
    if (!has(key)) return fallback;
    const auto value = value_of(optional_text(key));
    if (!value) wrong(key, "is unknown");
    return value.value_or(fallback);
  }
  const Json& object(const char* key) {
    if (has(key) && json_.at(key).is_object()) return json_.at(key);
    static const Json none = Json::object();
    wrong(key, "is not an object");
    return none;
  }
  const Json& array(const char* key) {
    static const Json none = Json::array();
    if (!has(key)) return none;
    if (json_.at(key).is_array()) return json_.at(key);
    wrong(key, "is not a list");
    return none;
  }
  bool has(const char* key) {
    known_.insert(key);
    return json_.is_object() && json_.contains(key) && !json_.at(key).is_null();
  }

  /// What was wrong, members that nobody asked for included.
  Result<void> end(const std::string& place) {
    if (!json_.is_object()) wrong("dossier", "is not an object");
    for (const auto& [key, value] : json_.items()) {
      if (!problem_ && !known_.contains(key)) wrong(key, "is no member of a dossier");
    }
    if (problem_) return Error{ErrorCode::invalid_input, place + ": " + *problem_};
    return {};
  }

 private:
  void wrong(const std::string& key, const char* reason) {
    if (!problem_) problem_ = key + " " + reason;
  }

  const Json& json_;
  std::set<std::string> known_;
  std::optional<std::string> problem_;
};

Result<Owner> read_owner(const Json& json, const std::string& place) {
  Members in(json);
  Owner owner;
  owner.id = {in.optional_text("id")};
  owner.name = in.text("name");
  const auto kind = [](const std::string& name) -> std::optional<OwnerKind> {
    if (name == "person") return OwnerKind::person;
    return name == "organisation" ? std::optional(OwnerKind::organisation) : std::nullopt;
  };
  owner.kind = in.named("kind", kind, OwnerKind::person);
  for (const auto& id : in.array("other_ids")) {
    if (!id.is_string()) return Error{ErrorCode::invalid_input, place + ": other_ids is not a list of texts"};
    owner.other_ids.push_back({text::nfc(id.get<std::string>())});
  }
  SOHOA_DO(in.end(place + ": owner"));
  return owner;
}

Result<DossierComponent> read_component(const Json& json, Channel channel, const std::string& place) {
  Members in(json);
  DossierComponent component;
  component.code = {in.text("component")};
  component.form =
      in.named("form", form_of, channel == Channel::online ? PaperForm::filed_online : PaperForm::original);
  component.pages = in.number("pages");
  component.sticky_notes = in.number("sticky_notes");
  SOHOA_DO(in.end(place));
  return component;
}

Result<ReceptionRequest> read_reception(const Json& json) {
  Members in(json);
  ReceptionRequest request;
  auto& reception = request.reception;
  reception.code = {in.text("dossier")};
  const auto place = "dossier " + reception.code.value;
  reception.procedure = {in.text("procedure")};
  reception.unit = {in.text("unit")};
  reception.officer = {in.text("officer")};
  reception.channel = in.named("channel", channel_of, Channel::direct);
  reception.status = in.named("status", status_of, DossierStatus::accepted);
  reception.received_at = in.time("received_at");
  reception.due_at = in.time("due_at");
  reception.population_data = in.flag("population_data");
  reception.vneid_authenticated = in.flag("vneid_authenticated");
  SOHOA_TRY(reception.owner, read_owner(in.object("owner"), place));
  for (const auto& one : in.array("components")) {
    SOHOA_TRY(auto component, read_component(one, reception.channel, place));
    reception.components.push_back(std::move(component));
  }
  if (!in.has("components")) request.components = ReceptionRequest::Components::all_of_procedure;
  SOHOA_DO(in.end(place));
  return request;
}

std::string text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json value(const std::optional<Date>& date) {
  return date ? Json(iso_date(*date)) : Json();
}

Json value(const EntryReceipt& receipt) {
  return {{"entry", receipt.entry}, {"hash", receipt.entry_hash.hex()}, {"recorded_at", receipt.recorded_at}};
}

Json value(const FiledPaper& paper) {
  const auto& details = paper.details;
  return {{"document", paper.document.value},
          {"code", paper.code.value},
          {"kind", details.kind.value},
          {"owner", details.owner.value},
          {"name", details.name},
          {"number_symbol", details.number_symbol},
          {"issuing_agency", details.issuing_agency},
          {"abstract", details.abstract},
          {"issue_date", value(details.issued)},
          {"valid_until", value(details.valid_until)},
          {"pages", paper.pages}};
}

Json value(const FoundPaper& paper) {
  auto json = value(paper.held.paper);
  json["place"] = text_of(paper.held.place);
  json["receipt"] = value(paper.held.receipt);
  json["valid"] = paper.validity.valid;
  json["valid_until"] = value(paper.validity.until);
  json["reason"] = {{"vi", paper.validity.vietnamese}, {"en", paper.validity.english}};
  return json;
}

Json value(const RuleFinding& finding) {
  constexpr std::string_view severities[] = {"note", "warning", "error"};
  return {{"code", finding.code},   {"severity", severities[static_cast<std::size_t>(finding.severity)]},
          {"pages", finding.pages}, {"vi", finding.vietnamese},
          {"en", finding.english},  {"law", finding.law}};
}

Json value(const DossierComponent& component) {
  Json json{{"component", component.code.value},
            {"kind", component.kind.value},
            {"form", name_of(component.form)},
            {"state", static_cast<int>(component.state)},
            {"state_name", name_of(component.state)}};
  if (component.pages > 0) json["pages"] = component.pages;
  if (component.paper) json["paper"] = value(*component.paper);
  if (component.source) json["source"] = text_of(*component.source);
  if (!component.portal_code.empty()) json["portal_code"] = component.portal_code;
  if (component.entry) json["entry"] = *component.entry;
  return json;
}

}  // namespace

Result<std::vector<ReceptionRequest>> read_receptions(const std::string& json_text) {
  const auto json = Json::parse(json_text, nullptr, false);
  if (json.is_discarded()) return Error{ErrorCode::invalid_input, "is not JSON"};
  std::vector<ReceptionRequest> requests;
  for (const auto& one : json.is_array() ? json : Json::array({json})) {
    SOHOA_TRY(auto request, read_reception(one));
    requests.push_back(std::move(request));
  }
  return requests;
}

std::string to_json(const Dossier& dossier) {
  const auto& reception = dossier.reception;
  Json components = Json::array();
  for (const auto& component : reception.components) components.push_back(value(component));
  Json results = Json::array();
  for (const auto& result : dossier.results) {
    auto one = value(result.paper);
    one["result"] = result.type.value;
    one["cancelled"] = result.cancelled;
    one["entry"] = result.entry;
    results.push_back(std::move(one));
  }
  Json unplaced = Json::array();
  for (const auto& document : dossier.unplaced) unplaced.push_back(document.value);
  return text({{"dossier", reception.code.value},
               {"procedure", reception.procedure.value},
               {"unit", reception.unit.value},
               {"officer", reception.officer.value},
               {"owner", {{"id", reception.owner.id.value}, {"name", reception.owner.name}}},
               {"channel", name_of(reception.channel)},
               {"status", name_of(reception.status)},
               {"received_at", reception.received_at ? Json(iso8601(*reception.received_at)) : Json()},
               {"due_at", reception.due_at ? Json(iso8601(*reception.due_at)) : Json()},
               {"rule_set", reception.rule_set.value},
               {"components", std::move(components)},
               {"results", std::move(results)},
               {"unplaced", std::move(unplaced)},
               {"history", dossier.history}});
}

std::string to_json(const ReceivedDossier& received, const DossierCode& code) {
  Json offers = Json::array();
  for (const auto& offer : received.offers) {
    Json papers = Json::array();
    for (const auto& paper : offer.valid) papers.push_back(value(paper));
    offers.push_back({{"component", offer.component.value},
                      {"exempt", offer.exempt ? value(*offer.exempt) : Json()},
                      {"held", std::move(papers)}});
  }
  return text({{"dossier", code.value}, {"receipt", value(received.receipt)}, {"offers", std::move(offers)}});
}

std::string to_json(const FoundPaper& paper) {
  return text(value(paper));
}

std::string to_json(const Filing& filing) {
  Json findings = Json::array();
  for (const auto& finding : filing.findings) findings.push_back(value(finding));
  return text({{"status", filing.receipt ? "filed" : "refused"},
               {"code", filing.code.value},
               {"receipt", filing.receipt ? value(*filing.receipt) : Json()},
               {"findings", std::move(findings)}});
}

std::string to_json(const EntryReceipt& receipt) {
  return text({{"receipt", value(receipt)}});
}

std::string to_json(const IndicatorLine& line) {
  Json counts;
  for (std::size_t i = 0; i < metric_count; ++i)
    counts[std::string(name_of(static_cast<Metric>(i)))] = line.tally.counts[i];
  Json indicators = Json::array();
  for (const auto& one : line.indicators) {
    const auto hundredths = [](const auto& number) { return number ? Json(two_decimals(number)) : Json(); };
    indicators.push_back({{"code", one.code},
                          {"numerator", one.numerator},
                          {"denominator", one.denominator},
                          {"percent", hundredths(one.percent_hundredths)},
                          {"score", hundredths(one.score_hundredths)},
                          {"points", one.points}});
  }
  return text(
      {{"key", line.key}, {"name", line.name}, {"counts", std::move(counts)}, {"indicators", std::move(indicators)}});
}

std::string to_json(const WorkLine& line) {
  return text({{"officer", line.officer.value},
               {"name", line.name},
               {"papers", line.work.papers},
               {"pages", line.work.pages},
               {"errors", line.work.errors},
               {"hours", line.work.hours},
               {"pages_an_hour", static_cast<std::uint64_t>(line.pages_an_hour() + 0.5)}});
}

}  // namespace sohoa::api
