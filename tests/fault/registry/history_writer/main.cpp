// The victim of the histories' crash test: makes up what happens to dossiers without end, both indexes kept by their
// own threads, and prints after each stretch how many journal entries are acknowledged.
//
// registry_history_writer FOLDER SEED
#include <algorithm>

#include "indexer/keeper.hpp"
#include "indexer/owner_store.hpp"
#include "indexer/statistics.hpp"
#include "tests/fault/archive/endless_writer.hpp"
#include "tests/support/history.hpp"

namespace {

using namespace sohoa;

unsigned seed = 0;

Result<void> run(const std::filesystem::path& folder) {
  test::HastyFiles files;
  SOHOA_TRY(const auto archive, RocksArchive::open(folder / "data", OpenMode::read_write, {&files}));
  SOHOA_TRY(const auto owners, indexer::OwnerStore::open(folder / "owners", OpenMode::read_write));
  SOHOA_TRY(const auto statistics, indexer::Statistics::open(folder / "statistics", OpenMode::read_write));
  indexer::Keeper owners_keeper(*owners, *archive);
  indexer::Keeper statistics_keeper(*statistics, *archive);
  owners_keeper.start();
  statistics_keeper.start();
  archive->on_growth([&] {
    owners_keeper.wake();
    statistics_keeper.wake();
  });
  test::History history(*archive, seed);
  while (true) {
    history.happen(5);
    SOHOA_TRY(const auto size, archive->size());
    test::say(std::to_string(size) + "\n");
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 2) seed = static_cast<unsigned>(std::atoi(argv[2]));
  return test::endless_main(std::min(argc, 2), argv, run);
}
