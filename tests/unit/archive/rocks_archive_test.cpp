// What is this implementation's own: its folder, its lock, its modes. What every archive does: tests/contract/archive.
#include "archive/rocks_archive.hpp"

#include <gtest/gtest.h>

#include "archive/check.hpp"
#include "pipeline/base/file.hpp"
#include "tests/unit/archive/samples.hpp"

namespace sohoa {
namespace {

using test::fails_with;
using test::must;

class RocksArchiveTest : public ::testing::Test {
 protected:
  auto try_open(OpenMode mode = OpenMode::read_write) { return RocksArchive::open(data_dir_, mode); }
  void open() { archive_ = must(try_open()); }
  ArchiveReceipt append(const std::string& word) {
    return must(archive_->append(must(test::try_document(archive_->objects(), word)), {}));
  }
  std::string format() const { return std::string(as_text(must(read_file(data_dir_ / "FORMAT", 100)))); }

  test::TemporaryFolder folder_{"archive"};
  std::filesystem::path data_dir_ = folder_.path() / "deep" / "data";
  std::unique_ptr<RocksArchive> archive_;
};

TEST_F(RocksArchiveTest, MakesItsFolder) {
  open();
  EXPECT_EQ(format(), "sohoa data directory, format 1\n");
  EXPECT_TRUE(std::filesystem::is_directory(data_dir_ / "objects"));
  EXPECT_TRUE(std::filesystem::is_directory(data_dir_ / "db"));
}

TEST_F(RocksArchiveTest, HasOneWriterAtATime) {
  open();
  const auto second = try_open();
  ASSERT_TRUE(fails_with(second, ErrorCode::unavailable));
  EXPECT_EQ(second.error().message, "data directory is in use by another sohoa");
  archive_.reset();
  EXPECT_TRUE(try_open());
}

TEST_F(RocksArchiveTest, LetsReadersInBesideTheWriter) {
  open();
  const auto first = append("first");
  const auto reader = must(try_open(OpenMode::read_only));
  const auto second = append("second");
  EXPECT_EQ(must(reader->document(first.document)).receipt, first);
  EXPECT_TRUE(fails_with(reader->document(second.document), ErrorCode::not_found)) << "it shows the moment of opening";
  EXPECT_EQ(must(must(try_open(OpenMode::read_only))->document(second.document)).receipt, second);
}

TEST_F(RocksArchiveTest, ChangesNothingWhenOpenForReading) {
  open();
  const auto document = must(test::try_document(archive_->objects(), "word"));
  const auto submission = must(archive_->open_submission({}));
  const auto reader = must(try_open(OpenMode::read_only));
  EXPECT_TRUE(fails_with(reader->append(document, {}), ErrorCode::unsupported));
  EXPECT_TRUE(fails_with(reader->open_submission({}), ErrorCode::unsupported));
  EXPECT_TRUE(fails_with(reader->add_item(submission, test::pending_item(document.source)), ErrorCode::unsupported));
  EXPECT_TRUE(fails_with(reader->objects().create(), ErrorCode::unsupported));
}

TEST_F(RocksArchiveTest, FindsNothingToReadWhereThereIsNothing) {
  EXPECT_TRUE(fails_with(try_open(OpenMode::read_only), ErrorCode::not_found));
  EXPECT_TRUE(fails_with(check(data_dir_), ErrorCode::not_found));
  EXPECT_FALSE(std::filesystem::exists(data_dir_));
}

TEST_F(RocksArchiveTest, LeavesALaterVersionsFolderAlone) {
  std::filesystem::create_directories(data_dir_);
  must(write_file(data_dir_ / "FORMAT", as_bytes("sohoa data directory, format 2\n")));
  EXPECT_TRUE(fails_with(try_open(), ErrorCode::unsupported));
  EXPECT_TRUE(fails_with(try_open(OpenMode::read_only), ErrorCode::unsupported));
  EXPECT_FALSE(std::filesystem::exists(data_dir_ / "db"));
}

TEST_F(RocksArchiveTest, LeavesAForeignFolderAlone) {
  std::filesystem::create_directories(data_dir_ / "db");
  EXPECT_TRUE(fails_with(try_open(), ErrorCode::invalid_input));
  must(write_file(data_dir_ / "FORMAT", as_bytes("something else")));
  EXPECT_TRUE(fails_with(try_open(), ErrorCode::invalid_input));
}

TEST_F(RocksArchiveTest, FinishesAFolderWhoseMakingWasInterrupted) {
  std::filesystem::create_directories(data_dir_);
  must(write_file(data_dir_ / "FORMAT.new", as_bytes("soh")));
  open();
  EXPECT_EQ(format(), "sohoa data directory, format 1\n");
}

TEST_F(RocksArchiveTest, RefusesADocumentWithoutItsResults) {
  open();
  const auto complete = must(test::try_document(archive_->objects(), "word"));
  for (auto part : {&IssuedDocument::pdf, &IssuedDocument::text, &IssuedDocument::alto, &IssuedDocument::json}) {
    auto document = complete;
    (document.*part).digest = test::digest_of("never stored");
    EXPECT_TRUE(fails_with(archive_->append(document, {}), ErrorCode::data_loss));
    document = complete;
    (document.*part).size += 1;
    EXPECT_TRUE(fails_with(archive_->append(document, {}), ErrorCode::data_loss));
  }
  std::filesystem::remove(data_dir_ / "objects" / complete.source.digest.hex().substr(0, 2) /
                          complete.source.digest.hex().substr(2, 2) / complete.source.digest.hex());
  EXPECT_TRUE(fails_with(archive_->append(complete, {}), ErrorCode::data_loss)) << "the original is gone";
  EXPECT_EQ(must(archive_->status()).documents, 0U);
}

TEST_F(RocksArchiveTest, NoticesAJournalEntryThatWasAltered) {
  open();
  const auto receipt = append("word");
  archive_.reset();
  {
    const auto database = must(Database::open(data_dir_ / "db", OpenMode::read_write));
    auto entry = *must(database->get(rows::entry_key(0)));
    entry.replace(entry.find("word.pdf"), 4, "lord");
    Batch batch;
    batch.put(rows::entry_key(0), entry);
    must(database->commit(batch));
  }
  open();
  EXPECT_TRUE(fails_with(archive_->document(receipt.document), ErrorCode::data_loss));
}

}  // namespace
}  // namespace sohoa
