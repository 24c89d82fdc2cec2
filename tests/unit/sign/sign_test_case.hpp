#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "datasets/pki/pki_server.hpp"
#include "pipeline/base/file.hpp"
#include "pipeline/sign/open_signer.hpp"
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

}  // namespace sohoa::sign::test
