// Plants one kind of damage at a time in the rows of codes and issuances, behind the archive's back, and expects
// check() to name exactly that.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/journal.hpp"
#include "archive/rocks_archive.hpp"
#include "pipeline/base/file.hpp"
#include "tests/support/small_office.hpp"
#include "tests/unit/archive/damaged_archive.hpp"
#include "tests/unit/archive/issuance_samples.hpp"

namespace sohoa {
namespace {

using test::must;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

/// Entries: 0 scan, 1 its code, 2 an issuance that is pending, 3 another one, 4 that completed.
class CheckIssuancesTest : public test::DamagedArchive {
 protected:
  void SetUp() override {
    test::HastyFiles files;
    const auto archive = must(RocksArchive::open(folder_.path(), OpenMode::read_write, {&files}));
    document_ = must(archive->append(must(test::try_document(archive->objects(), "scan")), {})).document;
    must(archive->give_code(document_, "H12.{NN}", test::officer()));
    signed_ = must(put(archive->objects(), as_bytes("signed")));
    stamped_ = must(put(archive->objects(), as_bytes("stamped")));
    auto issuance = test::some_issuance(document_, signed_);
    must(archive->record_issuance(issuance));
    issuance.kind = IssueKind::certified_copy;
    must(archive->record_issuance(test::completed(must(archive->record_issuance(issuance)).issuance, stamped_)));
    ASSERT_EQ(must(archive->size()), 5U);
  }

  std::string row(const std::string& key) const {
    return *must(must(Database::open(folder_.path() / "db", OpenMode::read_only))->get(key));
  }
  void copy_row(const std::string& from, const std::string& to) const { put_row(to, row(from)); }
  rows::IssuanceKey key(std::uint32_t number) const { return {document_, number}; }
  std::string of(std::uint32_t number) const { return document_.value + "/" + std::to_string(number); }

  DocumentId document_;
  StoredObject signed_;
  StoredObject stamped_;
  const DocumentId stranger_{std::string(32, 'a')};
};

TEST_F(CheckIssuancesTest, FindsSoundIssuancesSound) {
  EXPECT_THAT(findings(), ElementsAre());
  EXPECT_EQ(must(check(folder_.path())).orphans, 0U) << "files of issuances that were completed are referred to";
}

TEST_F(CheckIssuancesTest, NamesAMissingOrFalsePaperCode) {
  const auto code = rows::paper_key("H12.01");
  put_row(code, rows::encode(rows::PaperRow{1, stranger_}));
  EXPECT_THAT(findings(), ElementsAre("paper code H12.01: is not what was given by journal entry 1"));
  put_row(code, rows::encode(rows::PaperRow{1, PaperPlace{{test::dossier_code(1)}, {"TP1"}, 0}}));
  EXPECT_THAT(findings(), ElementsAre("paper code H12.01: is not what was given by journal entry 1"));
  remove_row(code);
  EXPECT_THAT(findings(), ElementsAre("paper code H12.01: is missing; it was given by journal entry 1"));
}

TEST_F(CheckIssuancesTest, NamesAPaperCodeThatNobodyGave) {
  copy_row(rows::paper_key("H12.01"), rows::paper_key("H12.02"));
  EXPECT_THAT(findings(), ElementsAre("paper code H12.02: stands in no journal entry"));
}

TEST_F(CheckIssuancesTest, NamesAMissingFalseOrStrangeDocumentCode) {
  put_row(rows::own_code_key(document_), rows::encode_entry(2));
  EXPECT_THAT(findings(), ElementsAre("document code " + document_.value + ": does not name journal entry 1"));
  remove_row(rows::own_code_key(document_));
  EXPECT_THAT(findings(),
              ElementsAre("document code " + document_.value + ": is missing; it was given by journal entry 1"));
  put_row(rows::own_code_key(document_), rows::encode_entry(1));
  put_row(rows::own_code_key(stranger_), rows::encode_entry(1));
  EXPECT_THAT(findings(), ElementsAre("document code " + stranger_.value + ": stands in no journal entry"));
}

TEST_F(CheckIssuancesTest, NamesAMissingIssuance) {
  remove_row(rows::issuance_key(key(1)));
  EXPECT_THAT(findings(), ElementsAre("issuance " + of(1) + ": is missing; journal entry 2 is of it"));
}

TEST_F(CheckIssuancesTest, NamesAnIssuanceThatIsNotItsNewestEntry) {
  copy_row(rows::issuance_key(key(1)), rows::issuance_key(key(2)));
  EXPECT_THAT(findings(), ElementsAre("issuance " + of(2) + ": does not name journal entry 4, the newest of it"));
  put_row(rows::issuance_key(key(2)), rows::encode(rows::IssuanceRow{4, test::digest_of("x")}));
  EXPECT_THAT(findings(), ElementsAre("issuance " + of(2) + ": does not name journal entry 4, the newest of it"));
  put_row(rows::issuance_key(key(2)), "damaged");
  EXPECT_THAT(findings(), ElementsAre("issuance " + of(2) + ": does not name journal entry 4, the newest of it"));
}

TEST_F(CheckIssuancesTest, NamesAnIssuanceThatNobodyMade) {
  copy_row(rows::issuance_key(key(2)), rows::issuance_key(key(3)));
  copy_row(rows::untimed_key(key(1)), rows::untimed_key({stranger_, 1}));
  EXPECT_THAT(findings(), ElementsAre("issuance " + of(3) + ": stands in no journal entry",
                                      "pending timestamp " + stranger_.value + "/1: stands in no journal entry"));
}

TEST_F(CheckIssuancesTest, NamesAMissingFalseOrNeedlessPendingTimestamp) {
  put_row(rows::untimed_key(key(1)), rows::encode_entry(3));
  EXPECT_THAT(findings(), ElementsAre("pending timestamp " + of(1) + ": does not name journal entry 2"));
  remove_row(rows::untimed_key(key(1)));
  EXPECT_THAT(findings(), ElementsAre("pending timestamp " + of(1) + ": is missing; journal entry 2 waits for it"));
  put_row(rows::untimed_key(key(1)), rows::encode_entry(2));
  put_row(rows::untimed_key(key(2)), rows::encode_entry(3));
  EXPECT_THAT(findings(), ElementsAre("pending timestamp " + of(2) + ": is there, and journal entry 4 waits for none"));
}

TEST_F(CheckIssuancesTest, NamesKeysThatAreNone) {
  for (const char prefix : {'X', 'E', 'T'}) put_row(prefix + std::string("junk"), "{}");
  EXPECT_THAT(findings(), UnorderedElementsAre("database 586a756e6b: is a key of no kind we know",
                                               "database 456a756e6b: is a key of no kind we know",
                                               "database 546a756e6b: is a key of no kind we know"));
}

TEST_F(CheckIssuancesTest, NamesMissingAndCutIssuedFiles) {
  const auto path_of = [&](const StoredObject& object) {
    const auto hex = object.digest.hex();
    return folder_.path() / "objects" / hex.substr(0, 2) / hex.substr(2, 2) / hex;
  };
  std::filesystem::remove(path_of(signed_));
  must(write_file(path_of(stamped_), as_bytes("stamp")));
  EXPECT_THAT(findings(),
              UnorderedElementsAre(
                  "object " + signed_.digest.hex() + ": is missing; it is issued file 1 of document " + document_.value,
                  "object " + stamped_.digest.hex() +
                      ": has 5 bytes instead of 7; its bytes have another digest; it is issued file 2 of "
                      "document " +
                      document_.value));
}

TEST_F(CheckIssuancesTest, NamesAnAlteredEntryOnceAndNothingElse) {
  for (const auto& [number, what, with] : {std::tuple(1, "H12.01", "H12.07"),
                                           {2, "\"number\":1", "\"number\":7"},
                                           {3, "certified_copy", "electronic_copy"},
                                           {4, "B-LT", "B-T"}}) {
    const auto entry_key = rows::entry_key(static_cast<std::uint64_t>(number));
    const auto before = row(entry_key);
    auto entry = before;
    ASSERT_NE(entry.find(what), std::string::npos) << entry;
    put_row(entry_key, entry.replace(entry.find(what), std::string(what).size(), with));
    EXPECT_THAT(findings(),
                ElementsAre("journal entry " + std::to_string(number) + ": is not the one whose hash was recorded"));
    remove_row(entry_key);
    EXPECT_THAT(findings(), ElementsAre("journal entry " + std::to_string(number) + ": is missing"));
    put_row(entry_key, before);
  }
  EXPECT_THAT(findings(), ElementsAre());
}

}  // namespace
}  // namespace sohoa
