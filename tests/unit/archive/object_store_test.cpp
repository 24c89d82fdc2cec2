#include "archive/object_store.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>
#include <vector>

#include "pipeline/base/file.hpp"
#include "tests/unit/archive/samples.hpp"

namespace sohoa {
namespace {

using test::digest_of;
using test::fails_with;
using test::must;

class ObjectStoreTest : public ::testing::Test {
 protected:
  ObjectStoreTest() { open(); }
  void open(OpenMode mode = OpenMode::read_write) {
    store_.reset();
    store_ = must(DiskObjectStore::open(root(), mode));
  }
  std::filesystem::path root() const { return folder_.path() / "objects"; }
  StoredObject put_text(std::string_view text) { return must(put(*store_, as_bytes(text))); }
  std::string text_of(const Digest& digest) {
    const auto fd = must(store_->open(digest));
    return std::string(as_text(must(read_all(fd.get(), 1 << 30))));
  }
  std::vector<std::string> files() const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root())) {
      if (entry.is_regular_file()) found.push_back(entry.path().lexically_relative(root()).string());
    }
    return found;
  }

  test::TemporaryFolder folder_{"archive"};
  std::unique_ptr<DiskObjectStore> store_;
};

TEST_F(ObjectStoreTest, KeepsBytesUnderTheirDigest) {
  const auto object = put_text("abc");
  EXPECT_EQ(object.digest.hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(object.size, 3U);
  EXPECT_EQ(files(), std::vector<std::string>{"ba/78/" + object.digest.hex()});
  EXPECT_EQ(text_of(object.digest), "abc");
  EXPECT_TRUE(store_->contains(object.digest));
}

TEST_F(ObjectStoreTest, KeepsNothingAsWell) {
  EXPECT_EQ(text_of(put_text("").digest), "");
}

TEST_F(ObjectStoreTest, TakesAnObjectInPiecesSmallAndLarge) {
  std::string whole;
  auto writer = must(store_->create());
  for (const std::size_t size : {1U, 65'535U, 1U, 0U, 200'000U, 65'536U, 7U}) {
    const std::string piece(size, static_cast<char>('a' + size % 26));
    must(writer->write(as_bytes(piece)));
    whole += piece;
  }
  const auto object = must(writer->commit());
  EXPECT_EQ(object.digest, digest_of(whole));
  EXPECT_EQ(object.size, whole.size());
  EXPECT_EQ(text_of(object.digest), whole);
}

TEST_F(ObjectStoreTest, KeepsTheFirstWhenTheSameBytesComeTwice) {
  const auto path = store_->path_of(put_text("same").digest);
  const auto first = std::filesystem::last_write_time(path);
  std::filesystem::last_write_time(path, first - std::chrono::hours(1));
  put_text("same");
  EXPECT_EQ(std::filesystem::last_write_time(path), first - std::chrono::hours(1));
  EXPECT_EQ(files().size(), 1U);
}

TEST_F(ObjectStoreTest, LeavesNoTraceOfAWriterThatDidNotCommit) {
  {
    auto writer = must(store_->create());
    must(writer->write(Bytes(300'000, 1)));
    EXPECT_EQ(files().size(), 1U);
  }
  EXPECT_TRUE(files().empty());
}

TEST_F(ObjectStoreTest, CommitsAWriterOnce) {
  auto writer = must(store_->create());
  must(writer->commit());
  EXPECT_TRUE(fails_with(writer->commit(), ErrorCode::internal));
  EXPECT_TRUE(fails_with(writer->write(as_bytes("more")), ErrorCode::internal));
}

TEST_F(ObjectStoreTest, RemovesWhatACrashLeftBehind) {
  put_text("kept");
  must(write_file(root() / "incoming" / "0", as_bytes("half")));
  open();
  EXPECT_EQ(files().size(), 1U);
  put_text("new");  // the name 0 is free again
  EXPECT_EQ(files().size(), 2U);
}

TEST_F(ObjectStoreTest, SaysNotFoundForUnknownBytes) {
  EXPECT_FALSE(store_->contains(digest_of("unknown")));
  EXPECT_TRUE(fails_with(store_->open(digest_of("unknown")), ErrorCode::not_found));
}

TEST_F(ObjectStoreTest, CallsTheOperatorWhenTheFirstCopyIsShorter) {
  const auto object = put_text("complete");
  std::filesystem::permissions(store_->path_of(object.digest), std::filesystem::perms::owner_all);
  std::filesystem::resize_file(store_->path_of(object.digest), 4);
  EXPECT_TRUE(fails_with(put(*store_, as_bytes("complete")), ErrorCode::data_loss));
}

TEST_F(ObjectStoreTest, ReadsButDoesNotWriteWhenOpenForReading) {
  const auto object = put_text("abc");
  must(write_file(root() / "incoming" / "7", as_bytes("another's work")));
  open(OpenMode::read_only);
  EXPECT_EQ(text_of(object.digest), "abc");
  EXPECT_TRUE(fails_with(store_->create(), ErrorCode::unsupported));
  EXPECT_EQ(files().size(), 2U);
}

TEST_F(ObjectStoreTest, MakesNoFolderWhenOpenForReading) {
  EXPECT_TRUE(fails_with(DiskObjectStore::open(folder_.path() / "none", OpenMode::read_only), ErrorCode::not_found));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "none"));
}

TEST_F(ObjectStoreTest, StoresAFileFromWhereItsDescriptorStands) {
  must(write_file(folder_.path() / "file", Bytes(700'000, 7)));
  const auto fd = must(open_for_reading(folder_.path() / "file"));
  ASSERT_EQ(::lseek(fd.get(), 100'000, SEEK_SET), 100'000);
  EXPECT_EQ(must(put_file(*store_, fd.get(), 600'000)).digest, sha256(Bytes(600'000, 7)));
  ASSERT_EQ(::lseek(fd.get(), 0, SEEK_SET), 0);
  EXPECT_TRUE(fails_with(put_file(*store_, fd.get(), 699'999), ErrorCode::resource_exhausted));
  EXPECT_EQ(files().size(), 1U);
}

TEST_F(ObjectStoreTest, StoresWhatAPipeGives) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  UniqueFd reader(ends[0]);
  std::thread writer([fd = UniqueFd(ends[1])] { must(write_all(fd.get(), Bytes(500'000, 3))); });
  EXPECT_EQ(must(put_file(*store_, reader.get(), 500'000)).digest, sha256(Bytes(500'000, 3)));
  writer.join();
}

TEST_F(ObjectStoreTest, CommitsSeveralSideBySide) {
  std::vector<std::unique_ptr<ObjectWriter>> writers;
  for (const char* text : {"pdf", "text", "alto", "text"}) {
    writers.push_back(must(store_->create()));
    must(writers.back()->write(as_bytes(text)));
  }
  const auto objects = must(commit_all(writers));
  ASSERT_EQ(objects.size(), 4U);
  EXPECT_EQ(objects[0].digest, digest_of("pdf"));
  EXPECT_EQ(objects[2].digest, digest_of("alto"));
  EXPECT_EQ(objects[3].digest, objects[1].digest);
  EXPECT_EQ(files().size(), 3U);
  EXPECT_TRUE(fails_with(commit_all(writers), ErrorCode::internal)) << "they were committed already";
  EXPECT_TRUE(must(commit_all({})).empty());
}

TEST_F(ObjectStoreTest, TakesTheSameObjectsFromManyThreads) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) put_text("object " + std::to_string(i));
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(files().size(), 20U);
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(store_->contains(digest_of("object " + std::to_string(i))));
}

}  // namespace
}  // namespace sohoa
