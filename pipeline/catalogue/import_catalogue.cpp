#include "pipeline/catalogue/import_catalogue.hpp"

#include <algorithm>

#include "pipeline/catalogue/tables.hpp"

namespace sohoa::catalogue {
namespace {

/// Takes a table over from the catalogue in force unless a file brought it.
template <typename T>
void keep(const std::vector<T>& current, std::vector<Placed<T>>& records) {
  for (const auto& one : current) records.push_back({one, {}});
}

void keep_rest(const Catalogue& in_force, Tables& tables) {
  const auto missing = [&](const char* table) { return !tables.present.contains(table); };
  if (missing("units")) keep(in_force.units, tables.units);
  if (missing("kinds")) keep(in_force.kinds, tables.kinds);
  if (missing("officers")) keep(in_force.officers, tables.officers);
  if (missing("services")) keep(in_force.services, tables.services);
  if (!missing("procedures")) return;
  for (const auto& procedure : in_force.procedures) {
    tables.procedures.push_back({{procedure.code, procedure.name, procedure.field, {}, {}}, {}});
    if (missing("components")) {
      for (const auto& one : procedure.components) tables.components.push_back({{procedure.code, one}, {}});
    }
    if (missing("results")) {
      for (const auto& one : procedure.results) tables.results.push_back({{procedure.code, one}, {}});
    }
  }
}

/// A rule set that is known stays, but for its last day, which a file may set.
void keep_rule_sets(const Catalogue& in_force, Tables& tables) {
  for (const auto& known : in_force.rule_sets) {
    const auto again = std::find_if(tables.rule_sets.begin(), tables.rule_sets.end(),
                                    [&](const auto& one) { return one.value.id == known.id; });
    if (again == tables.rule_sets.end()) {
      tables.rule_sets.push_back({known, {}});
      continue;
    }
    auto ended = known;
    ended.effective_to = again->value.effective_to;
    if (again->value == ended) continue;
    tables.wrong(again->place, "rule set " + known.id.value +
                                   ": is in force with other rules; dossiers keep them, so give the new ones an id");
  }
}

template <typename T, typename C>
std::vector<T> sorted(const std::vector<Placed<T>>& records, C T::* code) {
  std::vector<T> values;
  for (const auto& record : records) values.push_back(record.value);
  std::sort(values.begin(), values.end(), [&](const T& a, const T& b) { return a.*code < b.*code; });
  return values;
}

/// Of sound tables.
Catalogue assembled(const Tables& tables) {
  Catalogue catalogue;
  catalogue.units = sorted(tables.units, &Unit::code);
  catalogue.kinds = sorted(tables.kinds, &PaperKind::code);
  catalogue.procedures = sorted(tables.procedures, &Procedure::code);
  catalogue.officers = sorted(tables.officers, &Officer::id);
  catalogue.services = sorted(tables.services, &ServiceAccount::id);
  catalogue.rule_sets = sorted(tables.rule_sets, &RuleSet::id);
  const auto procedure = [&](const ProcedureCode& code) -> Procedure& {
    return *std::lower_bound(catalogue.procedures.begin(), catalogue.procedures.end(), code,
                             [](const Procedure& one, const ProcedureCode& wanted) { return one.code < wanted; });
  };
  for (const auto& [record, place] : tables.components) {
    procedure(record.procedure).components.push_back(record.component);
  }
  for (const auto& [record, place] : tables.results) procedure(record.procedure).results.push_back(record.result);
  return catalogue;
}

}  // namespace

std::string text_of(const Problem& problem) {
  return text_of(Place{problem.file, problem.line}) + ": " + problem.reason;
}

Import import_catalogue(const Catalogue& in_force, std::span<const CatalogueFile> files) {
  Tables tables;
  for (const auto& file : files) read_into(tables, file);
  keep_rest(in_force, tables);
  keep_rule_sets(in_force, tables);
  // What could not be read would be missed by everything that refers to it.
  if (tables.problems.empty()) check(tables);
  if (!tables.problems.empty()) return {{}, std::move(tables.problems)};
  return {assembled(tables), {}};
}

}  // namespace sohoa::catalogue
