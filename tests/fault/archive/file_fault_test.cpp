// Fails the Nth file operation for N = 1, 2, ... until a run gets through without meeting the fault. After each run the
// archive is opened anew on a sound disk: everything that was acknowledged is there, check() is clean, and the same
// work can be done again to its end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "archive/rocks_archive.hpp"
#include "tests/fault/archive/faulty_env.hpp"
#include "tests/fault/archive/faulty_files.hpp"
#include "tests/unit/archive/findings_in.hpp"
#include "tests/unit/archive/issuance_samples.hpp"

namespace sohoa {
namespace {

using test::Faults;
using test::must;

/// What the archive has acknowledged.
struct Acknowledged {
  std::vector<SubmissionId> submissions;
  std::vector<ItemKey> items;
  std::vector<ArchiveReceipt> receipts;
  std::vector<ItemKey> archived;
  std::map<DocumentId, PaperCode> codes;
  std::vector<IssuanceRecord> issuances;
};

/// Gives it a code, issues it, and completes that.
void issue(RocksArchive& archive, const DocumentId& document, Acknowledged& done) {
  const auto code = archive.give_code(document, "H12.{NN}", {Actor::Kind::officer, "an"});
  if (!code) return;
  done.codes.emplace(document, *code);
  for (const auto* bytes : {"signed", "stamped"}) {
    const auto pdf = put(archive.objects(), as_bytes(bytes));
    if (!pdf) return;
    const auto pending = test::some_issuance(document, *pdf);
    const auto wanted = done.issuances.empty() ? pending : test::completed(done.issuances.back().issuance, *pdf);
    const auto record = archive.record_issuance(wanted);
    if (!record) return;
    done.issuances.push_back(*record);
  }
}

/// One submission of two files, the second issued; goes on after an error, as a server would.
void work(RocksArchive& archive, Acknowledged& done) {
  const auto submission = archive.open_submission({});
  if (submission) done.submissions.push_back(*submission);
  for (const char* word : {"first", "second"}) {
    const auto source = test::try_source(archive.objects(), word);
    if (!source) continue;
    std::vector<ItemKey> items;
    if (submission) {
      if (const auto key = archive.add_item(*submission, test::pending_item(*source))) items.push_back(*key);
    }
    done.items.insert(done.items.end(), items.begin(), items.end());
    const auto document = test::try_document(archive.objects(), word);
    if (!document) continue;
    const auto receipt = archive.append(*document, items);
    if (!receipt) continue;
    done.receipts.push_back(*receipt);
    done.archived.insert(done.archived.end(), items.begin(), items.end());
  }
  if (!done.receipts.empty()) issue(archive, done.receipts.back().document, done);
}

void expect_all(const Acknowledged& done, const RocksArchive& archive) {
  for (const auto& id : done.submissions) EXPECT_TRUE(archive.submission(id));
  for (const auto& key : done.items) EXPECT_GT(must(archive.submission(key.submission)).items.size(), key.index);
  for (const auto& key : done.archived) {
    EXPECT_EQ(must(archive.submission(key.submission)).items.at(key.index).state, ItemState::archived);
  }
  for (const auto& receipt : done.receipts) {
    const auto record = archive.document(receipt.document);
    ASSERT_TRUE(record) << record.error().message;
    EXPECT_EQ(record->receipt, receipt);
  }
  for (const auto& [issuance, receipt] : done.issuances) {
    const auto all = must(archive.issuances(issuance.document));
    ASSERT_EQ(all.size(), 1U);
    EXPECT_GE(all[0].receipt.entry, receipt.entry);
  }
}

void expect_clean(const std::filesystem::path& folder) {
  EXPECT_THAT(test::findings_in(folder), ::testing::IsEmpty());
}

/// One run with `faults` in the part of the file system that `seams` name.
void run_once(const ArchiveSeams& seams) {
  const test::TemporaryFolder folder("fault");
  Acknowledged done;
  if (const auto archive = RocksArchive::open(folder.path(), OpenMode::read_write, seams)) work(**archive, done);

  // No power is cut here, so the sound disk need not sync either.
  Faults none;
  test::FaultyFiles files(none);
  const auto env = test::make_faulty_env(none);
  {
    const auto archive = must(RocksArchive::open(folder.path(), OpenMode::read_write, {&files, env.get()}));
    expect_all(done, *archive);
    Acknowledged again;
    work(*archive, again);
    EXPECT_EQ(again.receipts.size(), 2U) << "what failed can be done again";
    EXPECT_EQ(again.issuances.size(), 2U);
    for (const auto& [document, code] : done.codes) {
      EXPECT_EQ(must(archive->give_code(document, "another.{NN}", {})), code) << "the first code stays";
    }
    for (const auto& receipt : done.receipts) {
      EXPECT_EQ(std::count(again.receipts.begin(), again.receipts.end(), receipt), 1) << "the first receipt stays";
    }
  }
  expect_clean(folder.path());
}

class FileFaultTest : public ::testing::TestWithParam<Faults::Kind> {};

TEST_P(FileFaultTest, OfTheObjectStoreLosesNothingAcknowledged) {
  std::uint64_t n = 1;
  for (bool met = true; met && !HasFailure(); ++n) {
    SCOPED_TRACE("operation " + std::to_string(n));
    Faults faults(GetParam(), n);
    test::FaultyFiles files(faults);
    Faults none;
    const auto env = test::make_faulty_env(none);
    run_once({&files, env.get()});
    met = faults.struck();
  }
  EXPECT_GT(n, 60U) << "the faults were not in the way";
}

TEST_P(FileFaultTest, OfTheDatabaseLosesNothingAcknowledged) {
  std::uint64_t n = 1;
  for (bool met = true; met && !HasFailure(); ++n) {
    SCOPED_TRACE("operation " + std::to_string(n));
    Faults faults(GetParam(), n);
    test::HastyFiles files;
    const auto env = test::make_faulty_env(faults);
    run_once({&files, env.get()});
    met = faults.struck();
  }
  EXPECT_GT(n, 20U) << "the faults were not in the way";
}

INSTANTIATE_TEST_SUITE_P(Kinds, FileFaultTest, ::testing::Values(Faults::Kind::one, Faults::Kind::from_there_on),
                         [](const auto& one) { return one.param == Faults::Kind::one ? "One" : "FromThereOn"; });

class BrokenStoreTest : public ::testing::Test {
 protected:
  /// The number of operations that storing `text` takes in a fresh store, and its last one, the folder's sync.
  static std::uint64_t operations(std::string_view text) {
    std::uint64_t n = 1;
    for (;; ++n) {
      const test::TemporaryFolder folder("store");
      Faults faults(Faults::Kind::one, n);
      test::FaultyFiles files(faults);
      const auto store = DiskObjectStore::open(folder.path() / "objects", OpenMode::read_write, files);
      if (store && put(**store, as_bytes(text)) && !faults.struck()) return n - 1;
    }
  }
};

TEST_F(BrokenStoreTest, TakesNothingMoreOnceAFolderCouldNotBeSynced) {
  const test::TemporaryFolder folder("store");
  Faults faults(Faults::Kind::one, operations("text"));
  test::FaultyFiles files(faults);
  const auto store = must(DiskObjectStore::open(folder.path() / "objects", OpenMode::read_write, files));
  EXPECT_FALSE(put(*store, as_bytes("text")));
  EXPECT_TRUE(test::fails_with(put(*store, as_bytes("text")), ErrorCode::unavailable))
      << "a second sync proves nothing";
  const auto again = must(DiskObjectStore::open(folder.path() / "objects", OpenMode::read_write));
  EXPECT_TRUE(put(*again, as_bytes("text")));
}

}  // namespace
}  // namespace sohoa
