#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "api/service/catalogue_service.hpp"
#include "pipeline/model/paper_facts.hpp"
#include "pipeline/ports/archive.hpp"
#include "pipeline/ports/following.hpp"
#include "pipeline/ports/owner_index.hpp"
#include "pipeline/rules/validity.hpp"

namespace sohoa::api {

/// A paper that is held, and whether it may be used.
struct FoundPaper {
  HeldPaper held;
  rules::Validity validity;
};

/// What step one of reception found for a component: why it is not digitized at all, or what is held already.
struct ComponentOffer {
  ComponentCode component;
  std::optional<RuleFinding> exempt;
  std::vector<FoundPaper> valid;
};

struct ReceivedDossier {
  EntryReceipt receipt;
  std::vector<ComponentOffer> offers;
};

/// A dossier as it comes in: codes; what follows from them is filled in.
struct ReceptionRequest {
  Reception reception;  ///< `rule_set`, `returns_document`, components' kinds are found here
  enum class Components { as_given, all_of_procedure } components = Components::as_given;
};

/// A document for a component or, with `result`, as the next result.
struct FilingRequest {
  OfficerId officer;
  DossierCode dossier;
  ComponentCode component;
  ResultCode result;
  DocumentId document;
  PaperDetails details;  ///< what is empty is taken from the document's fields, the catalogue and the dossier
};

/// What became of it: a receipt, or findings that block. Warnings may come with a receipt.
struct Filing {
  std::optional<EntryReceipt> receipt;
  PaperCode code;
  std::vector<RuleFinding> findings;
};

struct LookupRequest {
  HeldPapersQuery query;
  std::optional<ServiceId> service;  ///< none: an officer asks
  Date on{};                         ///< validity on this day
};

struct ReuseRequest {
  Actor by;
  DossierCode dossier;
  ComponentCode component;
  std::optional<PaperPlace> source;
  std::string portal_code;
  std::string purpose;
  Date on{};
};

/// The four steps of Circular 01/2023, art. 7, with the look-up first [law]; reuse. Any thread.
class DossierService {
 public:
  struct Parts {
    Registry& registry;
    Archive& archive;
    const CatalogueService& catalogue;
    const OwnerIndex& owners;
    Following& following;  ///< of the owners' index
  };
  explicit DossierService(Parts parts) : parts_(std::move(parts)) {}

  /// Records the dossiers, all or none, each under the rules of its day, and looks their components up.
  /// Errors: invalid_input (unknown codes, code forms, no rules on that day), already_exists.
  Result<std::vector<ReceivedDossier>> receive(std::span<const ReceptionRequest> requests);
  /// What is held for the components that are not digitized yet. Errors: not_found.
  Result<std::vector<ComponentOffer>> offers(const DossierCode& dossier);
  /// Judges the document by the dossier's rules and files it. Errors: not_found, already_exists, invalid_input.
  Result<Filing> file(const FilingRequest& request);
  /// Errors: not_found (the service, or the kind was not granted to it).
  Result<std::vector<FoundPaper>> look_up(const LookupRequest& request);
  /// Errors: not_found, already_exists; invalid_input (not valid, of another kind, no purpose).
  Result<EntryReceipt> reuse(const ReuseRequest& request);
  /// A cancellation or a new status.
  Result<EntryReceipt> record(const DossierChange& change);
  [[nodiscard]] Result<Dossier> dossier(const DossierCode& code) const { return parts_.registry.dossier(code); }

 private:
  Result<Reception> completed(const ReceptionRequest& request, const Catalogue& catalogue) const;
  Result<std::vector<ComponentOffer>> offers_for(const Reception& reception, const Catalogue& catalogue) const;
  Result<std::vector<FoundPaper>> found(const HeldPapersQuery& query, const RuleSet& rules, const Catalogue& catalogue,
                                        Date on) const;
  Result<std::vector<FoundPaper>> found_now(const LookupRequest& request, const Catalogue& catalogue) const;
  Result<FoundPaper> paper_at(const PaperPlace& place, const Catalogue& catalogue, const RuleSet& rules, Date on) const;
  Result<void> expect_officer(const OfficerId& officer) const;

  const Parts parts_;
};

}  // namespace sohoa::api
