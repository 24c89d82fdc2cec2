#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/base/result.hpp"
#include "pipeline/model/signature.hpp"

struct x509_st;

namespace sohoa::sign {

/// An X.509 certificate (RFC 5280). Cheap to copy; any thread.
class Certificate {
 public:
  /// Errors: invalid_input where the bytes are not exactly one certificate.
  static Result<Certificate> from_der(ByteView der);

  [[nodiscard]] const Bytes& der() const { return parts_->der; }
  [[nodiscard]] const CertificateFacts& facts() const { return parts_->facts; }
  [[nodiscard]] x509_st* get() const { return parts_->handle.get(); }
  bool operator==(const Certificate& other) const { return der() == other.der(); }

  /// Subject and issuer are the same name: as a rule a root.
  [[nodiscard]] bool self_issued() const;
  /// Errors: invalid_input unless its signature is by `issuer`'s key.
  [[nodiscard]] Result<void> check_issued_by(const Certificate& issuer) const;

 private:
  struct Parts {
    std::shared_ptr<x509_st> handle;
    Bytes der;
    CertificateFacts facts;
  };
  explicit Certificate(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}
  std::shared_ptr<const Parts> parts_;
};

/// PEM (any number) or DER (one). Errors: invalid_input where there is none or one is malformed.
Result<std::vector<Certificate>> certificates_from(ByteView file);

enum class KeyKind : std::uint8_t { rsa, ec, other };
struct KeyStrength {
  KeyKind kind = KeyKind::other;
  int bits = 0;  ///< of the modulus, or of the curve's order
};
[[nodiscard]] KeyStrength key_strength(const Certificate& certificate);
/// RSA of 2048 bits, EC of 256 (Circular 15/2025, annex; ETSI TS 119 312, 9).
[[nodiscard]] bool is_strong(KeyStrength key);

/// Whether its issuer signed it with SHA-256 or better. A root's own signature proves nothing and is not asked.
[[nodiscard]] bool signed_with_strong_hash(const Certificate& certificate);

/// Its keyUsage has digitalSignature or nonRepudiation (RFC 5280, 4.2.1.3), or it has none; no CA.
[[nodiscard]] bool may_sign_documents(const Certificate& certificate);
/// extendedKeyUsage is critical and timeStamping alone (RFC 3161, 2.3).
[[nodiscard]] bool may_timestamp(const Certificate& certificate);
/// Bears id-pkix-ocsp-nocheck: asking whether it is revoked makes no sense (RFC 6960, 4.2.2.2.1).
[[nodiscard]] bool is_never_revoked(const Certificate& certificate);

/// HTTP addresses that it names.
struct CertificateUrls {
  std::vector<std::string> ocsp, crl, issuers;
};
[[nodiscard]] CertificateUrls urls_of(const Certificate& certificate);

}  // namespace sohoa::sign
