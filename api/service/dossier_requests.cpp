#include "api/service/dossier_requests.hpp"

#include "api/service/json_members.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::api {
namespace {

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
