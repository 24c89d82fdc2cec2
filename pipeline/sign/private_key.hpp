#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/base/digest.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/sign/certificate.hpp"

namespace sohoa::sign {

/// A key that signs and never leaves its container. Any thread.
class PrivateKey {
 public:
  virtual ~PrivateKey() = default;
  /// RSA: RSASSA-PSS with SHA-256, MGF1 with SHA-256, a salt of 32 bytes (RFC 8017, 8.1). EC: ECDSA as DER
  /// (RFC 5480, appendix A). Errors: unavailable (the token is away), invalid_input (its PIN was refused).
  virtual Result<Bytes> sign(const Digest& digest) = 0;
};

/// A key with the certificate of it, and what other certificates lie beside them.
struct SigningIdentity {
  std::unique_ptr<PrivateKey> key;
  Certificate certificate;
  std::vector<Certificate> others;
};

/// PKCS#12 (RFC 7292), ciphers of old ones (RC2, 3DES) included.
/// Errors: not_found, unavailable (the file); invalid_input: it is malformed, the password is wrong, its certificate is
/// of another key; unsupported (neither RSA nor EC).
Result<SigningIdentity> open_pkcs12(const std::filesystem::path& file, const std::string& password);

}  // namespace sohoa::sign
