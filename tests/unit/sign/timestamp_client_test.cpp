#include "tests/unit/sign/sign_test_case.hpp"

namespace sohoa::sign::test {
namespace {

using pki::Conduct;
using pki::Lie;
using pki::Service;

class TimestampClientTest : public SignTestCase {
 protected:
  /// `openssl ts -verify`, which knows nothing of ours.
  [[nodiscard]] testing_support::Ended openssl_verifies(ByteView token, const Digest& digest) const {
    return testing_support::run({"openssl", "ts", "-verify", "-digest", digest.hex(), "-in", keep("token.der", token),
                                 "-token_in", "-CAfile", folder / "root.pem", "-untrusted", folder / "issuing.pem"});
  }
  [[nodiscard]] Error refused(const Conduct& conduct) const {
    server->set(Service::timestamp, conduct);
    const auto answer = authority()->timestamp(content_digest);
    EXPECT_FALSE(answer);
    return answer ? Error{} : answer.error();
  }
};

TEST_F(TimestampClientTest, BringsATokenThatOpensslVerifies) {
  const auto token = must(authority()->timestamp(content_digest));
  const auto ended = openssl_verifies(token, content_digest);
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_NE(openssl_verifies(token, sha256(as_bytes("another"))).exit_code, 0);
}

struct Wrong {
  const char* name;
  Conduct conduct;
  ErrorCode code;
  const char* message;
};
class EachWrongAnswer : public TimestampClientTest, public ::testing::WithParamInterface<Wrong> {};

TEST_P(EachWrongAnswer, IsAnErrorThatSaysWhy) {
  const auto error = refused(GetParam().conduct);
  EXPECT_EQ(error.code, GetParam().code) << error.message;
  EXPECT_NE(error.message.find(GetParam().message), std::string::npos) << error.message;
}

INSTANTIATE_TEST_SUITE_P(
    TimestampClient, EachWrongAnswer,
    ::testing::Values(Wrong{"Away", {.away = true}, ErrorCode::unavailable, "/tsa: "},
                      Wrong{"Busy", {.status = 503}, ErrorCode::unavailable, "HTTP status 503"},
                      Wrong{"Refusal", {.lie = Lie::refusal}, ErrorCode::unavailable, "refuses"},
                      Wrong{"Garbage", {.garbage = true}, ErrorCode::data_loss, "malformed"},
                      Wrong{"Padded", {.padding = 1}, ErrorCode::data_loss, "malformed"},
                      Wrong{"Long", {.padding = 64 << 20}, ErrorCode::resource_exhausted, "too long"},
                      Wrong{"Nonce", {.lie = Lie::nonce}, ErrorCode::data_loss, "another question"},
                      Wrong{"Imprint", {.lie = Lie::imprint}, ErrorCode::data_loss, "hash_failure"},
                      Wrong{"Clock", {.clock_shift = -24h}, ErrorCode::data_loss, "clock"}),
    [](const auto& row) { return row.param.name; });

TEST_F(TimestampClientTest, ASlowAuthorityIsGivenUp) {
  server->set(Service::timestamp, {.delay = 1h});
  auto config = timestamp_config();
  config.limits.whole = 100ms;
  const auto answer = must(open_timestamp_authority(config))->timestamp(content_digest);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::unavailable);
}

TEST_F(TimestampClientTest, AnAuthorityOfUnknownIssuerIsNotBelieved) {
  auto config = timestamp_config();
  config.anchors = {keep("elsewhere.pem", must(pki::DemoPki::create({}))->root().certificate_pem())};
  const auto answer = must(open_timestamp_authority(config))->timestamp(content_digest);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::data_loss);
}

TEST_F(TimestampClientTest, ASignatureBearsItsTimestamp) {
  const auto signer = signer_of(person(), {authority(), nullptr});
  const auto made = must(signer->sign(content_digest, true));
  EXPECT_FALSE(made.timestamp_error);
  EXPECT_EQ(openssl_refuses(made.der, content), "");
  EXPECT_LE(made.der.size(), signer->room());
  EXPECT_EQ(server->requests(Service::timestamp), 1);
}

TEST_F(TimestampClientTest, WhereTheAuthorityIsAwayTheSignatureComesWithoutAndSaysSo) {
  server->set(Service::timestamp, {.away = true});
  const auto made = must(signer_of(person(), {authority(), nullptr})->sign(content_digest, true));
  ASSERT_TRUE(made.timestamp_error);
  EXPECT_EQ(made.timestamp_error->code, ErrorCode::unavailable);
  EXPECT_EQ(openssl_refuses(made.der, content), "");
}

}  // namespace
}  // namespace sohoa::sign::test
