#include <dlfcn.h>

#include <fstream>
#include <thread>

#include "tests/unit/sign/sign_test_case.hpp"

namespace sohoa::sign::test {
namespace {

/// A SoftHSM token of its own, with a key and its certificate in it.
class Pkcs11KeyTest : public SignTestCase {
 protected:
  Pkcs11KeyTest() {
    std::filesystem::create_directory(folder / "tokens");
    std::ofstream(folder / "softhsm2.conf") << "directories.tokendir = " << (folder / "tokens").string()
                                            << "\nobjectstore.backend = file\nlog.level = ERROR\n";
    ::setenv("SOFTHSM2_CONF", (folder / "softhsm2.conf").c_str(), 1);
    run({"softhsm2-util", "--init-token", "--free", "--label", "Mẫu", "--pin", "123456", "--so-pin", "654321"});
  }

  static void run(const std::vector<std::string>& command) {
    const auto ended = testing_support::run(command);
    ASSERT_EQ(ended.exit_code, 0) << command.front() << ": " << ended.out << ended.err;
  }
  void import_key(const pki::Identity& identity, const std::string& id) const {
    run({"softhsm2-util", "--import", keep("key.pem", identity.key_pem()), "--token", "Mẫu", "--label", "khóa " + id,
         "--id", id, "--pin", "123456"});
  }
  void import_certificate(const pki::Identity& identity, const std::string& id) const {
    run({"pkcs11-tool", "--module", SOHOA_SOFTHSM, "--token-label", "Mẫu", "--login", "--pin", "123456",
         "--write-object", keep("certificate.der", identity.der()), "--type", "cert", "--id", id});
  }
  pki::Identity put(pki::KeyType type, const std::string& id = "a1") const {
    auto identity = person(type);
    import_key(identity, id);
    import_certificate(identity, id);
    return identity;
  }
  [[nodiscard]] SignerConfig token() const {
    return {Pkcs11Place{.module = SOHOA_REMOVABLE_TOKEN, .token = "Mẫu", .pin = "123456"},
            {folder / "issuing.pem"},
            {folder / "root.pem"}};
  }
  [[nodiscard]] static SignerConfig with(SignerConfig config, const std::function<void(Pkcs11Place&)>& change) {
    change(std::get<Pkcs11Place>(config.key));
    return config;
  }
  static Error refused(const SignerConfig& config) {
    const auto opened = open_signer(config, {});
    EXPECT_FALSE(opened);
    return opened ? Error{} : opened.error();
  }

  template <typename F>
  static F* function(const char* name) {
    static auto* library = ::dlopen(SOHOA_REMOVABLE_TOKEN, RTLD_NOW);
    return reinterpret_cast<F*>(::dlsym(library, name));
  }
  static void take_out() { function<void(int)>("removable_token_set")(0); }
  static void put_in() { function<void(int)>("removable_token_set")(1); }
  static int logins() { return function<int()>("removable_token_logins")(); }
};

class OfEachToken : public Pkcs11KeyTest, public ::testing::WithParamInterface<pki::KeyType> {};

TEST_P(OfEachToken, SignsWhatOpensslVerifies) {
  const auto identity = put(GetParam());
  const auto signer = must(open_signer(token(), {}));
  EXPECT_EQ(signer->certificate().sha256, sha256(identity.der()));
  EXPECT_TRUE(signer->check(now()));
  const auto made = must(signer->sign(content_digest, false));
  EXPECT_EQ(openssl_refuses(made.der, content), "");
  const auto report = verifier(revocation())->verify(in_pdf(made.der, content), {}, {}, now());
  EXPECT_EQ(report.indication, Indication::passed) << problems(report.findings);
}

INSTANTIATE_TEST_SUITE_P(Pkcs11Key, OfEachToken, ::testing::Values(pki::KeyType::rsa2048, pki::KeyType::p256));

TEST_F(Pkcs11KeyTest, AWrongPinIsToldAndNeverTriedTwice) {
  put(pki::KeyType::p256);
  const auto before = logins();
  const auto error = refused(with(token(), [](Pkcs11Place& place) { place.pin = "000000"; }));
  EXPECT_EQ(error, (Error{ErrorCode::invalid_input, "Mẫu: the PIN is wrong"}));
  EXPECT_EQ(logins(), before + 1);
}

TEST_F(Pkcs11KeyTest, AnotherTokenIsAway) {
  const auto error = refused(with(token(), [](Pkcs11Place& place) { place.token = "another"; }));
  EXPECT_EQ(error, (Error{ErrorCode::unavailable, "another: the token is away"}));
}

TEST_F(Pkcs11KeyTest, AMissingModuleOrKeyIsNotFound) {
  put(pki::KeyType::p256);
  EXPECT_EQ(refused(with(token(), [](Pkcs11Place& place) { place.module = "/missing.so"; })).code,
            ErrorCode::not_found);
  EXPECT_EQ(refused(with(token(), [](Pkcs11Place& place) { place.label = "another"; })).code, ErrorCode::not_found);
  EXPECT_EQ(refused(with(token(), [&](Pkcs11Place& place) { place.module = folder / "root.pem"; })).code,
            ErrorCode::invalid_input);
}

TEST_F(Pkcs11KeyTest, OfSeveralKeysOneIsNamed) {
  put(pki::KeyType::p256, "a1");
  const auto second = put(pki::KeyType::p256, "b2");
  EXPECT_EQ(refused(token()).code, ErrorCode::invalid_input);
  const auto by_id = must(open_signer(with(token(), [](Pkcs11Place& place) { place.id = {0xb2}; }), {}));
  EXPECT_EQ(by_id->certificate().sha256, sha256(second.der()));
  const auto by_label = must(open_signer(with(token(), [](Pkcs11Place& place) { place.label = "khóa b2"; }), {}));
  EXPECT_EQ(by_label->certificate().sha256, sha256(second.der()));
}

TEST_F(Pkcs11KeyTest, ACertificateMayLieInAFile) {
  const auto identity = person();
  import_key(identity, "a1");
  auto config = token();
  EXPECT_EQ(refused(config).code, ErrorCode::invalid_input);
  config.issuers.push_back(keep("person.pem", identity.certificate_pem()));
  EXPECT_EQ(must(open_signer(config, {}))->certificate().sha256, sha256(identity.der()));
}

TEST_F(Pkcs11KeyTest, ACertificateOfAnotherKeyIsRefused) {
  import_key(person(), "a1");
  import_certificate(person(), "a1");
  EXPECT_EQ(refused(token()), (Error{ErrorCode::invalid_input, "no certificate is of the token's key"}));
}

TEST_F(Pkcs11KeyTest, ATokenThatWasTakenOutSignsAgainOnceItIsBack) {
  put(pki::KeyType::p256);
  const auto signer = must(open_signer(token(), {}));
  must(signer->sign(content_digest, false));
  take_out();
  for (int i = 0; i < 2; ++i) {
    const auto made = signer->sign(content_digest, false);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error(), (Error{ErrorCode::unavailable, "Mẫu: the token is away"}));
  }
  put_in();
  EXPECT_EQ(openssl_refuses(must(signer->sign(content_digest, false)).der, content), "");
}

TEST_F(Pkcs11KeyTest, ManyThreadsShareAToken) {
  put(pki::KeyType::p256);
  const auto signer = must(open_signer(token(), {}));
  std::vector<std::thread> threads;
  std::vector<Bytes> made(8);
  for (auto& one : made) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5; ++i) one = must(signer->sign(content_digest, false)).der;
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& one : made) EXPECT_EQ(openssl_refuses(one, content), "");
}

}  // namespace
}  // namespace sohoa::sign::test
