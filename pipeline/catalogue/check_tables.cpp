#include <algorithm>
#include <map>
#include <regex>

#include "pipeline/catalogue/tables.hpp"

namespace sohoa::catalogue {
namespace {

template <typename T, typename KeyOf>
void check_unique(Tables& tables, const std::vector<Placed<T>>& records, const char* what, KeyOf&& key_of) {
  std::map<std::string, Place> first;
  for (const auto& [value, place] : records) {
    const auto key = key_of(value);
    const auto [at, is_new] = first.emplace(key, place);
    if (!is_new)
      tables.wrong(place, std::string(what) + " " + key + ": is there twice, first in " + text_of(at->second));
  }
}

template <typename T, typename CodeOf>
auto codes_of(const std::vector<Placed<T>>& records, CodeOf&& code_of) {
  std::set<std::decay_t<decltype(code_of(records.front().value))>> codes;
  for (const auto& record : records) codes.insert(code_of(record.value));
  return codes;
}

void check_unique(Tables& tables) {
  check_unique(tables, tables.units, "unit", [](const auto& one) { return one.code.value; });
  check_unique(tables, tables.kinds, "kind", [](const auto& one) { return one.code.value; });
  check_unique(tables, tables.procedures, "procedure", [](const auto& one) { return one.code.value; });
  check_unique(tables, tables.officers, "officer", [](const auto& one) { return one.id.value; });
  check_unique(tables, tables.services, "service", [](const auto& one) { return one.id.value; });
  check_unique(tables, tables.rule_sets, "rule set", [](const auto& one) { return one.id.value; });
  check_unique(tables, tables.components, "component",
               [](const auto& one) { return one.procedure.value + "/" + one.component.code.value; });
  check_unique(tables, tables.results, "result",
               [](const auto& one) { return one.procedure.value + "/" + one.result.code.value; });
}

void check_references(Tables& tables) {
  const auto units = codes_of(tables.units, [](const auto& one) { return one.code; });
  const auto kinds = codes_of(tables.kinds, [](const auto& one) { return one.code; });
  const auto procedures = codes_of(tables.procedures, [](const auto& one) { return one.code; });
  const auto expect = [&](const auto& codes, const auto& code, const Place& place, const char* what) {
    if (!codes.contains(code)) tables.wrong(place, std::string(what) + " " + code.value + ": is unknown");
  };
  for (const auto& [unit, place] : tables.units) {
    if (unit.parent) expect(units, *unit.parent, place, "parent unit");
  }
  for (const auto& [officer, place] : tables.officers) expect(units, officer.unit, place, "unit");
  for (const auto& [record, place] : tables.components) {
    expect(procedures, record.procedure, place, "procedure");
    expect(kinds, record.component.kind, place, "kind");
  }
  for (const auto& [record, place] : tables.results) {
    expect(procedures, record.procedure, place, "procedure");
    expect(kinds, record.result.kind, place, "kind");
  }
  for (const auto& [service, place] : tables.services) {
    for (const auto& kind : service.kinds) expect(kinds, kind, place, "kind");
  }
}

/// Follows the parents of each unit; whoever comes back to where it began is named once, by the cycle's first unit.
void check_cycles(Tables& tables) {
  std::map<UnitCode, UnitCode> parents;
  for (const auto& [unit, place] : tables.units) {
    if (unit.parent) parents[unit.code] = *unit.parent;
  }
  std::set<UnitCode> done;
  for (const auto& [unit, place] : tables.units) {
    std::vector<UnitCode> path;
    auto at = unit.code;
    while (!done.contains(at) && parents.contains(at)) {
      done.insert(at);
      path.push_back(at);
      at = parents[at];
    }
    const auto begin = std::find(path.begin(), path.end(), at);
    if (begin == path.end()) continue;
    std::string cycle;
    for (auto one = begin; one != path.end(); ++one) cycle += one->value + " -> ";
    tables.wrong(place, "unit " + at.value + ": is above itself: " + cycle + at.value);
  }
}

void check_rules(Tables& tables, const RuleSet& rules, const Place& place) {
  const auto wrong = [&](const std::string& reason) {
    tables.wrong(place, "rule set " + rules.id.value + ": " + reason);
  };
  if (rules.effective_to && *rules.effective_to < rules.effective_from) wrong("ends before it begins");
  std::set<PaperForm> forms;
  for (const auto& exemption : rules.exemptions) {
    if (!forms.insert(exemption.form).second) {
      wrong("contradicts itself: exempts " + std::string(name_of(exemption.form)) + " twice");
    }
    if (exemption.form == PaperForm::original) wrong("contradicts itself: exempts originals");
  }
  if (rules.dossier_codes.empty()) wrong("takes no dossier code");
  for (const auto& pattern : rules.dossier_codes) {
    try {
      const std::regex compiled(pattern);
    } catch (const std::regex_error&) {
      wrong("dossier code " + pattern + " is no regular expression");
    }
  }
  if (rules.paper_code.find("{NN}") == std::string::npos) wrong("paper code has no {NN}");
  if (rules.result_code.find("{dossier}") == std::string::npos || rules.result_code.find("{n}") == std::string::npos) {
    wrong("result code has not {dossier} and {n}");
  }
}

void check_rule_sets(Tables& tables) {
  for (const auto& [rules, place] : tables.rule_sets) check_rules(tables, rules, place);
  auto sorted = tables.rule_sets;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.value.effective_from < b.value.effective_from; });
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    const auto& before = sorted[i - 1].value;
    const auto& [rules, place] = sorted[i];
    if (before.id == rules.id || (before.effective_to && *before.effective_to < rules.effective_from)) continue;
    tables.wrong(place, "rule set " + rules.id.value + ": holds from " + iso_date(rules.effective_from) +
                            ", when rule set " + before.id.value + " (" + text_of(sorted[i - 1].place) +
                            ") still does");
  }
}

}  // namespace

std::string text_of(const Place& place) {
  return place.line == 0 ? "the catalogue in force" : place.file + ":" + std::to_string(place.line);
}

void check(Tables& tables) {
  check_unique(tables);
  check_references(tables);
  check_cycles(tables);
  check_rule_sets(tables);
}

}  // namespace sohoa::catalogue
