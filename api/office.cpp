#include "api/office.hpp"

#include <unistd.h>

#include <mutex>

#include "archive/rocks_archive.hpp"
#include "indexer/compare.hpp"
#include "indexer/owner_store.hpp"
#include "indexer/statistics.hpp"

namespace sohoa::api {
namespace {

namespace fs = std::filesystem;

constexpr const char* owners_name = "owners";
constexpr const char* statistics_name = "statistics";
constexpr std::size_t most_findings = 100;  // of one index

template <typename Index>
struct Opened {
  std::unique_ptr<Index> index;
  bool follows = false;  ///< this process keeps it up to date
};

/// For writing where nobody else does; an index belongs to whoever came first.
template <typename Index>
Result<Opened<Index>> open_index(const fs::path& folder) {
  std::error_code ignored;
  fs::create_directories(folder, ignored);
  auto index = Index::open(folder, OpenMode::read_write);
  if (index) return Opened<Index>{std::move(*index), true};
  if (index.error().code != ErrorCode::unavailable) return index.error().within(folder.string());
  SOHOA_TRY(auto beside, Index::open(folder, OpenMode::read_only));
  return Opened<Index>{std::move(beside), false};
}

/// An index made of the journal as far as `stored` follows it, in a folder that goes away.
template <typename Index>
Result<std::vector<indexer::Disagreement>> compared(const Index& stored, const Journal& journal,
                                                    const fs::path& folder) {
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  fs::create_directories(folder, ignored);
  const auto disagreements = [&]() -> Result<std::vector<indexer::Disagreement>> {
    SOHOA_TRY(const auto position, stored.position());
    SOHOA_TRY(const auto size, journal.size());
    if (position.entries > size) return std::vector<indexer::Disagreement>{{"", "is ahead of the journal"}};
    SOHOA_TRY(const auto fresh, Index::open(folder, OpenMode::read_write));
    SOHOA_DO(fresh->follow(journal, position.entries));
    SOHOA_TRY(const auto reached, fresh->position());
    if (reached != position) return std::vector<indexer::Disagreement>{{"", "followed another journal"}};
    return indexer::compare(stored, *fresh, most_findings);
  }();
  fs::remove_all(folder, ignored);
  return disagreements;
}

}  // namespace

struct Office::Parts {
  fs::path folder;
  std::unique_ptr<RocksArchive> archive;
  Opened<indexer::OwnerStore> owners;
  Opened<indexer::Statistics> statistics;
  std::mutex following;  ///< one thread at a time follows
  std::unique_ptr<CatalogueService> catalogue;
  std::unique_ptr<DossierService> dossiers;
  std::unique_ptr<IndicatorService> indicators;

  Result<void> follow() {
    const std::scoped_lock lock(following);
    if (owners.follows) SOHOA_DO(owners.index->catch_up(*archive));
    if (statistics.follows) SOHOA_DO(statistics.index->catch_up(*archive));
    return {};
  }
};

Office::Office(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Office::~Office() = default;

Result<std::unique_ptr<Office>> Office::open(const Config& config, Access access) {
  auto parts = std::make_unique<Parts>();
  const auto mode = access == Access::read_only ? OpenMode::read_only : OpenMode::read_write;
  SOHOA_TRY(parts->archive, RocksArchive::open(config.data, mode));
  parts->folder = config.data / "index";
  SOHOA_TRY(parts->owners, open_index<indexer::OwnerStore>(parts->folder / owners_name));
  SOHOA_TRY(parts->statistics, open_index<indexer::Statistics>(parts->folder / statistics_name));
  auto& all = *parts;
  const auto follow = [&all] { return all.follow(); };
  all.catalogue = std::make_unique<CatalogueService>(*all.archive);
  all.dossiers = std::make_unique<DossierService>(
      DossierService::Parts{*all.archive, *all.archive, *all.catalogue, *all.owners.index, follow});
  all.indicators = std::make_unique<IndicatorService>(*all.statistics.index, *all.catalogue, follow);
  return std::unique_ptr<Office>(new Office(std::move(parts)));
}

Archive& Office::archive() {
  return *parts_->archive;
}
CatalogueService& Office::catalogue() {
  return *parts_->catalogue;
}
DossierService& Office::dossiers() {
  return *parts_->dossiers;
}
IndicatorService& Office::indicators() {
  return *parts_->indicators;
}
Result<void> Office::follow() {
  return parts_->follow();
}

Result<std::vector<IndexState>> Office::index_states() {
  SOHOA_TRY(const auto size, parts_->archive->size());
  std::vector<IndexState> states;
  const auto add = [&](const char* name, const indexer::Follower& index) -> Result<void> {
    SOHOA_TRY(const auto position, index.position());
    states.push_back({name, position.entries, size - std::min(size, position.entries)});
    return {};
  };
  SOHOA_DO(add(owners_name, *parts_->owners.index));
  SOHOA_DO(add(statistics_name, *parts_->statistics.index));
  return states;
}

Result<std::vector<IndexFinding>> Office::check_indexes() {
  std::vector<IndexFinding> findings;
  const auto add = [&](const char* name, const auto& index) -> Result<void> {
    const auto folder = parts_->folder / ("check-" + std::to_string(::getpid()));
    SOHOA_TRY(const auto disagreements, compared(index, *parts_->archive, folder));
    for (const auto& [row, reason] : disagreements) findings.push_back({name, row, reason});
    return {};
  };
  SOHOA_DO(add(owners_name, *parts_->owners.index));
  SOHOA_DO(add(statistics_name, *parts_->statistics.index));
  return findings;
}

}  // namespace sohoa::api
