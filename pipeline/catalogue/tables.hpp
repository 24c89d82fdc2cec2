#pragma once

// Private to pipeline/catalogue: what stands in the files, record by record, each with its place, before it is checked
// and put together.

#include <set>
#include <string>
#include <vector>

#include "pipeline/catalogue/import_catalogue.hpp"

namespace sohoa::catalogue {

struct Place {
  std::string file;
  std::uint32_t line = 0;
};

template <typename T>
struct Placed {
  T value;
  Place place;
};

struct ComponentRecord {
  ProcedureCode procedure;
  ProcedureComponent component;
};

struct ResultRecord {
  ProcedureCode procedure;
  ProcedureResult result;
};

struct Tables {
  std::vector<Placed<Unit>> units;
  std::vector<Placed<PaperKind>> kinds;
  std::vector<Placed<Procedure>> procedures;  ///< without components and results
  std::vector<Placed<ComponentRecord>> components;
  std::vector<Placed<ResultRecord>> results;
  std::vector<Placed<Officer>> officers;
  std::vector<Placed<ServiceAccount>> services;
  std::vector<Placed<RuleSet>> rule_sets;
  std::set<std::string> present;  ///< tables that a file brought, with or without records
  std::vector<Problem> problems;

  void wrong(const Place& place, std::string reason) {
    problems.push_back({place.file, place.line, std::move(reason)});
  }
};

/// Adds what stands in `file`.
void read_into(Tables& tables, const CatalogueFile& file);

/// Finds what is wrong between records: references, duplicates, cycles, contradictory rules.
void check(Tables& tables);

/// "there is no kind X"
[[nodiscard]] std::string text_of(const Place& place);

}  // namespace sohoa::catalogue
