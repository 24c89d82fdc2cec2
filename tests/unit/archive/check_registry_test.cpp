// Plants one kind of damage at a time in the registry's rows, behind its back, and expects check() to name exactly
// that.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/rocks_archive.hpp"
#include "tests/support/small_office.hpp"
#include "tests/unit/archive/damaged_archive.hpp"

namespace sohoa {
namespace {

using test::must;
using ::testing::ElementsAre;

/// Entries: 0 scan, 1 catalogue, 2 and 3 dossiers, 4 a paper, 5 its reuse, 6 a reuse from outside.
class CheckRegistryTest : public test::DamagedArchive {
 protected:
  void SetUp() override {
    test::HastyFiles files;
    const auto archive = must(RocksArchive::open(folder_.path(), OpenMode::read_write, {&files}));
    const auto document = must(test::try_document(archive->objects(), "scan"));
    must(archive->append(document, {}));
    must(archive->set_catalogue("{}"));
    const auto by = test::officer();
    must(archive->record({{{by, DossierReceived{test::reception(1)}},
                           {by, DossierReceived{test::reception(2)}},
                           {by, ComponentDigitized{first_, {"TP1"}, test::paper(document.id, "GKS")}},
                           {by, PaperReused{second_, {"TP1"}, source_, "", "thử"}},
                           {by, outside_}}}));
  }

  const DossierCode first_{test::dossier_code(1)};
  const DossierCode second_{test::dossier_code(2)};
  const PaperPlace source_{first_, {"TP1"}, 0};
  const PaperReused outside_{{"OUT-1"}, {"x"}, source_, "", "thử"};
};

TEST_F(CheckRegistryTest, FindsASoundRegistrySound) {
  EXPECT_THAT(findings(), ElementsAre());
  EXPECT_EQ(must(check(folder_.path())).dossiers, 2U);
}

TEST_F(CheckRegistryTest, NamesAMissingDossier) {
  remove_row(rows::dossier_key(first_));
  EXPECT_THAT(findings(), ElementsAre("dossier " + first_.value + ": is missing; journal entry 2 is of it",
                                      "dossier " + first_.value + ": is missing; journal entry 4 is of it"));
}

TEST_F(CheckRegistryTest, NamesAnEntryThatItsDossierLacks) {
  put_row(rows::dossier_key(first_), rows::encode(rows::DossierRow{{2}}));
  EXPECT_THAT(findings(), ElementsAre("dossier " + first_.value + ": does not name journal entry 4, which is of it"));
}

TEST_F(CheckRegistryTest, NamesAnEntryThatIsOfAnotherDossier) {
  put_row(rows::dossier_key(first_), rows::encode(rows::DossierRow{{2, 4, 5}}));
  EXPECT_THAT(findings(),
              ElementsAre("dossier " + first_.value + ": names journal entry 5, which is not the next of it"));
}

TEST_F(CheckRegistryTest, NamesAnEntryThatDoesNotExist) {
  put_row(rows::dossier_key(first_), rows::encode(rows::DossierRow{{2, 4, 50}}));
  EXPECT_THAT(findings(), ElementsAre("dossier " + first_.value + ": names journal entry 50, which does not exist"));
}

TEST_F(CheckRegistryTest, NamesADamagedDossier) {
  put_row(rows::dossier_key(first_), "{\"entries\":[4,2]}");
  EXPECT_THAT(findings(), ElementsAre("dossier " + first_.value + ": entries is not a list of rising numbers"));
}

TEST_F(CheckRegistryTest, NamesADossierThatNobodyReceived) {
  put_row(rows::dossier_key({"H12-20260609-0001"}), rows::encode(rows::DossierRow{{3}}));
  EXPECT_THAT(findings(), ElementsAre("dossier H12-20260609-0001: names journal entry 3, which is not the next of it"));
}

TEST_F(CheckRegistryTest, NamesAMissingOrFalsePaperCode) {
  const auto key = rows::paper_key("079201000001.GKS.15.01");
  put_row(key, rows::encode(rows::PaperRow{4, PaperPlace{second_, {"TP1"}, 0}}));
  EXPECT_THAT(findings(), ElementsAre("paper code 079201000001.GKS.15.01: is not what was given by journal entry 4"));
  remove_row(key);
  EXPECT_THAT(findings(),
              ElementsAre("paper code 079201000001.GKS.15.01: is missing; it was given by journal entry 4"));
}

TEST_F(CheckRegistryTest, NamesAPaperCodeThatNobodyGave) {
  put_row(rows::paper_key("X.01"), rows::encode(rows::PaperRow{4, source_}));
  EXPECT_THAT(findings(), ElementsAre("paper code X.01: stands in no journal entry"));
}

TEST_F(CheckRegistryTest, NamesAMissingReuseFromOutside) {
  remove_row(rows::outside_reuse_key(outside_));
  EXPECT_THAT(findings(),
              ElementsAre("reuse OUT-1/x/" + text_of(source_) + "/: is missing; it stands in journal entry 6"));
}

TEST_F(CheckRegistryTest, NamesAWrongCatalogue) {
  put_row(std::string(rows::catalogue_key), rows::encode_entry(2));
  EXPECT_THAT(findings(), ElementsAre("catalogue : does not name journal entry 1"));
}

TEST_F(CheckRegistryTest, NamesAnAlteredEntryOnceAndNothingElse) {
  const auto key = rows::entry_key(4);
  std::string entry;
  {
    const auto database = must(Database::open(folder_.path() / "db", OpenMode::read_only));
    entry = *must(database->get(key));
  }
  put_row(key, entry.replace(entry.find("\"pages\":2"), 9, "\"pages\":3"));
  EXPECT_THAT(findings(), ElementsAre("journal entry 4: is not the one whose hash was recorded"));
}

}  // namespace
}  // namespace sohoa
