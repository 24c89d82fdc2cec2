#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>

#include <random>

#include "pipeline/base/file.hpp"
#include "pipeline/decode/unpack.hpp"
#include "tests/unit/decode/workbench.hpp"

namespace sohoa::test {
namespace {

struct Entry {
  std::string name;
  std::string content;
  unsigned type = AE_IFREG;
};

enum class Locked { no, yes };

Bytes zip(const std::vector<Entry>& entries, Locked locked = Locked::no) {
  std::vector<char> buffer(20'000'000);
  std::size_t used = 0;
  struct archive* out = archive_write_new();
  archive_write_set_format_zip(out);
  if (locked == Locked::yes) {
    archive_write_set_options(out, "zip:encryption=traditional");
    archive_write_set_passphrase(out, "secret");
  }
  archive_write_open_memory(out, buffer.data(), buffer.size(), &used);
  for (const auto& [name, content, type] : entries) {
    struct archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, type);
    archive_entry_set_perm(entry, 0644);
    if (type == AE_IFLNK) archive_entry_set_symlink(entry, content.c_str());
    if (type == AE_IFREG) archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    EXPECT_EQ(archive_write_header(out, entry), ARCHIVE_OK) << archive_error_string(out);
    if (type == AE_IFREG) archive_write_data(out, content.data(), content.size());
    archive_entry_free(entry);
  }
  archive_write_close(out);
  archive_write_free(out);
  return Bytes(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(used));
}

class UnpackTest : public ::testing::Test {
 protected:
  Result<Unpacked> unpack(const Bytes& bytes) {
    auto source = made(bytes);
    source.file.format = SourceFormat::zip;
    output_ = UniqueFd(::memfd_create("unpacked", MFD_CLOEXEC));
    return sohoa::unpack(source.fd.get(), source.file, limits_, output_.get());
  }
  std::string content(const UnpackedEntry& entry) {
    std::string text(entry.size, '\0');
    EXPECT_EQ(::pread(output_.get(), text.data(), text.size(), static_cast<off_t>(entry.offset)),
              static_cast<ssize_t>(text.size()));
    return text;
  }
  Limits limits_;
  UniqueFd output_;
};

TEST_F(UnpackTest, GivesEveryFileWithItsFolders) {
  const auto result =
      unpack(zip({{"hồ sơ/", "", AE_IFDIR}, {"hồ sơ/đơn.pdf", "one"}, {"b.jpg", ""}, {"c.png", "three"}}));
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_EQ(result->entries.size(), 3U);
  EXPECT_EQ(result->entries[0].name, "hồ sơ/đơn.pdf");
  EXPECT_EQ(content(result->entries[0]), "one");
  EXPECT_EQ(content(result->entries[1]), "");
  EXPECT_EQ(content(result->entries[2]), "three");
  EXPECT_TRUE(result->refused.empty());
}

TEST_F(UnpackTest, RefusesLinks) {
  const auto result = unpack(zip({{"link", "/etc/passwd", AE_IFLNK}, {"a", "a"}}));
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_EQ(result->refused.size(), 1U);
  EXPECT_EQ(result->refused[0].error.code, ErrorCode::unsupported);
  EXPECT_EQ(result->entries.size(), 1U);
}

TEST_F(UnpackTest, RefusesEncryptedEntries) {
  const auto result = unpack(zip({{"a.pdf", "secret text"}}, Locked::yes));
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_TRUE(result->entries.empty());
  ASSERT_EQ(result->refused.size(), 1U);
  EXPECT_EQ(result->refused[0].name, "a.pdf");
  EXPECT_EQ(result->refused[0].error, (Error{ErrorCode::unsupported, "encrypted: a password is needed"}));
}

TEST_F(UnpackTest, StopsAtTheLimitOfEntries) {
  limits_.archive_entries = 2;
  const auto result = unpack(zip({{"a", "a"}, {"b", "b"}, {"c", "c"}, {"d", "d"}}));
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->entries.size(), 2U);
  ASSERT_EQ(result->refused.size(), 1U);
  EXPECT_EQ(result->refused[0].error.code, ErrorCode::resource_exhausted);
}

TEST_F(UnpackTest, StopsAtTheLimitOfBytesAndTakesTheHalfEntryBack) {
  limits_.unpacked_bytes = 1'000'000;
  const auto result = unpack(zip({{"a", "small"}, {"b", std::string(2'000'000, 'x')}, {"c", "never"}}));
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->entries.size(), 1U);
  ASSERT_EQ(result->refused.size(), 1U);
  EXPECT_EQ(result->refused[0].error.code, ErrorCode::resource_exhausted);
  EXPECT_EQ(file_size(output_.get()).value(), 5U);
}

TEST_F(UnpackTest, StopsABomb) {
  const auto result = unpack(zip({{"bomb", std::string(600'000'000, '\0')}}));
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_TRUE(result->entries.empty());
  ASSERT_EQ(result->refused.size(), 1U);
  EXPECT_EQ(result->refused[0].error.code, ErrorCode::resource_exhausted);
  EXPECT_EQ(file_size(output_.get()).value(), 0U);
}

TEST_F(UnpackTest, GivesWhatCanBeReadOfADamagedArchive) {
  auto bytes = zip({{"a", "first"}, {"b", std::string(100'000, 'b')}, {"c", "third"}});
  bytes.resize(bytes.size() / 2);  // the central directory is gone, "b" is cut
  const auto result = unpack(bytes);
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_GE(result->entries.size(), 1U);
  EXPECT_EQ(content(result->entries[0]), "first");
  ASSERT_FALSE(result->refused.empty());
  EXPECT_EQ(result->refused[0].error.code, ErrorCode::invalid_input);
}

TEST_F(UnpackTest, RefusesOneDamagedEntryAndGoesOn) {
  std::string noise(5000, ' ');
  std::mt19937 random(5);
  for (auto& letter : noise) letter = static_cast<char>('a' + random() % 26);
  auto bytes = zip({{"a", noise}, {"b", "second"}});
  for (std::size_t i = 1000; i < 1200; ++i) bytes[i] = static_cast<std::uint8_t>(~bytes[i]);
  const auto result = unpack(bytes);
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_EQ(result->refused.size(), 1U);
  EXPECT_EQ(result->refused[0].name, "a");
  ASSERT_EQ(result->entries.size(), 1U);
  EXPECT_EQ(content(result->entries[0]), "second");
}

TEST_F(UnpackTest, ANestedArchiveIsAFile) {
  const auto inner = zip({{"x", "x"}});
  const auto result = unpack(zip({{"inner.zip", std::string(as_text(inner))}}));
  ASSERT_TRUE(result);
  ASSERT_EQ(result->entries.size(), 1U);
  EXPECT_EQ(content(result->entries[0]), as_text(inner));
}

TEST_F(UnpackTest, WhatIsNoZipIsAnError) {
  const auto result = unpack(Bytes(1000, 'x'));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::invalid_input);
}

struct Name {
  const char* label;
  std::string name;
  std::string safe;
};
class SafeName : public ::testing::TestWithParam<Name> {};
TEST_P(SafeName, StaysWhereItIsPut) {
  EXPECT_EQ(safe_name(GetParam().name), GetParam().safe);
}
INSTANTIATE_TEST_SUITE_P(All, SafeName,
                         ::testing::Values(Name{"plain", "a.pdf", "a.pdf"}, Name{"folders", "a/b/c.pdf", "a/b/c.pdf"},
                                           Name{"absolute", "/etc/passwd", "etc/passwd"},
                                           Name{"upwards", "../../x.pdf", "x.pdf"},
                                           Name{"upwards_inside", "a/../../b.pdf", "a/b.pdf"},
                                           Name{"windows", "C:\\scans\\a.pdf", "C/scans/a.pdf"},
                                           Name{"control", std::string("a\0b\n.pdf", 8), "ab.pdf"},
                                           Name{"vietnamese", "hồ sơ/đơn.pdf", "hồ sơ/đơn.pdf"},
                                           Name{"legacy_bytes", "h\xF4 s\xA1.pdf", "h_ s_.pdf"},
                                           Name{"nothing_left", "../..", ""},
                                           Name{"dots_at_the_end", "a. ./b..", "a/b"}),
                         [](const auto& one) { return one.param.label; });

}  // namespace
}  // namespace sohoa::test
