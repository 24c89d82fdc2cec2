#include "api/service/issuing_service.hpp"

#include <algorithm>

#include "api/service/local_service.hpp"

namespace sohoa::api {
namespace {

flow::IssueOrder order_of(const DocumentId& document, const IssueRequest& request) {
  flow::IssueOrder order;
  order.document = document;
  order.kind = request.kind;
  order.form = request.form;
  if (order.kind == IssueKind::electronic_copy && order.form == CopyForm::none) order.form = CopyForm::sao_y;
  order.by = request.by;
  order.by_name = request.by_name;
  return order;
}

/// Its validity as ISO 8601 has intervals.
std::string validity_of(const PaperDetails& details) {
  if (!details.issued && !details.valid_until) return {};
  return (details.issued ? iso_date(*details.issued) : "..") + "/" +
         (details.valid_until ? iso_date(*details.valid_until) : "..");
}

flow::IssueOrder order_of(const Dossier& dossier, const FiledPaper& paper, const IssueRequest& request) {
  auto order = order_of(paper.document, request);
  const auto& reception = dossier.reception;
  order.code = paper.code;
  order.dossier = reception.code.value;
  order.procedure = reception.procedure.value;
  order.owner = paper.details.owner.value.empty() ? reception.owner.id.value : paper.details.owner.value;
  order.paper_name = paper.details.name;
  order.validity = validity_of(paper.details);
  return order;
}

/// The paper of the dossier that the document is; nothing where it is in no component yet.
const FiledPaper* paper_in(const Dossier& dossier, const DocumentId& document) {
  for (const auto& component : dossier.reception.components) {
    if (component.paper && component.paper->document == document) return &*component.paper;
  }
  for (const auto& result : dossier.results) {
    if (result.paper.document == document) return &result.paper;
  }
  return nullptr;
}

}  // namespace

Result<IssuanceRecord> IssuingService::issue(const DocumentId& document, const IssueRequest& request) {
  SOHOA_TRY(const auto record, parts_.archive.document(document));
  if (const DossierCode code{record.document.dossier}; !code.value.empty()) {
    const auto dossier = parts_.registry.dossier(code);
    if (!dossier && dossier.error().code != ErrorCode::not_found) return dossier.error();
    const auto* paper = dossier ? paper_in(*dossier, document) : nullptr;
    if (paper != nullptr) return parts_.issuer.issue(order_of(*dossier, *paper, request));
  }
  return parts_.issuer.issue(order_of(document, request));
}

Result<std::vector<IssuedPaper>> IssuingService::issue(const DossierCode& code, const IssueRequest& request) {
  SOHOA_TRY(const auto dossier, parts_.registry.dossier(code));
  std::vector<IssuedPaper> issued;
  for (const auto& component : dossier.reception.components) {
    if (!component.paper) continue;
    issued.push_back({component.paper->document, parts_.issuer.issue(order_of(dossier, *component.paper, request))});
  }
  auto as_result = request;
  as_result.kind = IssueKind::result;
  as_result.form = CopyForm::none;
  for (const auto& result : dossier.results) {
    if (result.cancelled) continue;
    issued.push_back({result.paper.document, parts_.issuer.issue(order_of(dossier, result.paper, as_result))});
  }
  return issued;
}

Result<OpenRepresentation> IssuingService::open(const DocumentId& document, std::uint32_t number) const {
  SOHOA_TRY(const auto all, parts_.issuances.issuances(document));
  SOHOA_TRY(const auto found, issuance_in(all, document, number));
  OpenRepresentation opened;
  opened.object = found.issuance.pdf;
  SOHOA_TRY(opened.file, parts_.archive.objects().open(opened.object.digest));
  opened.media_type = "application/pdf";
  opened.file_name = found.issuance.code.value;
  std::replace(opened.file_name.begin(), opened.file_name.end(), '/', '-');
  opened.file_name += ".pdf";
  return opened;
}

Result<IssuanceRecord> issuance_in(const std::vector<IssuanceRecord>& all, const DocumentId& document,
                                   std::uint32_t number) {
  if (all.empty()) return Error{ErrorCode::not_found, "document " + document.value + ": was not issued yet"};
  if (number > all.size()) {
    return Error{ErrorCode::not_found, "document " + document.value + ": has no issued file " + std::to_string(number)};
  }
  return number == 0 ? all.back() : all[number - 1];
}

}  // namespace sohoa::api
