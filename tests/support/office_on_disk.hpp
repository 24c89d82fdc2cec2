#pragma once

// An archive with its indexes and the services over them, in a folder of its own, with the small catalogue in force.

#include "api/service/office_services.hpp"
#include "archive/rocks_archive.hpp"
#include "indexer/keeper.hpp"
#include "indexer/near_duplicates.hpp"
#include "indexer/owner_store.hpp"
#include "indexer/statistics.hpp"
#include "tests/support/small_office.hpp"
#include "tests/unit/archive/samples.hpp"

namespace sohoa::test {

class OfficeOnDisk {
 public:
  OfficeOnDisk()
      : archive_(must(RocksArchive::open(folder_ / "data", OpenMode::read_write, {&files_}))),
        owners_(must(indexer::OwnerStore::open(folder_ / "owners", OpenMode::read_write))),
        statistics_(must(indexer::Statistics::open(folder_ / "statistics", OpenMode::read_write))),
        near_duplicates_(must(indexer::NearDuplicates::open(folder_ / "near-duplicates", OpenMode::read_write))) {
    must(archive_->set_catalogue(catalogue::to_json(small_catalogue())));
    owners_keeper_.start();
    statistics_keeper_.start();
    near_duplicates_keeper_.start();
    archive_->on_growth([this] {
      owners_keeper_.wake();
      statistics_keeper_.wake();
      near_duplicates_keeper_.wake();
    });
  }
  ~OfficeOnDisk() { archive_->on_growth({}); }

  [[nodiscard]] RocksArchive& archive() { return *archive_; }
  [[nodiscard]] api::OfficeServices services() { return {catalogue_, dossiers_, indicators_, duplicates_}; }

  /// A document of so many good scans, archived, whose fields are these ("{...}").
  DocumentId add_document(const std::string& word, int pages = 1, const std::string& fields = "{}") {
    std::string json;
    for (int page = 1; page <= pages; ++page) {
      json +=
          (page > 1 ? "," : "") + std::string(R"({"number":)") + std::to_string(page) +
          R"(,"text_source":"recognized","quality":{"dpi":300,"dpi_estimated":false,"colour":"colour","blank":false},"blocks":[]})";
    }
    return add_document_of("{\"pages\":[" + json + "],\"fields\":" + fields + "}", word);
  }
  DocumentId add_document_of(const std::string& json, const std::string& word) {
    auto document = must(try_document(archive_->objects(), word));
    document.json = must(put(archive_->objects(), as_bytes(json)));
    return must(archive_->append(document, {})).document;
  }

 private:
  TemporaryFolder folder_{"office"};
  HastyFiles files_;
  std::unique_ptr<RocksArchive> archive_;
  std::unique_ptr<indexer::OwnerStore> owners_;
  std::unique_ptr<indexer::Statistics> statistics_;
  std::unique_ptr<indexer::NearDuplicates> near_duplicates_;
  indexer::Keeper owners_keeper_{*owners_, *archive_};
  indexer::Keeper statistics_keeper_{*statistics_, *archive_};
  indexer::Keeper near_duplicates_keeper_{*near_duplicates_, *archive_};
  api::CatalogueService catalogue_{*archive_};
  api::DossierService dossiers_{{*archive_, *archive_, catalogue_, *owners_, owners_keeper_}};
  api::IndicatorService indicators_{*statistics_, statistics_keeper_, catalogue_};
  api::DuplicateService duplicates_{*archive_, *near_duplicates_, near_duplicates_keeper_};
};

}  // namespace sohoa::test
