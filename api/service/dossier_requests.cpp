#include "api/service/dossier_requests.hpp"

#include <nlohmann/json.hpp>
#include <set>

#include "pipeline/text/unicode.hpp"

namespace sohoa::api {
namespace {

using Json = nlohmann::json;

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
  std::optional<Date> date(const char* key) {
    if (!has(key)) return std::nullopt;
    const auto date = date_of(optional_text(key));
    if (!date) wrong(key, "is not a date like 2025-07-01");
    return date;
  }
  std::optional<PaperPlace> place(const char* key) {
    if (!has(key)) return std::nullopt;
    const auto place = place_of(optional_text(key));
    if (!place) wrong(key, "is not CODE/COMPONENT or CODE/KQ1");
    return place;
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
    if (!json_.is_object()) wrong("it", "is not an object");
    for (const auto& [key, value] : json_.items()) {
      if (!problem_ && !known_.contains(key)) wrong(key, "is not known");
    }
    if (problem_) return Error{ErrorCode::invalid_input, (place.empty() ? place : place + ": ") + *problem_};
    return {};
  }
  void wrong(const std::string& key, const char* reason) {
    if (!problem_) problem_ = key + " " + reason;
  }

 private:
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

Result<Json> parsed(const std::string& text) {
  auto json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return Error{ErrorCode::invalid_input, "is not JSON"};
  return json;
}

Actor officer_of(Members& in) {
  return {Actor::Kind::officer, in.text("officer")};
}

}  // namespace

Result<std::vector<ReceptionRequest>> read_receptions(const std::string& json_text) {
  SOHOA_TRY(const auto json, parsed(json_text));
  std::vector<ReceptionRequest> requests;
  for (const auto& one : json.is_array() ? json : Json::array({json})) {
    SOHOA_TRY(auto request, read_reception(one));
    requests.push_back(std::move(request));
  }
  return requests;
}

Result<FilingRequest> read_filing(const std::string& json_text, const DossierCode& dossier,
                                  const ComponentCode& component) {
  SOHOA_TRY(const auto json, parsed(json_text));
  Members in(json);
  FilingRequest request;
  request.officer = {in.text("officer")};
  request.dossier = dossier;
  request.component = component;
  if (component.value.empty()) request.result = {in.text("result")};
  request.document = {in.text("document")};
  if (in.has("fields")) {
    Members fields(in.object("fields"));
    auto& details = request.details;
    details.owner = {fields.optional_text("owner")};
    details.name = fields.optional_text("name");
    details.number_symbol = fields.optional_text("number_symbol");
    details.issuing_agency = fields.optional_text("issuing_agency");
    details.abstract = fields.optional_text("abstract");
    details.scope = fields.optional_text("scope");
    details.issued = fields.date("issue_date");
    details.valid_until = fields.date("valid_until");
    SOHOA_DO(fields.end("fields"));
  }
  SOHOA_DO(in.end(""));
  return request;
}

Result<ReuseRequest> read_reuse(const std::string& json_text) {
  SOHOA_TRY(const auto json, parsed(json_text));
  Members in(json);
  ReuseRequest request;
  const bool service = in.has("service");
  if (service && in.has("officer")) in.wrong("officer", "or service says who reuses, not both");
  request.by = {service ? Actor::Kind::service : Actor::Kind::officer, in.text(service ? "service" : "officer")};
  request.dossier = {in.text("dossier")};
  request.component = {in.optional_text("component")};
  request.source = in.place("paper");
  request.portal_code = in.optional_text("portal_code");
  request.purpose = in.text("purpose");
  request.on = in.date("on").value_or(date_of(now()));
  SOHOA_DO(in.end(""));
  return request;
}

Result<DossierChange> read_cancellation(const std::string& json_text) {
  SOHOA_TRY(const auto json, parsed(json_text));
  Members in(json);
  const auto by = officer_of(in);
  const auto place = in.place("paper");
  if (!in.has("paper")) in.wrong("paper", "is missing");
  auto reason = in.text("reason");
  SOHOA_DO(in.end(""));
  return DossierChange{by, PaperCancelled{*place, std::move(reason)}};
}

Result<DossierChange> read_status(const std::string& json_text, const DossierCode& dossier) {
  SOHOA_TRY(const auto json, parsed(json_text));
  Members in(json);
  const auto by = officer_of(in);
  if (!in.has("status")) in.wrong("status", "is missing");
  const auto status = in.named("status", status_of, DossierStatus::in_process);
  SOHOA_DO(in.end(""));
  return DossierChange{by, StatusChanged{dossier, status}};
}

Result<DossierChange> read_sync(const std::string& json_text, const DossierCode& dossier) {
  SOHOA_TRY(const auto json, parsed(json_text));
  Members in(json);
  const auto by = officer_of(in);
  const auto results = in.number("results");
  SOHOA_DO(in.end(""));
  return DossierChange{by, DossierSynced{dossier, results}};
}

}  // namespace sohoa::api
