#include "tests/unit/sign/sign_test_case.hpp"

namespace sohoa::sign::test {
namespace {

using pki::Conduct;
using pki::Lie;
using pki::Service;
using State = RevocationFacts::State;
using Source = RevocationFacts::Source;

Certificate certificate_of(const pki::Identity& identity) {
  return must(Certificate::from_der(identity.der()));
}

class RevocationClientTest : public SignTestCase {
 protected:
  [[nodiscard]] Result<RevocationAnswer> status(const pki::Identity& identity) const {
    return revocation()->status(certificate_of(identity), certificate_of(pki->issuing()));
  }
  void set(Service service, const Conduct& conduct) const { server->set(service, conduct); }
};

TEST_F(RevocationClientTest, OcspTellsThatACertificateIsGood) {
  const auto answer = must(status(person()));
  EXPECT_EQ(answer.facts.state, State::good);
  EXPECT_EQ(answer.facts.source, Source::ocsp);
  EXPECT_FALSE(answer.ocsp_response.empty());
  EXPECT_EQ(server->requests(Service::crl), 0);
}

TEST_F(RevocationClientTest, OcspTellsWhenAndWhyACertificateWasRevoked) {
  const auto identity = person();
  const auto at = std::chrono::floor<std::chrono::seconds>(now() - 1h);
  pki->revoke(identity.serial(), at, 1);
  const auto answer = must(status(identity));
  EXPECT_EQ(answer.facts.state, State::revoked);
  EXPECT_EQ(answer.facts.revoked_at, at);
  EXPECT_EQ(answer.facts.reason, "keyCompromise");
}

struct NoOcsp {
  const char* name;
  Conduct conduct;
};
class WithoutOcsp : public RevocationClientTest, public ::testing::WithParamInterface<NoOcsp> {};

TEST_P(WithoutOcsp, TheCrlIsAsked) {
  set(Service::ocsp, GetParam().conduct);
  const auto identity = person();
  EXPECT_EQ(must(status(identity)).facts.source, Source::crl);
  EXPECT_EQ(must(status(identity)).facts.state, State::good);
  pki->revoke(identity.serial(), now() - 1h, 4);
  const auto revoked = must(status(identity));
  EXPECT_EQ(revoked.facts.state, State::revoked);
  EXPECT_EQ(revoked.facts.reason, "superseded");
}

INSTANTIATE_TEST_SUITE_P(RevocationClient, WithoutOcsp,
                         ::testing::Values(NoOcsp{"Away", {.away = true}}, NoOcsp{"Garbage", {.garbage = true}},
                                           NoOcsp{"Refusal", {.lie = Lie::refusal}},
                                           NoOcsp{"Stale", {.lie = Lie::stale}},
                                           NoOcsp{"AnotherCertificate", {.lie = Lie::imprint}},
                                           NoOcsp{"WrongSigner", {.lie = Lie::signer}},
                                           NoOcsp{"Busy", {.status = 500}}),
                         [](const auto& row) { return row.param.name; });

TEST_F(RevocationClientTest, AResponderThatKnowsNoNonceIsBelieved) {
  set(Service::ocsp, {.lie = Lie::nonce});
  EXPECT_EQ(must(status(person())).facts.source, Source::ocsp);
}

class WithoutAnyone : public RevocationClientTest, public ::testing::WithParamInterface<NoOcsp> {};

TEST_P(WithoutAnyone, NothingIsKnown) {
  set(Service::ocsp, {.away = true});
  set(Service::crl, GetParam().conduct);
  const auto answer = status(person());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::unavailable);
}

INSTANTIATE_TEST_SUITE_P(RevocationClient, WithoutAnyone,
                         ::testing::Values(NoOcsp{"Away", {.away = true}}, NoOcsp{"Garbage", {.garbage = true}},
                                           NoOcsp{"Stale", {.lie = Lie::stale}},
                                           NoOcsp{"WrongSigner", {.lie = Lie::signer}}),
                         [](const auto& row) { return row.param.name; });

TEST_F(RevocationClientTest, AnswersAreKeptUntilTheirNextUpdate) {
  const auto client = revocation();
  const auto identity = person();
  for (int i = 0; i < 3; ++i) must(client->status(certificate_of(identity), certificate_of(pki->issuing())));
  EXPECT_EQ(server->requests(Service::ocsp), 1);
}

TEST_F(RevocationClientTest, ASignerIsRefusedOnceItsCertificateIsRevoked) {
  const auto identity = person();
  must(signer_of(identity, {nullptr, revocation()})->check(now()));
  pki->revoke(identity.serial(), now() - 1h, 1);
  const auto checked = signer_of(identity, {nullptr, revocation()})->check(now());
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, ErrorCode::invalid_input);
  EXPECT_NE(checked.error().message.find("revoked"), std::string::npos);
}

TEST_F(RevocationClientTest, ASignerWaitsWhileNobodyTells) {
  set(Service::ocsp, {.away = true});
  set(Service::crl, {.away = true});
  const auto signer = signer_of(person(), {nullptr, revocation()});
  const auto checked = signer->check(now());
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, ErrorCode::unavailable);
  set(Service::ocsp, {});
  set(Service::crl, {});
  EXPECT_TRUE(signer->check(now()));
}

TEST_F(RevocationClientTest, ValidationDataProveEveryCertificateOfASignature) {
  const auto signer = signer_of(person(), {authority(), nullptr});
  const auto data = must(collector()->collect(must(signer->sign(content_digest, true)).der));
  // Person, issuing authority, root, timestamp authority, OCSP responder; OCSP for two, a CRL for the issuing
  // authority.
  EXPECT_EQ(data.certificates.size(), 5);
  EXPECT_EQ(data.ocsp_responses.size(), 2);
  EXPECT_EQ(data.crls.size(), 1);
}

TEST_F(RevocationClientTest, AMissingIssuerIsFetched) {
  const auto identity = person();
  const auto bare = must(open_signer({Pkcs12Place{keep("bare.p12", identity.pkcs12("mau", {})), "mau"}, {}, {}}, {}));
  const auto data = must(collector()->collect(must(bare->sign(content_digest, false)).der));
  EXPECT_EQ(server->requests(Service::issuers), 1);
  EXPECT_EQ(data.certificates.size(), 4);
}

TEST_F(RevocationClientTest, AnIssuerThatCannotBeFetchedMayBeLater) {
  const auto identity = person();
  const auto bare = must(open_signer({Pkcs12Place{keep("bare.p12", identity.pkcs12("mau", {})), "mau"}, {}, {}}, {}));
  const auto cms = must(bare->sign(content_digest, false)).der;
  set(Service::issuers, {.away = true});
  const auto data = collector()->collect(cms);
  ASSERT_FALSE(data);
  EXPECT_EQ(data.error().code, ErrorCode::unavailable);
  set(Service::issuers, {});
  EXPECT_TRUE(collector()->collect(cms));
}

TEST_F(RevocationClientTest, AChainThatLeadsNowhereIsRefused) {
  const auto elsewhere = must(pki::DemoPki::create({.url = server->url()}));
  const auto identity = must(elsewhere->issue({.common_name = "Mẫu", .with_urls = false}));
  const auto signer =
      must(open_signer({Pkcs12Place{keep("other.p12", identity.pkcs12("mau", {})), "mau"}, {}, {}}, {}));
  const auto data = collector()->collect(must(signer->sign(content_digest, false)).der);
  ASSERT_FALSE(data);
  EXPECT_EQ(data.error().code, ErrorCode::invalid_input);
}

}  // namespace
}  // namespace sohoa::sign::test
