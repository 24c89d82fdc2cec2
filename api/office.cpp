#include "api/office.hpp"

#include <unistd.h>

#include "archive/rocks_archive.hpp"
#include "indexer/compare.hpp"
#include "indexer/keeper.hpp"
#include "indexer/near_duplicates.hpp"
#include "indexer/owner_store.hpp"
#include "indexer/statistics.hpp"

namespace sohoa::api {
namespace {

namespace fs = std::filesystem;

constexpr const char* owners_name = "owners";
constexpr const char* statistics_name = "statistics";
constexpr const char* near_duplicates_name = "near-duplicates";
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

/// Followed by somebody else.
class FollowedElsewhere final : public Following {
 public:
  Result<void> catch_up() override { return {}; }
  Result<void> make_anew() override { return Error{ErrorCode::data_loss, "the index is damaged"}; }
};

/// An index and who keeps it.
template <typename Index>
struct Kept {
  std::unique_ptr<Index> index;
  std::unique_ptr<indexer::Keeper> keeper;  ///< none: another process does
  FollowedElsewhere elsewhere;

  Result<void> open(const fs::path& folder, const Journal& journal) {
    SOHOA_TRY(auto opened, open_index<Index>(folder));
    index = std::move(opened.index);
    if (opened.follows) keeper = std::make_unique<indexer::Keeper>(*index, journal);
    return {};
  }
  Following& following() { return keeper ? static_cast<Following&>(*keeper) : elsewhere; }
  void start() {
    if (keeper) keeper->start();
  }
  void wake() {
    if (keeper) keeper->wake();
  }
};

}  // namespace

struct Office::Parts {
  std::unique_ptr<RocksArchive> own;  ///< none: the archive is another's
  OpenArchive open;
  fs::path folder;
  std::optional<Date> decree_107_from;
  Kept<indexer::OwnerStore> owners;
  Kept<indexer::Statistics> statistics;
  Kept<indexer::NearDuplicates> near_duplicates;
  std::unique_ptr<CatalogueService> catalogue;
  std::unique_ptr<DossierService> dossiers;
  std::unique_ptr<IndicatorService> indicators;
  std::unique_ptr<DuplicateService> duplicates;

  Result<void> open_indexes() {
    SOHOA_DO(owners.open(folder / owners_name, open.journal));
    SOHOA_DO(statistics.open(folder / statistics_name, open.journal));
    SOHOA_DO(near_duplicates.open(folder / near_duplicates_name, open.journal));
    catalogue = std::make_unique<CatalogueService>(open.registry, decree_107_from);
    dossiers = std::make_unique<DossierService>(
        DossierService::Parts{open.registry, open.archive, *catalogue, *owners.index, owners.following()});
    indicators = std::make_unique<IndicatorService>(*statistics.index, statistics.following(), *catalogue);
    duplicates = std::make_unique<DuplicateService>(open.archive, *near_duplicates.index, near_duplicates.following());
    return {};
  }
};

Office::Office(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Office::~Office() {
  parts_->open.journal.on_growth({});
}

Result<std::unique_ptr<Office>> Office::open(const Config& config, Access access) {
  const auto mode = access == Access::read_only ? OpenMode::read_only : OpenMode::read_write;
  SOHOA_TRY(auto archive, RocksArchive::open(config.data, mode));
  auto& faces = *archive;
  auto parts = std::unique_ptr<Parts>(
      new Parts{std::move(archive), {faces, faces, faces}, config.data / "index", config.rules.decree_107_from});
  SOHOA_DO(parts->open_indexes());
  return std::unique_ptr<Office>(new Office(std::move(parts)));
}

Result<std::unique_ptr<Office>> Office::over(const Config& config, OpenArchive archive) {
  auto parts = std::unique_ptr<Parts>(new Parts{nullptr, archive, config.data / "index", config.rules.decree_107_from});
  SOHOA_DO(parts->open_indexes());
  parts->owners.start();
  parts->statistics.start();
  parts->near_duplicates.start();
  archive.journal.on_growth([&all = *parts] {
    all.owners.wake();
    all.statistics.wake();
    all.near_duplicates.wake();
  });
  return std::unique_ptr<Office>(new Office(std::move(parts)));
}

Archive& Office::archive() {
  return parts_->open.archive;
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
DuplicateService& Office::duplicates() {
  return *parts_->duplicates;
}
Result<void> Office::follow() {
  SOHOA_DO(parts_->owners.following().catch_up());
  SOHOA_DO(parts_->statistics.following().catch_up());
  return parts_->near_duplicates.following().catch_up();
}

Result<std::vector<IndexState>> Office::index_states() {
  SOHOA_TRY(const auto size, parts_->open.journal.size());
  std::vector<IndexState> states;
  const auto add = [&](const char* name, const indexer::Follower& index) -> Result<void> {
    SOHOA_TRY(const auto position, index.position());
    states.push_back({name, position.entries, size - std::min(size, position.entries)});
    return {};
  };
  SOHOA_DO(add(owners_name, *parts_->owners.index));
  SOHOA_DO(add(statistics_name, *parts_->statistics.index));
  SOHOA_DO(add(near_duplicates_name, *parts_->near_duplicates.index));
  return states;
}

Result<std::vector<IndexFinding>> Office::check_indexes() {
  std::vector<IndexFinding> findings;
  const auto add = [&](const char* name, const auto& index) -> Result<void> {
    const auto folder = parts_->folder / ("check-" + std::to_string(::getpid()));
    SOHOA_TRY(const auto disagreements, compared(index, parts_->open.journal, folder));
    for (const auto& [row, reason] : disagreements) findings.push_back({name, row, reason});
    return {};
  };
  SOHOA_DO(add(owners_name, *parts_->owners.index));
  SOHOA_DO(add(statistics_name, *parts_->statistics.index));
  SOHOA_DO(add(near_duplicates_name, *parts_->near_duplicates.index));
  return findings;
}

}  // namespace sohoa::api
