// Codes and issuances as journal entries: the same bytes for ever, read back whole, and nothing else taken for one.
#include <gtest/gtest.h>

#include "archive/journal.hpp"
#include "tests/unit/archive/issuance_samples.hpp"

namespace sohoa {
namespace {

using test::all_of;
using test::digest_of;

constexpr auto time_text = "2026-11-22T22:15:03.120+07:00";
const DocumentId document{"0682c5f2076f099c34cfdd15a9e06384"};

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

Issuance sample() {
  auto issuance = test::some_issuance(document, {digest_of("signed"), 6});
  issuance.number = 1;
  issuance.signatures.pop_back();
  return issuance;
}

/// What FORMAT.md shows; hashes of old entries are made of these bytes.
std::string expected_issuance() {
  auto text = replaced(
      R"({"as":"electronic_copy","at":"2026-11-18T18:10:00.789+07:00","by":{"officer":"an"},"by_name":"Nguyễn Văn An",)"
      R"("code":"H12.1.GKS.01","document":"0682c5f2076f099c34cfdd15a9e06384","form":"sao_y","kind":"issuance",)"
      R"("level":"B-B","number":1,"pdf":{"sha256":"PDF","size":6},"seq":7,)"
      R"("signatures":[{"at":"2026-11-18T18:10:00.789+07:00","certificate":{"issuer":"CA thử",)"
      R"("not_after":"2030-03-18T00:46:40.000+07:00","not_before":"2023-11-15T05:13:20.000+07:00",)"
      R"("organization":"UBND xã Một","serial":"0a1b","sha256":"DER","subject":"Nguyễn Văn An"},"role":"person"}],)"
      R"("time":"2026-11-22T22:15:03.120+07:00","timestamp_pending":true,"version":1})",
      "PDF", digest_of("signed").hex());
  return replaced(text, "DER", digest_of("Nguyễn Văn An").hex());
}

constexpr auto expected_code =
    R"({"by":{"officer":"an"},"code":"H12.1.GKS.01","document":"0682c5f2076f099c34cfdd15a9e06384","kind":"code",)"
    R"("seq":7,"time":"2026-11-22T22:15:03.120+07:00"})";

Result<Issuance> issuance_of(std::string_view entry) {
  SOHOA_TRY(auto read, canonical_entry_of(entry));
  return std::get<Issuance>(std::move(read.what));
}

TEST(IssuanceEntryTest, HasTheBytesOfTheFormatDescription) {
  EXPECT_EQ(issuance_entry(7, time_text, sample()), expected_issuance());
  EXPECT_EQ(code_entry(7, time_text, {document, {"H12.1.GKS.01"}, {Actor::Kind::officer, "an"}}), expected_code);
}

TEST(IssuanceEntryTest, IsReadBackWhole) {
  auto full = test::completed(test::some_issuance(document, {}), {digest_of("stamped"), 7});
  full.number = 12;
  full.version = 3;
  full.by = {Actor::Kind::service, "hotich"};
  Issuance bare;
  bare.document = document;
  bare.number = 1;
  for (const auto& issuance : {sample(), full, bare}) {
    const auto entry = issuance_entry(7, time_text, issuance);
    const auto back = issuance_of(entry);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(all_of(*back), all_of(issuance)) << entry;
  }
  const auto code = canonical_entry_of(expected_code);
  ASSERT_TRUE(code) << code.error().message;
  const auto& given = std::get<CodeGiven>(code->what);
  EXPECT_EQ(given.document, document);
  EXPECT_EQ(given.code.value, "H12.1.GKS.01");
  EXPECT_EQ(given.by, (Actor{Actor::Kind::officer, "an"}));
  EXPECT_EQ(code->receipt.entry, 7U);
}

TEST(IssuanceEntryTest, KeepsEachValueByItsName) {
  auto issuance = sample();
  for (const auto kind :
       {IssueKind::digitized_copy, IssueKind::electronic_copy, IssueKind::certified_copy, IssueKind::result}) {
    issuance.kind = kind;
    EXPECT_EQ(issuance_of(issuance_entry(7, time_text, issuance))->kind, kind);
  }
  for (const auto form : {CopyForm::none, CopyForm::sao_y, CopyForm::sao_luc, CopyForm::trich_sao}) {
    issuance.form = form;
    EXPECT_EQ(issuance_of(issuance_entry(7, time_text, issuance))->form, form);
  }
  for (const auto level : {SignatureLevel::b_b, SignatureLevel::b_t, SignatureLevel::b_lt, SignatureLevel::b_lta}) {
    issuance.level = level;
    EXPECT_EQ(issuance_of(issuance_entry(7, time_text, issuance))->level, level);
  }
}

TEST(IssuanceEntryTest, LeavesOutWhatIsEmpty) {
  Issuance bare;
  bare.document = document;
  bare.number = 1;
  const auto entry = issuance_entry(7, time_text, bare);
  for (const char* member : {"form", "by_name", "timestamp_pending", "signatures"}) {
    EXPECT_EQ(entry.find(member), std::string::npos) << member;
  }
}

TEST(IssuanceEntryTest, BringsTextToNfc) {
  auto issuance = sample();
  issuance.by_name = "Nguye\xCC\x82\xCC\x83n Va\xCC\x86n An";  // decomposed
  EXPECT_EQ(issuance_entry(7, time_text, issuance), expected_issuance());
}

TEST(IssuanceEntryTest, WritesACertificateWithoutAnEnd) {
  auto issuance = sample();
  issuance.signatures[0].certificate.not_after = WallTime(std::chrono::seconds(253'402'300'799));  // 9999-12-31, UTC
  const auto entry = issuance_entry(7, time_text, issuance);
  EXPECT_NE(entry.find(R"("not_after":"9999-12-31T23:59:59.999+07:00")"), std::string::npos) << entry;
  EXPECT_TRUE(issuance_of(entry));
}

struct Refused {
  const char* name;
  const char* what;
  const char* with;
};

class RefusedIssuanceTest : public ::testing::TestWithParam<Refused> {};

TEST_P(RefusedIssuanceTest, IsNotTakenForAnEntry) {
  const auto& [name, what, with] = GetParam();
  EXPECT_TRUE(test::fails_with(canonical_entry_of(replaced(expected_issuance(), what, with)), ErrorCode::data_loss));
}

INSTANTIATE_TEST_SUITE_P(
    Table, RefusedIssuanceTest,
    ::testing::Values(
        Refused{"Space", "\"number\":1", "\"number\": 1"}, Refused{"UnknownMember", "{\"as\"", "{\"a\":1,\"as\""},
        Refused{"NoNumber", "\"number\":1,", ""}, Refused{"Number0", "\"number\":1", "\"number\":0"},
        Refused{"Version0", "\"version\":1", "\"version\":0"}, Refused{"UnknownKind", "electronic_copy", "copy"},
        Refused{"EmptyForm", "\"form\":\"sao_y\"", "\"form\":\"\""}, Refused{"UnknownForm", "sao_y", "sao_x"},
        Refused{"UnknownLevel", "B-B", "B-C"}, Refused{"UnknownRole", "\"role\":\"person\"", "\"role\":\"seal\""},
        Refused{"EmptyName", "\"by_name\":\"Nguyễn Văn An\"", "\"by_name\":\"\""},
        Refused{"PendingFalse", "\"timestamp_pending\":true", "\"timestamp_pending\":false"},
        Refused{"PendingNumber", "\"timestamp_pending\":true", "\"timestamp_pending\":1"},
        Refused{"TimestampedFalse", "\"role\":\"person\"", "\"role\":\"person\",\"timestamped\":false"},
        Refused{"EmptyOrganization", "\"organization\":\"UBND xã Một\"", "\"organization\":\"\""},
        Refused{"NoSerial", "\"serial\":\"0a1b\",", ""}, Refused{"NoCertificate", "\"certificate\":{", "\"cert\":{"},
        Refused{"BadTime", "2030-03-18", "2030-02-30"}, Refused{"NoFile", "\"pdf\":{", "\"pdg\":{"},
        Refused{"NegativeSize", "\"size\":6", "\"size\":-6"},
        Refused{"SignaturesNoList", "\"signatures\":[{", "\"signatures\":{\"x\":[{"},
        Refused{"NoBy", "\"officer\"", "\"clerk\""}, Refused{"Twice", "\"seq\":7", "\"seq\":6,\"seq\":7"},
        Refused{"CutOff", "\"version\":1}", "\"version\":1"}),
    [](const auto& one) { return one.param.name; });

TEST(IssuanceEntryTest, RefusesCodesThatAreNone) {
  for (const auto& [what, with] : {std::pair(R"("code":"H12.1.GKS.01",)", ""),
                                   {R"("code":"H12.1.GKS.01")", R"("code":1)"},
                                   {R"("document":"0682c5f2076f099c34cfdd15a9e06384",)", ""},
                                   {R"({"officer":"an"})", R"({"officer":"an","service":"an"})"},
                                   {R"({"officer":"an"})", R"("an")"},
                                   {R"("kind":"code")", R"("kind":"code","note":"")"}}) {
    EXPECT_TRUE(test::fails_with(canonical_entry_of(replaced(expected_code, what, with)), ErrorCode::data_loss))
        << what << " " << with;
  }
}

}  // namespace
}  // namespace sohoa
