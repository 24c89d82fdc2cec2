#include "tests/unit/sign/sign_test_case.hpp"

namespace sohoa::sign::test {
namespace {

class SignerTest : public SignTestCase {
 protected:
  /// Options of `openssl asn1parse`'s output: which object identifiers stand in the signature.
  [[nodiscard]] std::string parsed(ByteView cms) const {
    const auto ended = testing_support::run({"openssl", "asn1parse", "-inform", "DER", "-in", keep("parsed.der", cms)});
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    return ended.out;
  }
};

class EachKey : public SignerTest, public ::testing::WithParamInterface<pki::KeyType> {};

TEST_P(EachKey, SignsWhatOpensslVerifies) {
  const auto signer = signer_of(person(GetParam()));
  const auto made = must(signer->sign(content_digest, false));
  EXPECT_EQ(openssl_refuses(made.der, content), "");
  EXPECT_NE(openssl_refuses(made.der, "anderer Inhalt"), "");
  EXPECT_LE(made.der.size(), signer->room());
}

TEST_P(EachKey, NamesItsCertificateAndNoTime) {
  const auto signer = signer_of(person(GetParam()));
  const auto text = parsed(must(signer->sign(content_digest, false)).der);
  EXPECT_NE(text.find("id-smime-aa-signingCertificateV2"), std::string::npos);
  EXPECT_EQ(text.find("signingTime"), std::string::npos);
  EXPECT_EQ(text.find("rsassaPss") != std::string::npos, GetParam() == pki::KeyType::rsa2048);
  EXPECT_EQ(text.find("ecdsa-with-SHA256", text.find("messageDigest")) != std::string::npos,
            GetParam() == pki::KeyType::p256);
}

INSTANTIATE_TEST_SUITE_P(Signer, EachKey, ::testing::Values(pki::KeyType::rsa2048, pki::KeyType::p256));

TEST_F(SignerTest, TellsItsCertificate) {
  const auto identity = person();
  const auto signer = signer_of(identity);
  const auto& facts = signer->certificate();
  EXPECT_EQ(facts.subject, "Nguyễn Thị Mẫu");
  EXPECT_EQ(facts.organization, "Cơ quan MẪU");
  EXPECT_EQ(facts.issuer, "Chứng thực cấp phát MẪU");
  EXPECT_EQ(facts.serial, identity.serial());
  EXPECT_EQ(facts.sha256, sha256(identity.der()));
  EXPECT_LT(facts.not_before, now());
  EXPECT_GT(facts.not_after, now());
}

TEST_F(SignerTest, AWrongPasswordIsSaidToBeOne) {
  auto config = config_of(person());
  std::get<Pkcs12Place>(config.key).password = "nhầm";
  const auto opened = open_signer(config, {});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::invalid_input);
  EXPECT_EQ(opened.error().message, "key.p12: the password of the key file is wrong");
}

TEST_F(SignerTest, AKeyFileThatIsNoneOrMissingIsSaidToBeSo) {
  const auto missing = open_signer({Pkcs12Place{folder / "missing.p12", "mau"}, {}, {}}, {});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  const auto none = open_signer({Pkcs12Place{keep("none.p12", as_bytes("no key")), "mau"}, {}, {}}, {});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::invalid_input);
}

TEST_F(SignerTest, OpensContainersWithCiphersOfOld) {
  const auto identity = person();
  keep("old.key.pem", identity.key_pem());
  keep("old.pem", identity.certificate_pem());
  const auto made =
      testing_support::run({"openssl", "pkcs12", "-export", "-legacy", "-inkey", folder / "old.key.pem", "-in",
                            folder / "old.pem", "-out", folder / "old.p12", "-passout", "pass:mau"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  const auto signer =
      must(open_signer({Pkcs12Place{folder / "old.p12", "mau"}, {folder / "issuing.pem"}, {folder / "root.pem"}}, {}));
  EXPECT_EQ(openssl_refuses(must(signer->sign(content_digest, false)).der, content), "");
}

TEST_F(SignerTest, ACertificateOfAnotherKeyIsRefused) {
  keep("one.key.pem", person().key_pem());
  keep("another.pem", person().certificate_pem());
  const auto made = testing_support::run({"openssl", "pkcs12", "-export", "-inkey", folder / "one.key.pem", "-nocerts",
                                          "-out", folder / "bare.p12", "-passout", "pass:mau"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  const auto opened = open_signer({Pkcs12Place{folder / "bare.p12", "mau"}, {folder / "another.pem"}, {}}, {});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::invalid_input);
}

struct Unfit {
  const char* name;
  pki::IdentityOptions options;
  const char* problem;  ///< "": it may sign
};

class EachCertificate : public SignerTest, public ::testing::WithParamInterface<Unfit> {};

TEST_P(EachCertificate, IsCheckedBeforeItSigns) {
  const auto checked = signer_of(issued(GetParam().options))->check(now());
  if (*GetParam().problem == '\0') {
    EXPECT_TRUE(checked) << checked.error().message;
    return;
  }
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, ErrorCode::invalid_input);
  EXPECT_NE(checked.error().message.find(std::string(": ") + GetParam().problem + ": "), std::string::npos)
      << checked.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Signer, EachCertificate,
    ::testing::Values(Unfit{"Good", {.common_name = "Mẫu"}, ""},
                      Unfit{"Expired", {.common_name = "Mẫu", .not_after = now() - 1h}, "expired"},
                      Unfit{"NotYetValid", {.common_name = "Mẫu", .not_before = now() + 1h}, "not_yet_valid"},
                      Unfit{"ForEncryption", {.common_name = "Mẫu", .role = pki::Role::encryption}, "wrong_usage"},
                      Unfit{"Authority", {.common_name = "Mẫu", .role = pki::Role::intermediate}, "wrong_usage"},
                      Unfit{"ShortKey", {.common_name = "Mẫu", .key = pki::KeyType::rsa1024}, "weak_key"},
                      Unfit{"Sha1", {.common_name = "Mẫu", .sha1 = true}, "weak_hash"}),
    [](const auto& row) { return row.param.name; });

TEST_F(SignerTest, ACertificateOfAnUnknownIssuerMayNotSign) {
  const auto elsewhere = must(pki::DemoPki::create({}));
  auto config = config_of(person());
  config.anchors = {keep("elsewhere.pem", elsewhere->root().certificate_pem())};
  const auto checked = must(open_signer(config, {}))->check(now());
  ASSERT_FALSE(checked);
  EXPECT_NE(checked.error().message.find("unknown_issuer"), std::string::npos);
}

TEST_F(SignerTest, WithoutAnAuthorityTheSignatureComesWithoutATimestamp) {
  const auto made = must(signer_of(person())->sign(content_digest, true));
  EXPECT_EQ(openssl_refuses(made.der, content), "");
  ASSERT_TRUE(made.timestamp_error);
  EXPECT_EQ(made.timestamp_error->code, ErrorCode::unavailable);
}

TEST_F(SignerTest, TellsWhatASignatureOfRsa2048Costs) {
  const auto signer = signer_of(person(pki::KeyType::rsa2048));
  must(signer->check(now()));
  const Stopwatch watch;
  constexpr int times = 50;
  for (int i = 0; i < times; ++i) {
    must(signer->check(now()));
    must(signer->sign(content_digest, false));
  }
  const double milliseconds = watch.seconds() * 1000 / times;
  RecordProperty("milliseconds", std::to_string(milliseconds));
  std::printf("check and signature: %.2f ms\n", milliseconds);
}

}  // namespace
}  // namespace sohoa::sign::test
