#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "pipeline/model/actor.hpp"
#include "pipeline/model/dossier.hpp"

namespace sohoa {

// What can happen to a dossier; each is one journal entry of the kind in brackets.

/// [dossier]
struct DossierReceived {
  Reception reception;
  bool operator==(const DossierReceived&) const = default;
};

/// [component] A digitized document was put to a component.
struct ComponentDigitized {
  DossierCode dossier;
  ComponentCode component;
  FiledPaper paper;
  bool operator==(const ComponentDigitized&) const = default;
};

/// [result] A result's file was added; it is the dossier's next one.
struct ResultIssued {
  DossierCode dossier;
  ResultCode type;
  FiledPaper paper;
  bool operator==(const ResultIssued&) const = default;
};

/// [reuse] What is held already stands for a component. `source` is a paper of ours; without it `portal_code` names one
/// in the citizen's store at the portal. Where `dossier` is not ours, `component` is whatever its owner calls it.
struct PaperReused {
  DossierCode dossier;
  ComponentCode component;
  std::optional<PaperPlace> source;
  std::string portal_code;
  std::string purpose;
  bool operator==(const PaperReused&) const = default;
};

/// [cancellation] A paper stops being valid. It stays stored and findable [law]; what reused it before stays so.
struct PaperCancelled {
  PaperPlace place;
  std::string reason;
  bool operator==(const PaperCancelled&) const = default;
};

/// [status]
struct StatusChanged {
  DossierCode dossier;
  DossierStatus status = DossierStatus::in_process;
  bool operator==(const StatusChanged&) const = default;
};

/// [sync] The dossier was handed to the portal, with as many results as it had.
struct DossierSynced {
  DossierCode dossier;
  std::uint32_t results = 0;
  bool operator==(const DossierSynced&) const = default;
};

struct DossierChange {
  Actor by;
  std::variant<DossierReceived, ComponentDigitized, ResultIssued, PaperReused, PaperCancelled, StatusChanged,
               DossierSynced>
      what;
  bool operator==(const DossierChange&) const = default;
};

/// The dossier that the change is about.
[[nodiscard]] const DossierCode& dossier_of(const DossierChange& change);
/// The journal's name for it: "dossier", "component" ...
[[nodiscard]] std::string_view kind_of(const DossierChange& change);

/// The paper that the change files; nothing where it files none.
[[nodiscard]] const FiledPaper* paper_of(const DossierChange& change);

/// A dossier's first state. `entry` is its reception's number in the journal.
[[nodiscard]] Dossier dossier_from(const DossierReceived& received, std::uint64_t entry);

/// Applies `change`, whose journal entry is number `entry`, and returns the entry that stands for it: `entry`, or an
/// earlier one where the same was recorded before, the dossier then unchanged. Errors, the dossier then unchanged:
/// not_found (component, paper); already_exists (the component has another paper; another reception of that code);
/// invalid_input.
Result<std::uint64_t> apply(Dossier& dossier, const DossierChange& change, std::uint64_t entry);

/// A document that names the dossier was archived.
void attach(Dossier& dossier, const DocumentId& document, std::uint64_t entry);

}  // namespace sohoa
