#include "api/service/dossier_service.hpp"

#include <algorithm>
#include <cstdio>

#include "api/service/document_facts.hpp"
#include "pipeline/rules/codes.hpp"
#include "pipeline/rules/judge.hpp"

namespace sohoa::api {
namespace {

Error invalid(const std::string& message) {
  return {ErrorCode::invalid_input, message};
}

template <typename T, typename C>
Result<const T*> known(const T* found, const C& code, const char* what) {
  if (found == nullptr) return invalid(std::string(what) + " " + code.value + ": is not in the catalogue");
  return found;
}

Date day_of(const Reception& reception) {
  return date_of(reception.received_at.value_or(now()));
}

Result<void> complete(DossierComponent& component, const Procedure& procedure) {
  const auto at = std::find_if(procedure.components.begin(), procedure.components.end(),
                               [&](const auto& one) { return one.code == component.code; });
  if (at == procedure.components.end()) {
    return invalid("component " + component.code.value + ": procedure " + procedure.code.value + " has none such");
  }
  component.kind = at->kind;
  return {};
}

/// An empty text takes what else is known.
void fill(std::string& text, const std::string& from) {
  if (text.empty()) text = from;
}

std::string field(const DocumentFacts& facts, const char* name) {
  const auto at = facts.fields.find(name);
  return at != facts.fields.end() ? at->second.front() : std::string();
}

/// The last day that an ISO 8601 interval or, from the day of issue on, a duration in months or years states.
std::optional<Date> last_day_of(const std::string& validity, const std::optional<Date>& issued) {
  if (const auto slash = validity.find('/'); slash != std::string::npos) {
    return date_of(std::string_view(validity).substr(slash + 1));
  }
  int count = 0;
  char unit = 0;
  char end = 0;
  if (!issued || std::sscanf(validity.c_str(), "P%4d%c%c", &count, &unit, &end) != 2) return std::nullopt;
  if (count < 1 || (unit != 'M' && unit != 'Y')) return std::nullopt;
  return plus_months(*issued, unit == 'Y' ? 12 * count : count);
}

/// What the officer left out is taken from the document, as far as it was read without doubt.
PaperDetails completed(PaperDetails details, const DocumentFacts& facts) {
  fill(details.number_symbol, field(facts, "number_symbol"));
  fill(details.issuing_agency, field(facts, "issuing_agency"));
  fill(details.abstract, field(facts, "abstract"));
  if (!details.issued) details.issued = date_of(field(facts, "issue_date"));
  if (!details.valid_until) details.valid_until = last_day_of(field(facts, "validity"), details.issued);
  return details;
}

/// Fields that would have been taken, had they been read without doubt.
std::vector<std::string> unsure_fields(const PaperDetails& details, const DocumentFacts& facts) {
  std::vector<std::string> names;
  const auto add = [&](const char* name, bool is_known) {
    if (!is_known && facts.unsure.contains(name)) names.emplace_back(name);
  };
  add("number_symbol", !details.number_symbol.empty());
  add("issue_date", details.issued.has_value());
  add("issuing_agency", !details.issuing_agency.empty());
  add("abstract", !details.abstract.empty());
  add("validity", details.valid_until.has_value());
  return names;
}

FoundPaper judged(HeldPaper held, const RuleSet& rules, const Catalogue& catalogue, Date on) {
  const auto recorded = time_of(held.receipt.recorded_at);
  const auto& details = held.paper.details;
  auto validity =
      rules::validity_of(details, date_of(recorded.value_or(now())), catalogue.kind(details.kind), rules, on);
  if (held.cancelled) {
    validity.valid = false;
    validity.vietnamese = "Đã bị hủy bỏ (mục nhật ký " + std::to_string(*held.cancelled) + ").";
    validity.english = "Cancelled by journal entry " + std::to_string(*held.cancelled) + ".";
  }
  return {std::move(held), std::move(validity)};
}

}  // namespace

Result<Reception> DossierService::completed(const ReceptionRequest& request, const Catalogue& catalogue) const {
  auto reception = request.reception;
  const auto place = "dossier " + reception.code.value;
  SOHOA_DO(known(catalogue.unit(reception.unit), reception.unit, "unit"));
  SOHOA_DO(known(catalogue.officer(reception.officer), reception.officer, "officer"));
  SOHOA_TRY(const auto* procedure, known(catalogue.procedure(reception.procedure), reception.procedure, "procedure"));
  const auto* rules = catalogue.rules_on(day_of(reception));
  if (rules == nullptr) return invalid(place + ": no rule set is in force on " + iso_date(day_of(reception)));
  if (!rules::is_dossier_code(*rules, reception.code)) {
    return invalid(place + ": is no dossier code by rule set " + rules->id.value);
  }
  // An applicant may have no identifier, but not a false one.
  if (!reception.owner.id.value.empty() && !rules::is_owner_id(reception.owner.kind, reception.owner.id)) {
    return invalid(place + ": owner " + reception.owner.id.value + ": is no identifier of a " +
                   (reception.owner.kind == OwnerKind::person ? "person" : "organisation"));
  }
  reception.rule_set = rules->id;
  reception.returns_document = !procedure->results.empty();
  if (request.components == ReceptionRequest::Components::all_of_procedure) {
    const auto form = reception.channel == Channel::online ? PaperForm::filed_online : PaperForm::original;
    for (const auto& one : procedure->components) reception.components.push_back({one.code, one.kind, form});
  }
  for (auto& component : reception.components) {
    if (const auto done = complete(component, *procedure); !done) return done.error().within(place);
    if (component.pages > 0 && component.sticky_notes > component.pages) {
      return invalid(place + ": component " + component.code.value + ": more sticky notes than pages");
    }
  }
  return reception;
}

Result<std::vector<FoundPaper>> DossierService::found(const HeldPapersQuery& query, const RuleSet& rules,
                                                      const Catalogue& catalogue, Date on) const {
  SOHOA_TRY(auto held, ask(parts_.following, [&] { return parts_.owners.papers(query); }));
  std::vector<FoundPaper> papers;
  for (auto& one : held) papers.push_back(judged(std::move(one), rules, catalogue, on));
  return papers;
}

Result<std::vector<ComponentOffer>> DossierService::offers_for(const Reception& reception,
                                                               const Catalogue& catalogue) const {
  SOHOA_TRY(const auto* rules, known(catalogue.rule_set(reception.rule_set), reception.rule_set, "rule set"));
  std::vector<ComponentOffer> offers;
  for (const auto& component : reception.components) {
    if (component.state != ComponentState::not_digitized) continue;
    ComponentOffer offer{component.code, rules::exemption_of(*rules, component), {}};
    if (!reception.owner.id.value.empty()) {
      SOHOA_TRY(auto papers, found({reception.owner.id, component.kind, {}}, *rules, catalogue, day_of(reception)));
      std::erase_if(papers, [&](const auto& paper) {
        return !paper.validity.valid || paper.held.place.dossier == reception.code;
      });
      offer.valid = std::move(papers);
    }
    offers.push_back(std::move(offer));
  }
  return offers;
}

Result<std::vector<ReceivedDossier>> DossierService::receive(std::span<const ReceptionRequest> requests) {
  SOHOA_TRY(const auto catalogue, parts_.catalogue.current());
  std::vector<DossierChange> changes;
  for (const auto& request : requests) {
    SOHOA_TRY(auto reception, completed(request, *catalogue));
    const Actor by{Actor::Kind::officer, reception.officer.value};
    changes.push_back({by, DossierReceived{std::move(reception)}});
  }
  SOHOA_TRY(auto receipts, parts_.registry.record(changes));
  std::vector<ReceivedDossier> received;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    SOHOA_TRY(auto offers, offers_for(std::get<DossierReceived>(changes[i].what).reception, *catalogue));
    received.push_back({std::move(receipts[i]), std::move(offers)});
  }
  return received;
}

Result<std::vector<ComponentOffer>> DossierService::offers(const DossierCode& code) {
  SOHOA_TRY(const auto catalogue, parts_.catalogue.current());
  SOHOA_TRY(const auto dossier, parts_.registry.dossier(code));
  return offers_for(dossier.reception, *catalogue);
}

Result<void> DossierService::expect_officer(const OfficerId& officer) const {
  SOHOA_TRY(const auto catalogue, parts_.catalogue.current());
  SOHOA_DO(known(catalogue->officer(officer), officer, "officer"));
  return {};
}

Result<Filing> DossierService::file(const FilingRequest& request) {
  SOHOA_DO(expect_officer(request.officer));
  SOHOA_TRY(const auto catalogue, parts_.catalogue.current());
  SOHOA_TRY(const auto dossier, parts_.registry.dossier(request.dossier));
  const auto& reception = dossier.reception;
  SOHOA_TRY(const auto* rules, known(catalogue->rule_set(reception.rule_set), reception.rule_set, "rule set"));
  SOHOA_TRY(const auto* procedure, known(catalogue->procedure(reception.procedure), reception.procedure, "procedure"));
  SOHOA_TRY(const auto record, parts_.archive.document(request.document));
  SOHOA_TRY(auto facts, document_facts(record, parts_.archive.objects()));

  FiledPaper paper{request.document, {}, api::completed(request.details, facts), record.document.pages, 0, {}};
  facts.paper.unsure_fields = unsure_fields(paper.details, facts);
  if (paper.details.owner.value.empty()) paper.details.owner = reception.owner.id;
  DossierComponent component;
  const bool is_result = !request.result.value.empty();
  if (is_result) {
    const auto at = std::find_if(procedure->results.begin(), procedure->results.end(),
                                 [&](const auto& one) { return one.code == request.result; });
    if (at == procedure->results.end()) {
      return invalid("result " + request.result.value + ": procedure " + procedure->code.value + " has none such");
    }
    component.pages = record.document.pages;  // a result is what the agency made it
    paper.details.kind = at->kind;
    fill(paper.details.name, at->name);
    paper.code = rules::result_code(*rules, request.dossier);
  } else {
    const auto* found = dossier.component(request.component);
    if (found == nullptr) {
      return Error{ErrorCode::not_found,
                   "component " + request.component.value + " of dossier " + request.dossier.value + ": there is none"};
    }
    component = *found;
    paper.details.kind = component.kind;
    for (const auto& one : procedure->components) {
      if (one.code == component.code) fill(paper.details.name, one.name);
    }
    paper.code = rules::paper_code(*rules, paper.details);
  }

  Filing filing{{}, {}, rules::judge(*rules, component, facts.paper)};
  if (rules::blocks(filing.findings)) return filing;
  paper.findings = static_cast<std::uint32_t>(filing.findings.size());
  for (const auto& finding : filing.findings) paper.warnings.push_back(finding.code);
  const Actor by{Actor::Kind::officer, request.officer.value};
  const DossierChange change = is_result
                                   ? DossierChange{by, ResultIssued{request.dossier, request.result, paper}}
                                   : DossierChange{by, ComponentDigitized{request.dossier, request.component, paper}};
  SOHOA_TRY(filing.receipt, this->record(change));
  SOHOA_TRY(const auto after, parts_.registry.dossier(request.dossier));
  for (const auto& result : after.results) {
    if (is_result && result.entry == filing.receipt->entry) filing.code = result.paper.code;
  }
  if (const auto* filed = is_result ? nullptr : after.component(request.component); filed && filed->paper) {
    filing.code = filed->paper->code;
  }
  return filing;
}

Result<std::vector<FoundPaper>> DossierService::look_up(const LookupRequest& request) {
  SOHOA_TRY(const auto catalogue, parts_.catalogue.current());
  return found_now(request, *catalogue);
}

Result<std::vector<FoundPaper>> DossierService::found_now(const LookupRequest& request,
                                                          const Catalogue& catalogue) const {
  const auto* rules = catalogue.rules_on(request.on);
  if (rules == nullptr) return invalid("no rule set is in force on " + iso_date(request.on));
  if (!request.service) return found(request.query, *rules, catalogue, request.on);
  const auto* service = catalogue.service(*request.service);
  if (service == nullptr) {
    return Error{ErrorCode::not_found, "service " + request.service->value + ": is not in the catalogue"};
  }
  const auto granted = [&](const KindCode& kind) {
    return std::find(service->kinds.begin(), service->kinds.end(), kind) != service->kinds.end();
  };
  if (request.query.kind && !granted(*request.query.kind)) {
    return Error{ErrorCode::not_found,
                 "kind " + request.query.kind->value + ": is not granted to service " + service->id.value};
  }
  SOHOA_TRY(auto papers, found(request.query, *rules, catalogue, request.on));
  std::erase_if(papers, [&](const auto& paper) { return !granted(paper.held.paper.details.kind); });
  return papers;
}

/// The paper as the registry has it, which is never behind.
Result<FoundPaper> DossierService::paper_at(const PaperPlace& place, const Catalogue& catalogue, const RuleSet& rules,
                                            Date on) const {
  SOHOA_TRY(const auto dossier, parts_.registry.dossier(place.dossier));
  const auto* paper = dossier.paper(place);
  if (paper == nullptr) return Error{ErrorCode::not_found, "paper " + text_of(place) + ": there is none"};
  HeldPaper held{place, *paper, {}, {}};
  const HeldPapersQuery same{paper->details.owner, paper->details.kind, {}};
  SOHOA_TRY(auto listed, ask(parts_.following, [&] { return parts_.owners.papers(same); }));
  for (auto& one : listed) {
    if (one.place == place && !one.cancelled) held = std::move(one);
  }
  return judged(std::move(held), rules, catalogue, on);
}

Result<EntryReceipt> DossierService::reuse(const ReuseRequest& request) {
  if (request.purpose.empty()) return invalid("a reuse needs its purpose");
  if (request.source.has_value() == !request.portal_code.empty()) {
    return invalid("a reuse names a paper that is held, or a code of the portal's store");
  }
  SOHOA_TRY(const auto catalogue, parts_.catalogue.current());
  const auto dossier = parts_.registry.dossier(request.dossier);
  if (!dossier && dossier.error().code != ErrorCode::not_found) return dossier.error();
  const auto* service = request.by.kind == Actor::Kind::service ? catalogue->service({request.by.id}) : nullptr;
  if (request.by.kind == Actor::Kind::officer) SOHOA_DO(expect_officer({request.by.id}));
  if (request.by.kind == Actor::Kind::service && service == nullptr) {
    return Error{ErrorCode::not_found, "service " + request.by.id + ": is not in the catalogue"};
  }
  const auto* filled = dossier ? dossier->component(request.component) : nullptr;
  const bool again = filled && filled->entry && filled->source == request.source;  // asked before: the first receipt
  if (request.source && !again) {
    const auto* rules = dossier ? catalogue->rule_set(dossier->reception.rule_set) : catalogue->rules_on(request.on);
    if (rules == nullptr) return invalid("no rule set is in force on " + iso_date(request.on));
    SOHOA_TRY(const auto paper, paper_at(*request.source, *catalogue, *rules, request.on));
    const auto& kind = paper.held.paper.details.kind;
    const auto place = "paper " + text_of(*request.source);
    if (service && std::find(service->kinds.begin(), service->kinds.end(), kind) == service->kinds.end()) {
      return Error{ErrorCode::not_found, "kind " + kind.value + ": is not granted to service " + service->id.value};
    }
    if (!paper.validity.valid) return invalid(place + ": " + paper.validity.english);
    const auto* component = dossier ? dossier->component(request.component) : nullptr;
    if (component && component->kind != kind) {
      return invalid(place + ": is of kind " + kind.value + ", the component asks for " + component->kind.value);
    }
  }
  return record({request.by, PaperReused{request.dossier, request.component, request.source, request.portal_code,
                                         request.purpose}});
}

Result<EntryReceipt> DossierService::record(const DossierChange& change) {
  if (change.by.kind == Actor::Kind::officer) SOHOA_DO(expect_officer({change.by.id}));
  SOHOA_TRY(auto receipts, parts_.registry.record({&change, 1}));
  return std::move(receipts.front());
}

}  // namespace sohoa::api
