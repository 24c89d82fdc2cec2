#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/clock.hpp"
#include "pipeline/base/result.hpp"

struct evp_pkey_st;
struct x509_st;

namespace sohoa::pki {

enum class KeyType : std::uint8_t { rsa1024, rsa2048, p256 };

/// What a certificate is made for.
enum class Role : std::uint8_t {
  root,
  intermediate,
  signer,      ///< keyUsage digitalSignature and nonRepudiation
  encryption,  ///< keyUsage keyEncipherment: it may not sign
  timestamp,   ///< extendedKeyUsage timeStamping, critical
  ocsp         ///< extendedKeyUsage OCSPSigning, with ocsp-nocheck
};

struct IdentityOptions {
  std::string common_name;
  std::string organization = "Tổ chức MẪU, không có giá trị pháp lý";
  Role role = Role::signer;
  KeyType key = KeyType::p256;
  WallTime not_before = now() - std::chrono::hours(24);
  WallTime not_after = now() + std::chrono::hours(24 * 365 * 5);
  bool sha1 = false;  ///< its certificate is signed with SHA-1, as nobody does any more
  bool with_urls = true;
};

/// Where a CA's certificates say that its answers are.
struct AuthorityUrls {
  std::string ocsp, crl, issuer;  ///< "": named nowhere
};

/// A key with its certificate. Cheap to copy.
class Identity {
 public:
  /// `issuer`: none signs itself. Errors: internal (OpenSSL fails).
  static Result<Identity> issue(const IdentityOptions& options, const Identity* issuer, const AuthorityUrls& urls);
  /// Errors: invalid_input where the PEM holds no key and certificate.
  static Result<Identity> from_pem(ByteView key, ByteView certificate);

  [[nodiscard]] evp_pkey_st* key() const { return key_.get(); }
  [[nodiscard]] x509_st* certificate() const { return certificate_.get(); }
  [[nodiscard]] Bytes der() const;
  [[nodiscard]] Bytes certificate_pem() const;
  [[nodiscard]] Bytes key_pem() const;       ///< PKCS#8, not encrypted
  [[nodiscard]] std::string serial() const;  ///< hexadecimal, lower case
  /// PKCS#12 with AES-256 and HMAC-SHA-256, `chain` included.
  [[nodiscard]] Bytes pkcs12(const std::string& password, const std::vector<Identity>& chain) const;

 private:
  Identity(evp_pkey_st* key, x509_st* certificate);
  std::shared_ptr<evp_pkey_st> key_;
  std::shared_ptr<x509_st> certificate_;
};

}  // namespace sohoa::pki
