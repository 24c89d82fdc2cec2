#include "pipeline/model/catalogue.hpp"

#include <algorithm>

namespace sohoa {
namespace {

template <typename T, typename C>
const T* found(const std::vector<T>& sorted, const C& code, C T::* member) {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), code,
                                   [&](const T& one, const C& wanted) { return one.*member < wanted; });
  return at != sorted.end() && (*at).*member == code ? &*at : nullptr;
}

}  // namespace

const Unit* Catalogue::unit(const UnitCode& code) const {
  return found(units, code, &Unit::code);
}
const PaperKind* Catalogue::kind(const KindCode& code) const {
  return found(kinds, code, &PaperKind::code);
}
const Procedure* Catalogue::procedure(const ProcedureCode& code) const {
  return found(procedures, code, &Procedure::code);
}
const Officer* Catalogue::officer(const OfficerId& id) const {
  return found(officers, id, &Officer::id);
}
const ServiceAccount* Catalogue::service(const ServiceId& id) const {
  return found(services, id, &ServiceAccount::id);
}
const RuleSet* Catalogue::rule_set(const RuleSetId& id) const {
  return found(rule_sets, id, &RuleSet::id);
}

const RuleSet* Catalogue::rules_on(Date date) const {
  const auto at =
      std::find_if(rule_sets.begin(), rule_sets.end(), [&](const auto& rules) { return is_in_force(rules, date); });
  return at != rule_sets.end() ? &*at : nullptr;
}

std::vector<UnitCode> Catalogue::chain_of(const UnitCode& code) const {
  std::vector<UnitCode> chain{code};
  for (const auto* at = unit(code); at != nullptr && at->parent; at = unit(*at->parent)) chain.push_back(*at->parent);
  return chain;
}

std::vector<UnitCode> Catalogue::children_of(const UnitCode& code) const {
  std::vector<UnitCode> children;
  for (const auto& one : units) {
    if (one.parent == code) children.push_back(one.code);
  }
  return children;
}

std::vector<UnitCode> Catalogue::subtree_of(const UnitCode& code) const {
  std::vector<UnitCode> all{code};
  for (std::size_t at = 0; at < all.size(); ++at) {
    const auto below = children_of(all[at]);
    all.insert(all.end(), below.begin(), below.end());
  }
  return all;
}

std::vector<UnitCode> Catalogue::roots() const {
  std::vector<UnitCode> roots;
  for (const auto& one : units) {
    if (!one.parent) roots.push_back(one.code);
  }
  return roots;
}

}  // namespace sohoa
