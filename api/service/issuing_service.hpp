#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/service/service.hpp"
#include "pipeline/flow/issuer.hpp"
#include "pipeline/ports/registry.hpp"

namespace sohoa::api {

struct IssueRequest {
  IssueKind kind = IssueKind::digitized_copy;
  CopyForm form = CopyForm::none;
  Actor by;
  std::string by_name;  ///< "": that of the certificate
};

/// What became of one paper of several.
struct IssuedPaper {
  DocumentId document;
  Result<IssuanceRecord> issued;
};

/// Issuing, for documents and whole dossiers. Any thread.
class IssuingService {
 public:
  struct Parts {
    flow::Issuer& issuer;
    Issuances& issuances;
    Archive& archive;
    Registry& registry;
  };
  explicit IssuingService(Parts parts) : parts_(parts) {}

  /// Issues a document; one that stands in its dossier gets that paper's code and marks. Errors: flow::Issuer::issue.
  Result<IssuanceRecord> issue(const DocumentId& document, const IssueRequest& request);
  /// All papers of a dossier: components as `request.kind` says, results as results. One that fails does not keep the
  /// others. Errors: not_found (the dossier).
  Result<std::vector<IssuedPaper>> issue(const DossierCode& dossier, const IssueRequest& request);
  [[nodiscard]] Result<std::vector<IssuanceRecord>> issuances(const DocumentId& document) const {
    return parts_.issuances.issuances(document);
  }
  /// The issued file; `number` 0: the newest. Errors: not_found.
  [[nodiscard]] Result<OpenRepresentation> open(const DocumentId& document, std::uint32_t number) const;
  /// flow::Issuer::complete_pending
  Result<std::size_t> complete_pending() { return parts_.issuer.complete_pending(); }

 private:
  const Parts parts_;
};

/// The newest issuance, or that of the number. Errors: not_found.
[[nodiscard]] Result<IssuanceRecord> issuance_in(const std::vector<IssuanceRecord>& all, const DocumentId& document,
                                                 std::uint32_t number);

}  // namespace sohoa::api
