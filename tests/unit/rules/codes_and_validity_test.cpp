#include <gtest/gtest.h>

#include "pipeline/rules/codes.hpp"
#include "pipeline/rules/validity.hpp"
#include "tests/support/small_office.hpp"

namespace sohoa::rules {
namespace {

Date day(const char* iso) {
  return *date_of(std::string_view(iso));
}

class CodesTest : public ::testing::Test {
 protected:
  const Catalogue catalogue_ = test::small_catalogue();
  const RuleSet& rules_ = *catalogue_.rule_set({"decree-118-2025"});
};

TEST_F(CodesTest, TakesBothFormsOfDossierCodes) {
  for (const auto* code : {"000.00.01.H12-221130-0001", "G09.20-20260609-0092637", "H12-20260609-0001"}) {
    EXPECT_TRUE(is_dossier_code(rules_, {code})) << code;
  }
  for (const auto* code :
       {"", "H12", "000.00.01.H12-221130-1", "000.00.01.h12-221130-0001", "000.00.01.H12-221130-0001 ",
        "../000.00.01.H12-221130-0001", "000.00.01.H12-2211301-0001"}) {
    EXPECT_FALSE(is_dossier_code(rules_, {code})) << code;
  }
  EXPECT_FALSE(is_dossier_code(rules_, {std::string(100'000, '0')}));
}

TEST_F(CodesTest, FillsTheTemplates) {
  auto details = test::paper({}, "GKS").details;
  details.number_symbol = "15 GKS/2020";
  EXPECT_EQ(paper_code(rules_, details).value, "079201000001.GKS.15-GKS/2020.{NN}");
  details.owner = {};
  EXPECT_EQ(paper_code(rules_, details).value, ".GKS.15-GKS/2020.{NN}") << "without an identifier the part is empty";
  EXPECT_EQ(result_code(rules_, {"H12-20260609-0001"}).value, "H12-20260609-0001-KQ{n}");
}

TEST(OwnerIdTest, ChecksWhatCanBeChecked) {
  for (const auto* id : {"0100047516", "0100047516-001"}) EXPECT_TRUE(is_owner_id(OwnerKind::organisation, {id})) << id;
  for (const auto* id : {"0100047517", "010004751", "0100047516-01", "0100047516-0a1", "x100047516", ""}) {
    EXPECT_FALSE(is_owner_id(OwnerKind::organisation, {id})) << id;
  }
  for (const auto* id : {"079201000001", "123456789"}) EXPECT_TRUE(is_owner_id(OwnerKind::person, {id})) << id;
  for (const auto* id : {"07920100000", "12345678x", ""}) EXPECT_FALSE(is_owner_id(OwnerKind::person, {id})) << id;
}

class ValidityTest : public CodesTest {
 protected:
  bool valid(const char* kind, const char* on) const { return judge(kind, on).valid; }
  Validity judge(const char* kind, const char* on) const {
    return validity_of(details_, filed_, catalogue_.kind({kind}), rules_, day(on));
  }
  PaperDetails details_ = test::paper({}, "GKS").details;  // issued 2025-10-01
  Date filed_ = day("2025-11-22");
};

TEST_F(ValidityTest, TakesTheKindsPeriodFromTheDayOfIssue) {
  EXPECT_TRUE(valid("XNHN", "2026-04-01"));
  EXPECT_FALSE(valid("XNHN", "2026-04-02"));
  EXPECT_EQ(judge("XNHN", "2026-04-02").vietnamese, "Đã hết giá trị từ sau ngày 01/04/2026.");
  EXPECT_TRUE(valid("GKS", "2100-01-01")) << "permanent";
  EXPECT_EQ(judge("GKS", "2100-01-01").until, std::nullopt);
}

TEST_F(ValidityTest, TakesTheRuleSetsDefaultWhereTheKindSaysNothing) {
  EXPECT_TRUE(valid("DON", "2026-04-01"));
  EXPECT_FALSE(valid("DON", "2026-04-02"));
  EXPECT_FALSE(valid("UNKNOWN", "2026-04-02"));
}

TEST_F(ValidityTest, TakesTheDayOfFilingWhereTheDayOfIssueIsNotKnown) {
  details_.issued.reset();
  EXPECT_TRUE(valid("XNHN", "2026-05-22"));
  EXPECT_FALSE(valid("XNHN", "2026-05-23"));
}

TEST_F(ValidityTest, BelievesThePaperFirst) {
  details_.valid_until = day("2025-12-01");
  EXPECT_FALSE(valid("GKS", "2025-12-02"));
  EXPECT_TRUE(valid("GKS", "2025-12-01"));
}

TEST_F(ValidityTest, IsNotValidBeforeItWasIssued) {
  EXPECT_FALSE(valid("GKS", "2025-09-30"));
}

TEST_F(ValidityTest, EndsOnTheLastDayOfAShorterMonth) {
  details_.issued = day("2025-08-31");
  EXPECT_TRUE(valid("XNHN", "2026-02-28"));
  EXPECT_FALSE(valid("XNHN", "2026-03-01"));
}

}  // namespace
}  // namespace sohoa::rules
