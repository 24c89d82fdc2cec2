#pragma once

#include <memory>
#include <span>
#include <vector>

#include "pipeline/base/guarded.hpp"
#include "pipeline/catalogue/import_catalogue.hpp"
#include "pipeline/ports/registry.hpp"

namespace sohoa::api {

/// What became of an import: a receipt, or problems and nothing imported.
struct CatalogueImported {
  std::optional<EntryReceipt> receipt;
  std::vector<catalogue::Problem> problems;
};

/// The catalogue in force. Any thread.
class CatalogueService {
 public:
  explicit CatalogueService(Registry& registry) : registry_(registry) {}

  /// Takes the files in, all or nothing.
  Result<CatalogueImported> import(std::span<const catalogue::CatalogueFile> files);
  /// Where none was imported: the rule sets that are compiled in, and nothing else.
  [[nodiscard]] Result<std::shared_ptr<const Catalogue>> current() const;

 private:
  Registry& registry_;
  mutable Guarded<std::shared_ptr<const Catalogue>> known_;
};

}  // namespace sohoa::api
