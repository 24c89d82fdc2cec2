#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "datasets/pki/pki_server.hpp"
#include "pipeline/base/file.hpp"
#include "pipeline/sign/open_signer.hpp"
#include "pipeline/sign/revocation_client.hpp"
#include "pipeline/sign/signature_verifier.hpp"
#include "pipeline/sign/timestamp_client.hpp"
#include "pipeline/sign/validation_collector.hpp"
#include "pipeline/sign/verify_digest.hpp"
#include "tests/support/program.hpp"

namespace sohoa::sign::test {

using namespace std::chrono_literals;

template <typename T>
T must(Result<T> result) {
  if (!result) {
    ADD_FAILURE() << result.error().message;
    std::abort();
  }
  return *std::move(result);
}
inline void must(const Result<void>& result) {
  if (!result) {
    ADD_FAILURE() << result.error().message;
    std::abort();
  }
}

/// A demonstration PKI that answers on loopback, and a folder for the files that programs want.
class SignTestCase : public ::testing::Test {
 protected:
  SignTestCase() {
    server->serve(*pki);
    keep("root.pem", pki->root().certificate_pem());
    keep("issuing.pem", pki->issuing().certificate_pem());
  }

  std::filesystem::path keep(const std::string& name, ByteView bytes) const {
    must(write_file(folder / name, bytes));
    return folder / name;
  }
  [[nodiscard]] pki::Identity person(pki::KeyType key = pki::KeyType::p256) const {
    return issued({.common_name = "Nguyễn Thị Mẫu", .organization = "Cơ quan MẪU", .key = key});
  }
  [[nodiscard]] pki::Identity issued(const pki::IdentityOptions& options) const { return must(pki->issue(options)); }

  [[nodiscard]] SignerConfig config_of(const pki::Identity& identity, const std::string& password = "mau") const {
    return {
        Pkcs12Place{keep("key.p12", identity.pkcs12(password, {pki->issuing()})), password}, {}, {folder / "root.pem"}};
  }
  [[nodiscard]] std::unique_ptr<Signer> signer_of(const pki::Identity& identity, SignerServices services = {}) const {
    return must(open_signer(config_of(identity), std::move(services)));
  }

  [[nodiscard]] TimestampConfig timestamp_config() const {
    return {.url = server->url() + "/tsa", .anchors = {folder / "root.pem"}, .limits = short_limits()};
  }
  [[nodiscard]] std::shared_ptr<TimestampAuthority> authority() const {
    return must(open_timestamp_authority(timestamp_config()));
  }
  /// Long enough for a busy machine; what is slow on purpose is slower by far.
  [[nodiscard]] static HttpLimits short_limits() { return {.connect = 5s, .whole = 20s}; }
  [[nodiscard]] static std::shared_ptr<RevocationSource> revocation() {
    return open_revocation_client({.limits = short_limits(), .pause = 0s});
  }
  [[nodiscard]] std::unique_ptr<ValidationSource> collector() const {
    return must(open_validation_source({.anchors = {folder / "root.pem"}, .limits = short_limits()}, revocation()));
  }
  [[nodiscard]] std::unique_ptr<SignatureVerifier> verifier(std::shared_ptr<RevocationSource> online = nullptr) const {
    return must(SignatureVerifier::create({.anchors = {folder / "root.pem"}}, std::move(online)));
  }
  /// A signature as it would stand in a PDF that ends with it.
  [[nodiscard]] static PdfSignature in_pdf(Bytes cms, std::string_view content,
                                           std::string_view sub_filter = "ETSI.CAdES.detached") {
    PdfSignature signature;
    signature.field = "Signature1";
    signature.sub_filter = sub_filter;
    signature.contents = std::move(cms);
    signature.sha1 = digest_of(Hash::sha1, as_bytes(content));
    signature.sha256 = digest_of(Hash::sha256, as_bytes(content));
    signature.sha384 = digest_of(Hash::sha384, as_bytes(content));
    signature.sha512 = digest_of(Hash::sha512, as_bytes(content));
    signature.covers_file = true;
    return signature;
  }

  /// What OpenSSL's command line says of a signature over `content`; "" where it is content.
  [[nodiscard]] std::string openssl_refuses(ByteView cms, std::string_view content) const {
    const auto ended =
        testing_support::run({"openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in",
                              keep("signature.der", cms), "-content", keep("content", as_bytes(content)), "-CAfile",
                              folder / "root.pem", "-purpose", "any", "-cades", "-out", folder / "out"});
    return ended.exit_code == 0 ? "" : ended.err;
  }

  testing_support::TemporaryFolder folder{"sohoa-sign"};
  std::unique_ptr<pki::PkiServer> server = must(pki::PkiServer::listen("127.0.0.1", 0));
  std::unique_ptr<pki::DemoPki> pki = must(pki::DemoPki::create({.url = server->url()}));
};

/// Names of what was found, in order: "expired revocation_unknown".
inline std::string problems(const std::vector<SignatureFinding>& findings) {
  std::string names;
  for (const auto& finding : findings) names += (names.empty() ? "" : " ") + std::string(name_of(finding.problem));
  return names;
}

constexpr std::string_view content = "nội dung văn bản";
inline const Digest content_digest = sha256(as_bytes(content));

}  // namespace sohoa::sign::test
