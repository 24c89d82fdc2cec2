#include <openssl/rsa.h>

#include "pipeline/base/file.hpp"
#include "pipeline/sign/handles.hpp"
#include "pipeline/sign/private_key.hpp"

namespace sohoa::sign {
namespace {

constexpr std::uint64_t most_bytes = 1 << 20;  // a key and a chain take 10 KB

class SoftwareKey final : public PrivateKey {
 public:
  explicit SoftwareKey(KeyHandle key) : key_(std::move(key)) {}

  Result<Bytes> sign(const Digest& digest) override {
    const KeyContextHandle context(EVP_PKEY_CTX_new(key_.get(), nullptr));
    std::size_t size = 0;
    if (!context || !prepare(*context) || EVP_PKEY_sign(context.get(), nullptr, &size, digest.bytes.data(), 32) != 1) {
      return openssl_error(ErrorCode::internal, "cannot sign");
    }
    Bytes signature(size);
    if (EVP_PKEY_sign(context.get(), signature.data(), &size, digest.bytes.data(), 32) != 1) {
      return openssl_error(ErrorCode::internal, "cannot sign");
    }
    signature.resize(size);
    return signature;
  }

 private:
  bool prepare(EVP_PKEY_CTX& context) const {
    if (EVP_PKEY_sign_init(&context) != 1 || EVP_PKEY_CTX_set_signature_md(&context, EVP_sha256()) != 1) return false;
    if (EVP_PKEY_get_base_id(key_.get()) == EVP_PKEY_EC) return true;
    return EVP_PKEY_CTX_set_rsa_padding(&context, RSA_PKCS1_PSS_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_mgf1_md(&context, EVP_sha256()) == 1 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(&context, 32) == 1;
  }

  const KeyHandle key_;
};

/// OpenSSL with the ciphers that it no longer offers by default: containers of older CAs are encrypted with RC2-40.
struct OldCiphers {
  LibraryHandle library{OSSL_LIB_CTX_new()};
  ProviderHandle usual{OSSL_PROVIDER_load(library.get(), "default")};
  ProviderHandle old{OSSL_PROVIDER_load(library.get(), "legacy")};
};

Pkcs12Handle container_of(ByteView file, OSSL_LIB_CTX* library) {
  auto* container = PKCS12_init_ex(NID_pkcs7_data, library, nullptr);
  const auto bio = memory_bio(file);
  const bool read = d2i_PKCS12_bio(bio.get(), &container) != nullptr;
  Pkcs12Handle owner(container);  // where the structure is broken OpenSSL has freed it, where there is none it has not
  return read ? std::move(owner) : Pkcs12Handle();
}

struct Opened {
  KeyHandle key;
  X509Handle certificate;
  OwnedX509s others;
};

Result<Opened> open(PKCS12& container, const std::string& password) {
  // An empty password may have been written as none or as "" (RFC 7292, B.1 leaves it open).
  const bool right = PKCS12_verify_mac(&container, password.c_str(), static_cast<int>(password.size())) == 1 ||
                     (password.empty() && PKCS12_verify_mac(&container, nullptr, 0) == 1);
  if (!right) {
    ERR_clear_error();
    return Error{ErrorCode::invalid_input, "the password of the key file is wrong"};
  }
  EVP_PKEY* key = nullptr;
  X509* certificate = nullptr;
  STACK_OF(X509)* others = nullptr;
  if (PKCS12_parse(&container, password.c_str(), &key, &certificate, &others) != 1) {
    return openssl_error(ErrorCode::invalid_input, "malformed key file");
  }
  return Opened{KeyHandle(key), X509Handle(certificate), OwnedX509s(others)};
}

/// The key for OpenSSL's usual library context: the one it was opened in goes.
KeyHandle usual_key(EVP_PKEY& key) {
  auto der = der_of<i2d_PrivateKey>(&key);
  const auto* at = der.data();
  KeyHandle same(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size())));
  OPENSSL_cleanse(der.data(), der.size());
  return same;
}

Result<std::vector<Certificate>> copies(const STACK_OF(X509) * list) {
  std::vector<Certificate> all;
  for (int i = 0; i < sk_X509_num(list); ++i) {
    SOHOA_TRY(auto one, Certificate::from_der(der_of<i2d_X509>(sk_X509_value(list, i))));
    all.push_back(std::move(one));
  }
  return all;
}

Result<SigningIdentity> identity_of(ByteView file, const std::string& password) {
  const OldCiphers ciphers;
  const auto container = container_of(file, ciphers.library.get());
  if (!container) return openssl_error(ErrorCode::invalid_input, "no PKCS#12 file");
  SOHOA_TRY(const auto opened, open(*container, password));
  if (!opened.key) return Error{ErrorCode::invalid_input, "no private key"};
  if (!opened.certificate) return Error{ErrorCode::invalid_input, "no certificate of the private key"};
  auto key = usual_key(*opened.key);
  if (!key) return openssl_error(ErrorCode::invalid_input, "the private key cannot be read");
  const int kind = EVP_PKEY_get_base_id(key.get());
  if (kind != EVP_PKEY_RSA && kind != EVP_PKEY_EC) {
    return Error{ErrorCode::unsupported, "the key is neither RSA nor EC"};
  }
  SOHOA_TRY(auto certificate, Certificate::from_der(der_of<i2d_X509>(opened.certificate.get())));
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    return openssl_error(ErrorCode::invalid_input, "the certificate is of another key");
  }
  SOHOA_TRY(auto others, copies(opened.others.get()));
  return SigningIdentity{std::make_unique<SoftwareKey>(std::move(key)), std::move(certificate), std::move(others)};
}

}  // namespace

Result<SigningIdentity> open_pkcs12(const std::filesystem::path& file, const std::string& password) {
  SOHOA_TRY(auto bytes, read_file(file, most_bytes));
  auto identity = identity_of(bytes, password);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  if (!identity) return identity.error().within(file.filename().string());
  return identity;
}

}  // namespace sohoa::sign
