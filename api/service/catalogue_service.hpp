#pragma once

#include <memory>
#include <mutex>
#include <optional>
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
  /// `decree_107_from`: first day of the rules by Decree 107/2021 that are compiled in; none: as they state it.
  explicit CatalogueService(Registry& registry, std::optional<Date> decree_107_from = {})
      : registry_(registry), decree_107_from_(decree_107_from) {}

  /// Takes the files in, all or nothing; one import at a time.
  Result<CatalogueImported> import(std::span<const catalogue::CatalogueFile> files);
  /// Where none was imported: the rule sets that are compiled in, and nothing else.
  [[nodiscard]] Result<std::shared_ptr<const Catalogue>> current() const;

 private:
  Registry& registry_;
  const std::optional<Date> decree_107_from_;
  std::mutex importing_;  ///< what an import builds on is in force until it is done
  mutable Guarded<std::shared_ptr<const Catalogue>> known_;
};

}  // namespace sohoa::api
