#pragma once

#include <memory>

#include "api/service/duplicate_service.hpp"
#include "api/service/office_services.hpp"
#include "api/wiring.hpp"

namespace sohoa::api {

// Wiring, second part: the concrete classes behind dossiers, look-ups and indicators.

/// How far an index is behind the journal.
struct IndexState {
  std::string name;  ///< its folder under index/
  std::uint64_t entries = 0;
  std::uint64_t behind = 0;
};

/// What `sohoa check` finds wrong with an index.
struct IndexFinding {
  std::string index;
  std::string row;  ///< its key, what is no text shown as '.'
  std::string reason;
};

/// An open archive, by each of its faces; outlives the office over it.
struct OpenArchive {
  Archive& archive;
  Registry& registry;
  Journal& journal;
};

/// Registry, indexes and the services over them, on one data folder. The indexes follow the journal unless another
/// process holds them, which then does so.
class Office {
 public:
  /// With an archive of its own; the indexes follow when they are asked. Errors: as open_archive.
  static Result<std::unique_ptr<Office>> open(const Config& config, Access access);
  /// Over an archive that others write to as well; a thread for each index follows. Errors: those of the indexes.
  static Result<std::unique_ptr<Office>> over(const Config& config, OpenArchive archive);
  ~Office();

  [[nodiscard]] Archive& archive();
  [[nodiscard]] CatalogueService& catalogue();
  [[nodiscard]] DossierService& dossiers();
  [[nodiscard]] IndicatorService& indicators();
  [[nodiscard]] DuplicateService& duplicates();
  /// `signing`: of the plant that works on the same archive.
  [[nodiscard]] OfficeServices services(std::optional<SigningServices> signing = {}) {
    return {catalogue(), dossiers(), indicators(), duplicates(), signing};
  }
  /// Brings the indexes up to the journal's end, where this process holds them.
  Result<void> follow();
  [[nodiscard]] Result<std::vector<IndexState>> index_states();
  /// Makes every index anew beside the stored one, from the journal, and compares them row by row.
  Result<std::vector<IndexFinding>> check_indexes();

 private:
  struct Parts;
  explicit Office(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace sohoa::api
