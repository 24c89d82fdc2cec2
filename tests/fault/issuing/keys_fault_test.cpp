// Keys that can't be opened, and certificates that may not sign: told before anything is signed.
#include "tests/fault/issuing/issuing_faults.hpp"

namespace sohoa::test {
namespace {

using pki::IdentityOptions;
using testing::HasSubstr;

constexpr std::chrono::hours day(24);

class KeysFaultTest : public IssuingFaults {};

TEST_F(KeysFaultTest, WithoutAnyKeyNobodySigns) {
  expect_refused({.person = "", .agency = ""}, "invalid_input", "no key is set up");
  expect_refused({.person = "person-rsa", .agency = ""}, "invalid_input", "agency's key is not set up",
                 {"--as", "result"});
  EXPECT_TRUE(issue({.person = "person-rsa", .agency = ""}).contains("code")) << "one key suffices for a copy";
}

TEST_F(KeysFaultTest, AWrongPasswordNamesItsKeyAndStopsNobodyElse) {
  expect_refused({.person = "person-rsa!"}, "invalid_input", "person_key.*password");
  expect_refused({.agency = "agency-rsa!"}, "invalid_input", "agency_key.*password");
  EXPECT_TRUE(issue({.person = "person-rsa!"}, 0, {"--as", "electronic_copy"}).contains("code")) << "the agency signs";
  EXPECT_TRUE(issue({.agency = "agency-rsa!", .agency_signs_copies = false}).contains("code")) << "the person signs";
}

TEST_F(KeysFaultTest, AFileThatIsNotThereOrNoKeyNamesItsKey) {
  expect_refused({.person = "nobody"}, "not_found", "person_key.*nobody.p12");
  std::ofstream(office_.path("text.p12")) << "no key";
  expect_refused({.person = "text"}, "invalid_input", "person_key.*text.p12");
}

TEST_F(KeysFaultTest, EachCertificateThatMayNotSignIsToldWhy) {
  const auto now_ = now();
  struct Row {
    const char* name;
    IdentityOptions options;
    const char* message;
  };
  const std::vector<Row> rows{
      {"expired", {.common_name = "Hết hạn", .not_before = now_ - 20 * day, .not_after = now_ - day}, "expired"},
      {"early", {.common_name = "Chưa", .not_before = now_ + day, .not_after = now_ + 20 * day}, "not_yet_valid"},
      {"usage", {.common_name = "Mã hóa", .role = pki::Role::encryption}, "wrong_usage"},
      {"weak", {.common_name = "Yếu", .key = pki::KeyType::rsa1024}, "weak_key"},
      {"sha1", {.common_name = "Cũ", .sha1 = true}, "weak_hash"},
  };
  for (const auto& row : rows) {
    office_.add_key(row.name, row.options);
    expect_refused({.person = row.name}, "invalid_input", row.message);
    expect_refused({.agency = row.name}, "invalid_input", row.message);
  }
  const auto serial = office_.add_key("revoked", {.common_name = "Thu hồi"});
  office_.pki().revoke(serial, now_ - day, 1);
  expect_refused({.person = "revoked"}, "invalid_input", "revoked");
  EXPECT_EQ(office_.server().requests(pki::Service::timestamp), 0U);
}

TEST_F(KeysFaultTest, AnIssuerThatNobodyTrustsIsToldSo) {
  SigningOffice stranger;
  std::filesystem::copy(stranger.path("person-rsa.p12"), office_.path("stranger.p12"));
  expect_refused({.person = "stranger"}, "invalid_input", "unknown_issuer");
}

}  // namespace
}  // namespace sohoa::test
