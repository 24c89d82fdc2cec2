#pragma once

#include <set>
#include <vector>

#include "pipeline/model/officer.hpp"
#include "pipeline/model/procedure.hpp"
#include "pipeline/model/rule_set.hpp"
#include "pipeline/model/service_account.hpp"
#include "pipeline/model/unit.hpp"

namespace sohoa {

/// What dossiers refer to by code. One value, imported whole; each list is sorted by its code, which stands in it once.
struct Catalogue {
  std::vector<Unit> units;
  std::vector<PaperKind> kinds;
  std::vector<Procedure> procedures;
  std::vector<Officer> officers;
  std::vector<ServiceAccount> services;
  std::vector<RuleSet> rule_sets;
  bool operator==(const Catalogue&) const = default;

  // Nothing where there is none. O(log n).
  [[nodiscard]] const Unit* unit(const UnitCode& code) const;
  [[nodiscard]] const PaperKind* kind(const KindCode& code) const;
  [[nodiscard]] const Procedure* procedure(const ProcedureCode& code) const;
  [[nodiscard]] const Officer* officer(const OfficerId& id) const;
  [[nodiscard]] const ServiceAccount* service(const ServiceId& id) const;
  [[nodiscard]] const RuleSet* rule_set(const RuleSetId& id) const;
  /// The rules for what happened on `date`.
  [[nodiscard]] const RuleSet* rules_on(Date date) const;

  /// The unit and all above it, itself first.
  [[nodiscard]] std::vector<UnitCode> chain_of(const UnitCode& unit) const;
  /// The unit and all below it, itself first.
  [[nodiscard]] std::vector<UnitCode> subtree_of(const UnitCode& unit) const;
  [[nodiscard]] std::vector<UnitCode> children_of(const UnitCode& unit) const;
  [[nodiscard]] std::vector<UnitCode> roots() const;
};

}  // namespace sohoa
