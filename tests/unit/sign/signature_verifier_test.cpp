#include "tests/unit/sign/sign_test_case.hpp"

namespace sohoa::sign::test {
namespace {

using pki::Lie;
using pki::Service;

class SignatureVerifierTest : public SignTestCase {
 protected:
  [[nodiscard]] Bytes signed_by(const pki::Identity& identity, bool timestamp = false) const {
    const auto signer = signer_of(identity, {timestamp ? authority() : nullptr, nullptr});
    auto made = must(signer->sign(content_digest, timestamp));
    EXPECT_FALSE(made.timestamp_error) << made.timestamp_error->message;
    return std::move(made.der);
  }
  /// With all that the network tells.
  [[nodiscard]] SignatureReport verified(const PdfSignature& signature, const ValidationData& validation = {},
                                         std::optional<WallTime> proven_at = {}, WallTime at = now()) const {
    return verifier(revocation())->verify(signature, validation, proven_at, at);
  }
  /// With nothing but what the file carries.
  [[nodiscard]] SignatureReport offline(const PdfSignature& signature, const ValidationData& validation = {},
                                        std::optional<WallTime> proven_at = {}, WallTime at = now()) const {
    return verifier()->verify(signature, validation, proven_at, at);
  }
};

class OfEachKey : public SignatureVerifierTest, public ::testing::WithParamInterface<pki::KeyType> {};

TEST_P(OfEachKey, ASignatureIsValid) {
  const auto report = verified(in_pdf(signed_by(person(GetParam())), content));
  EXPECT_EQ(report.indication, Indication::passed) << problems(report.findings);
  EXPECT_EQ(problems(report.findings), "time_not_proven");
  EXPECT_TRUE(report.intact && report.trusted);
  EXPECT_EQ(report.kind, SignatureKind::pades);
  EXPECT_EQ(report.level, SignatureLevel::b_b);
  EXPECT_EQ(report.signer->subject, "Nguyễn Thị Mẫu");
  ASSERT_EQ(report.chain.size(), 2);
  EXPECT_EQ(report.chain.back().subject, "Chứng thực gốc MẪU");
  EXPECT_EQ(report.algorithms,
            GetParam() == pki::KeyType::p256 ? "ECDSA, SHA-256, 256 bits" : "RSASSA-PSS, SHA-256, 2048 bits");
}

INSTANTIATE_TEST_SUITE_P(SignatureVerifier, OfEachKey, ::testing::Values(pki::KeyType::rsa2048, pki::KeyType::p256));

TEST_F(SignatureVerifierTest, ATimestampProvesTheTime) {
  const auto report = verified(in_pdf(signed_by(person(), true), content));
  EXPECT_EQ(problems(report.findings), "");
  EXPECT_EQ(report.indication, Indication::passed);
  EXPECT_EQ(report.level, SignatureLevel::b_t);
  EXPECT_EQ(report.basis, TimeBasis::signature_timestamp);
  ASSERT_EQ(report.timestamps.size(), 1);
  EXPECT_EQ(report.timestamps[0].authority->subject, "Cấp dấu thời gian MẪU");
  EXPECT_EQ(report.time, report.timestamps[0].time);
  EXPECT_TRUE(report.valid_at_signing);
}

TEST_F(SignatureVerifierTest, ValidationDataMakeTheNetworkNeedless) {
  const auto cms = signed_by(person(), true);
  const auto data = must(collector()->collect(cms));
  const auto report = offline(in_pdf(cms, content), data);
  EXPECT_EQ(problems(report.findings), "");
  EXPECT_EQ(report.level, SignatureLevel::b_lt);
  EXPECT_TRUE(report.revocation.embedded);
  EXPECT_EQ(report.revocation.source, RevocationFacts::Source::ocsp);
  EXPECT_EQ(problems(offline(in_pdf(cms, content)).findings),
            "timestamp_untrusted time_not_proven revocation_unknown revocation_unknown");
}

TEST_F(SignatureVerifierTest, ADocumentTimestampKeepsItVerifiable) {
  PdfSignatures file;
  file.signatures.push_back(in_pdf(signed_by(person(), true), content));
  file.validation = must(collector()->collect(file.signatures[0].contents));
  constexpr std::string_view whole = "content, signature and validation data";
  const auto token = must(authority()->timestamp(sha256(as_bytes(whole))));
  file.signatures.push_back(in_pdf(token, whole, "ETSI.RFC3161"));
  const auto reports = verifier(revocation())->verify(file, now());
  EXPECT_EQ(problems(reports[0].findings), "");
  EXPECT_EQ(reports[0].level, SignatureLevel::b_lta);
  EXPECT_EQ(reports[1].indication, Indication::passed) << problems(reports[1].findings);
  EXPECT_EQ(reports[1].kind, SignatureKind::document_timestamp);
  EXPECT_EQ(reports[1].signer->subject, "Cấp dấu thời gian MẪU");
}

TEST_F(SignatureVerifierTest, ADocumentTimestampOverSomethingElseFails) {
  const auto token = must(authority()->timestamp(sha256(as_bytes("something"))));
  const auto report = verified(in_pdf(token, "something else", "ETSI.RFC3161"));
  EXPECT_EQ(report.indication, Indication::failed);
  EXPECT_EQ(problems(report.findings), "hash_failure");
}

TEST_F(SignatureVerifierTest, ChangedContentFails) {
  const auto report = verified(in_pdf(signed_by(person()), "nội dung khác"));
  EXPECT_EQ(report.indication, Indication::failed);
  EXPECT_FALSE(report.intact);
  EXPECT_EQ(problems(report.findings), "hash_failure time_not_proven");
}

struct Case {
  const char* name;
  pki::IdentityOptions options;
  const char* problems;
};
class OfEachCertificate : public SignatureVerifierTest, public ::testing::WithParamInterface<Case> {};

TEST_P(OfEachCertificate, AnUnfitOneIsNamed) {
  const auto report = verified(in_pdf(signed_by(issued(GetParam().options)), content));
  EXPECT_EQ(problems(report.findings), std::string("time_not_proven ") + GetParam().problems);
  EXPECT_NE(report.indication, Indication::passed);
  EXPECT_TRUE(report.intact);
}

INSTANTIATE_TEST_SUITE_P(
    SignatureVerifier, OfEachCertificate,
    ::testing::Values(Case{"Expired", {.common_name = "Mẫu", .not_after = now() - 1h}, "expired revocation_unknown"},
                      Case{"NotYetValid", {.common_name = "Mẫu", .not_before = now() + 1h}, "not_yet_valid"},
                      Case{"ForEncryption", {.common_name = "Mẫu", .role = pki::Role::encryption}, "wrong_usage"},
                      Case{"ShortKey", {.common_name = "Mẫu", .key = pki::KeyType::rsa1024}, "weak_key"},
                      Case{"Sha1", {.common_name = "Mẫu", .sha1 = true}, "weak_hash"}),
    [](const auto& row) { return row.param.name; });

TEST_F(SignatureVerifierTest, ARevokedCertificateFails) {
  const auto identity = person();
  pki->revoke(identity.serial(), now() - 1h, 1);
  const auto report = verified(in_pdf(signed_by(identity), content));
  EXPECT_EQ(report.indication, Indication::failed);
  EXPECT_EQ(problems(report.findings), "time_not_proven revoked");
  EXPECT_EQ(report.revocation.reason, "keyCompromise");
}

TEST_F(SignatureVerifierTest, ARevocationAfterTheProvenTimeDoesNotCount) {
  const auto identity = person();
  const auto cms = signed_by(identity, true);
  pki->revoke(identity.serial(), now() + 1h, 1);
  const auto report = verified(in_pdf(cms, content));
  EXPECT_EQ(report.indication, Indication::passed) << problems(report.findings);
  EXPECT_EQ(report.revocation.state, RevocationFacts::State::revoked);
  EXPECT_TRUE(report.valid_at_signing);
}

TEST_F(SignatureVerifierTest, ASignatureOutlivesItsCertificateByWhatTheFileCarries) {
  // Signed and stamped while it was valid; looked at three years later, when it has long expired.
  const auto identity = issued({.common_name = "Mẫu", .not_after = now() + 240h});
  const auto cms = signed_by(identity, true);
  const auto data = must(collector()->collect(cms));
  const auto later = now() + 24h * 365 * 3;
  const auto without = offline(in_pdf(signed_by(identity), content), data, {}, later);
  EXPECT_EQ(problems(without.findings), "time_not_proven expired revocation_unknown revocation_unknown");
  EXPECT_EQ(without.indication, Indication::indeterminate);
  const auto proven = offline(in_pdf(cms, content), data, now(), later);
  EXPECT_EQ(problems(proven.findings), "");
  EXPECT_EQ(proven.indication, Indication::passed);
}

TEST_F(SignatureVerifierTest, WhatTheFileCarriesSufficesForMonths) {
  const auto cms = signed_by(person(), true);
  const auto report = offline(in_pdf(cms, content), must(collector()->collect(cms)), {}, now() + 24h * 300);
  EXPECT_EQ(problems(report.findings), "");
  EXPECT_EQ(report.level, SignatureLevel::b_lt);
}

struct Lost {
  const char* name;
  int reason;  ///< of RFC 5280, 5.3.1
  const char* problems;
};
class OfEachLostAuthority : public SignatureVerifierTest, public ::testing::WithParamInterface<Lost> {};

TEST_P(OfEachLostAuthority, ItsTimestampsAreBelievedOrNot) {
  const auto cms = signed_by(person(), true);
  const auto data = must(collector()->collect(cms));
  pki->revoke(pki->timestamper().serial(), now() + 1h, GetParam().reason);
  EXPECT_EQ(problems(verified(in_pdf(cms, content), data).findings), GetParam().problems);
}

INSTANTIATE_TEST_SUITE_P(SignatureVerifier, OfEachLostAuthority,
                         ::testing::Values(Lost{"Closed", 5, ""},
                                           Lost{"KeyStolen", 1, "timestamp_untrusted time_not_proven"}),
                         [](const auto& row) { return row.param.name; });

TEST_F(SignatureVerifierTest, AnUnknownIssuerLeavesItOpenAndTellsThatNothingWasChanged) {
  const auto elsewhere = must(SignatureVerifier::create(
      {.anchors = {keep("elsewhere.pem", must(pki::DemoPki::create({}))->root().certificate_pem())}}, nullptr));
  const auto report = elsewhere->verify(in_pdf(signed_by(person(), true), content), {}, {}, now());
  EXPECT_EQ(report.indication, Indication::indeterminate);
  EXPECT_EQ(problems(report.findings), "timestamp_untrusted time_not_proven unknown_issuer");
  EXPECT_TRUE(report.intact);
  EXPECT_FALSE(report.trusted);
}

TEST_F(SignatureVerifierTest, WhereNobodyTellsRevocationIsUnknown) {
  server->set(Service::ocsp, {.away = true});
  server->set(Service::crl, {.away = true});
  const auto report = verified(in_pdf(signed_by(person()), content));
  EXPECT_EQ(report.indication, Indication::indeterminate);
  EXPECT_NE(problems(report.findings).find("revocation_unknown"), std::string::npos);
}

TEST_F(SignatureVerifierTest, ATimestampOfAnotherSignatureFails) {
  const auto identity = person();
  const auto token = must(authority()->timestamp(sha256(as_bytes("another signature"))));
  class Borrowed final : public TimestampAuthority {
   public:
    explicit Borrowed(Bytes bytes) : token_(std::move(bytes)) {}
    [[nodiscard]] std::size_t room() const override { return token_.size(); }
    Result<Bytes> timestamp(const Digest&) override { return token_; }

   private:
    Bytes token_;
  };
  const auto signer = signer_of(identity, {std::make_shared<Borrowed>(token), nullptr});
  const auto report = verified(in_pdf(must(signer->sign(content_digest, true)).der, content));
  EXPECT_EQ(report.indication, Indication::failed);
  EXPECT_NE(problems(report.findings).find("timestamp_broken"), std::string::npos);
}

/// Signatures that OpenSSL's command line makes, as other programs do.
class OfOthers : public SignatureVerifierTest {
 protected:
  [[nodiscard]] Bytes openssl_signs(const std::vector<std::string>& options, std::string_view hash = "sha256") const {
    const auto identity = person(pki::KeyType::rsa2048);
    std::vector<std::string> command{"openssl", "cms", "-sign", "-binary", "-outform", "DER", "-nosmimecap", "-md"};
    command.emplace_back(hash);
    command.insert(
        command.end(),
        {"-in", keep("content", as_bytes(content)), "-signer", keep("one.pem", identity.certificate_pem()), "-inkey",
         keep("one.key.pem", identity.key_pem()), "-certfile", folder / "issuing.pem", "-out", folder / "other.der"});
    command.insert(command.end(), options.begin(), options.end());
    const auto ended = testing_support::run(command);
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    return must(read_file(folder / "other.der", 1 << 20));
  }
};

TEST_F(OfOthers, ALegacySignatureIsReportedForWhatItIs) {
  const auto report = verified(in_pdf(openssl_signs({}), content, "adbe.pkcs7.detached"));
  EXPECT_EQ(report.indication, Indication::passed) << problems(report.findings);
  EXPECT_EQ(report.kind, SignatureKind::legacy);
  EXPECT_EQ(report.basis, TimeBasis::claimed);
  EXPECT_FALSE(report.level);
  EXPECT_EQ(report.algorithms, "RSA PKCS#1 v1.5, SHA-256, 2048 bits");
}

TEST_F(OfOthers, AsPadesItLacksTheSigningCertificateAndBearsATime) {
  const auto report = verified(in_pdf(openssl_signs({}), content));
  EXPECT_EQ(report.indication, Indication::indeterminate);
  EXPECT_EQ(problems(report.findings), "signing_time_in_pades signing_certificate_missing time_not_proven");
}

TEST_F(OfOthers, WithoutAttributesTheSignatureIsOverTheContent) {
  const auto cms = openssl_signs({"-noattr"});
  EXPECT_EQ(verified(in_pdf(cms, content, "adbe.pkcs7.detached")).indication, Indication::passed);
  EXPECT_EQ(problems(verified(in_pdf(cms, "another", "adbe.pkcs7.detached")).findings),
            "crypto_failure time_not_proven");
}

TEST_F(OfOthers, AWeakHashIsNamed) {
  const auto report = verified(in_pdf(openssl_signs({}, "sha1"), content, "adbe.pkcs7.detached"));
  EXPECT_EQ(problems(report.findings), "weak_hash time_not_proven");
  EXPECT_EQ(report.indication, Indication::indeterminate);
}

TEST_F(OfOthers, RsassaPssWithAnotherHashIsRead) {
  const auto report = verified(
      in_pdf(openssl_signs({"-cades", "-keyopt", "rsa_padding_mode:pss"}, "sha384"), content, "adbe.pkcs7.detached"));
  EXPECT_EQ(report.indication, Indication::passed) << problems(report.findings);
  EXPECT_EQ(report.algorithms, "RSASSA-PSS, SHA-384, 2048 bits");
}

TEST_F(OfOthers, SubjectKeyIdentifiersNameASignerToo) {
  const auto report = verified(in_pdf(openssl_signs({"-keyid"}), content, "adbe.pkcs7.detached"));
  EXPECT_EQ(report.indication, Indication::passed) << problems(report.findings);
}

TEST_F(OfOthers, ContentWithinADetachedSignatureIsRefused) {
  const auto report = verified(in_pdf(openssl_signs({"-nodetach"}), content, "adbe.pkcs7.detached"));
  EXPECT_EQ(report.indication, Indication::failed);
  EXPECT_EQ(problems(report.findings), "malformed time_not_proven");
}

TEST_F(SignatureVerifierTest, WhatThePdfSaysIsToldToo) {
  auto signature = in_pdf(signed_by(person()), content);
  signature.changes = {{PdfChange::Kind::signature, 2, 0, "object 9"}, {PdfChange::Kind::page, 2, 1, "object 3"}};
  EXPECT_EQ(problems(verified(signature).findings), "changed_after_signing time_not_proven");
  signature.changes.clear();
  signature.byte_range_fault = "it leaves out more than Contents";
  EXPECT_EQ(problems(verified(signature).findings), "byte_range_wrong time_not_proven");
  signature.byte_range_fault.clear();
  signature.sub_filter = "adbe.x509.rsa_sha1";
  EXPECT_EQ(problems(verified(signature).findings), "unsupported_algorithm");
  signature.sub_filter = "ETSI.CAdES.detached";
  signature.contents.push_back(0);
  EXPECT_EQ(problems(verified(signature).findings), "malformed");
}

/// In four parts, for the machine's other cores.
class EveryFourthByte : public SignatureVerifierTest, public ::testing::WithParamInterface<std::size_t> {};

TEST_P(EveryFourthByte, CannotBeChanged) {
  const auto cms = signed_by(person(), true);
  const auto data = must(collector()->collect(cms));
  const auto check = verifier();
  ASSERT_EQ(check->verify(in_pdf(cms, content), data, {}, now()).indication, Indication::passed);
  std::size_t tried = 0;
  for (std::size_t at = GetParam(); at < cms.size(); at += 4, ++tried) {
    auto changed = cms;
    changed[at] ^= static_cast<std::uint8_t>(1U << (at / 4 % 8));
    const auto report = check->verify(in_pdf(changed, content), data, {}, now());
    EXPECT_NE(report.indication, Indication::passed) << "byte " << at;
    EXPECT_FALSE(report.findings.empty());
  }
  EXPECT_GT(tried, 500U);
}

INSTANTIATE_TEST_SUITE_P(SignatureVerifier, EveryFourthByte, ::testing::Range<std::size_t>(0, 4));

TEST_F(SignatureVerifierTest, NoPrefixOfASignatureIsAccepted) {
  const auto cms = signed_by(person(), true);
  for (std::size_t size = 0; size < cms.size(); ++size) {
    const auto report = offline(in_pdf(Bytes(cms.begin(), cms.begin() + static_cast<std::ptrdiff_t>(size)), content));
    EXPECT_EQ(problems(report.findings), "malformed") << size;
  }
}

}  // namespace
}  // namespace sohoa::sign::test
