#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "pipeline/model/catalogue.hpp"

namespace sohoa::catalogue {

/// A file to import: JSON where its name ends in ".json", else CSV. README.md says which columns and members there are.
struct CatalogueFile {
  std::string name;
  std::string text;
};

/// One thing that is wrong, and where. Line 0: the catalogue that is in force.
struct Problem {
  std::string file;
  std::uint32_t line = 0;
  std::string reason;
  bool operator==(const Problem&) const = default;
};
[[nodiscard]] std::string text_of(const Problem& problem);  ///< "units.csv:7: unit H12.1: is there twice, first in ..."

struct Import {
  Catalogue catalogue;
  std::vector<Problem> problems;  ///< none: the catalogue is good; else it must not be used
};

/// The catalogue in force with the files taken in. A table that a file brings replaces that table whole (procedures
/// bring their components and results); rule sets are added, and one that is known may only get its last day, for
/// dossiers keep the rules of their time. Everything is checked against everything: unknown references, cycles of
/// units, duplicates, bad codes and dates, rule sets that hold on the same day or contradict themselves. Pure, any
/// thread.
[[nodiscard]] Import import_catalogue(const Catalogue& in_force, std::span<const CatalogueFile> files);

}  // namespace sohoa::catalogue
