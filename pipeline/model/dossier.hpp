#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/owner.hpp"
#include "pipeline/model/paper.hpp"
#include "pipeline/model/rule_set.hpp"

namespace sohoa {

/// KenhThucHien of the portal; the numbers are its own.
enum class Channel : std::uint8_t { direct = 1, online = 2, post = 3 };
[[nodiscard]] std::string_view name_of(Channel channel);
[[nodiscard]] std::optional<Channel> channel_of(std::string_view name);

/// TrangThaiHoSo of the portal; the numbers are its own.
enum class DossierStatus : std::uint8_t {
  fresh = 1,
  accepted = 2,
  refused = 3,
  in_process = 4,
  supplement_asked = 5,
  fee_due = 6,
  withdrawn = 7,
  stopped = 8,
  done = 9,
  returned = 10,
};
[[nodiscard]] std::string_view name_of(DossierStatus status);
[[nodiscard]] std::optional<DossierStatus> status_of(std::string_view name);

/// What stands behind a component [practice]; the numbers are those in use (domain.md, section 4).
enum class ComponentState : std::uint8_t {
  not_digitized = 0,
  digitized = 1,
  reused_component = 2,  ///< from another dossier's component, or from the citizen's store at the portal
  reused_result = 3,     ///< from another dossier's result
};
[[nodiscard]] std::string_view name_of(ComponentState state);

/// A component of a dossier, and what stands behind it by now.
struct DossierComponent {
  ComponentCode code;
  KindCode kind;
  PaperForm form = PaperForm::original;
  std::uint32_t pages = 0;         ///< of the paper, counted at reception; 0: not counted
  std::uint32_t sticky_notes = 0;  ///< pages that carry one: each is scanned with and without it

  ComponentState state = ComponentState::not_digitized;
  std::optional<FiledPaper> paper;     ///< digitized here
  std::optional<PaperPlace> source;    ///< reused from there
  std::string portal_code;             ///< reused from the citizen's store at the portal, by its code there
  std::optional<std::uint64_t> entry;  ///< the journal entry that brought it into its state
  bool operator==(const DossierComponent&) const = default;
};

/// A result's file link.
struct DossierResult {
  ResultCode type;
  FiledPaper paper;
  bool cancelled = false;   ///< a cancelled result stays stored and findable [law]
  std::uint64_t entry = 0;  ///< of the journal
  bool operator==(const DossierResult&) const = default;
};

/// What is known when a dossier is received. The rule set in force at that time stays with it.
struct Reception {
  DossierCode code;
  ProcedureCode procedure;
  UnitCode unit;
  OfficerId officer;
  Owner owner;
  Channel channel = Channel::direct;
  DossierStatus status = DossierStatus::accepted;
  std::optional<WallTime> received_at;  ///< none: in no indicator
  std::optional<WallTime> due_at;
  RuleSetId rule_set;
  bool returns_document = false;     ///< the procedure does, by the catalogue of that time
  bool population_data = false;      ///< the applicant's data came from the national population database
  bool vneid_authenticated = false;  ///< TaiKhoanDuocXacThucVoiVNeID
  std::vector<DossierComponent> components;
  bool operator==(const Reception&) const = default;
};

/// A dossier as its journal entries make it.
struct Dossier {
  Reception reception;  ///< with components and status as they are now
  std::vector<DossierResult> results;
  std::vector<DocumentId> unplaced;    ///< digitized for the dossier, in no component yet
  bool synced = false;                 ///< a result link was handed to the portal
  std::vector<std::uint64_t> history;  ///< its journal entries, oldest first; front() is its reception
  bool operator==(const Dossier&) const = default;

  [[nodiscard]] const DossierComponent* component(const ComponentCode& code) const;
  [[nodiscard]] const FiledPaper* paper(const PaperPlace& place) const;  ///< nothing where cancelled or never filed
};

}  // namespace sohoa
