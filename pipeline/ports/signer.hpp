#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "pipeline/base/result.hpp"
#include "pipeline/model/signature.hpp"

namespace sohoa {

/// A signature over what a PDF's ByteRange covers.
struct CmsSignature {
  Bytes der;                             ///< CMS SignedData, detached (CAdES baseline, ETSI EN 319 122-1)
  std::optional<Error> timestamp_error;  ///< why it bears no signature timestamp, though one was wanted
};

/// A person or agency that signs: a private key, wherever it is kept, and its certificate. Any thread.
class Signer {
 public:
  virtual ~Signer() = default;
  [[nodiscard]] virtual const CertificateFacts& certificate() const = 0;
  /// Bytes that a signature will not exceed, its timestamp included.
  [[nodiscard]] virtual std::size_t room() const = 0;
  /// Whether it may sign now: period, key usage, strength, chain to a trust anchor, revocation. To be asked before
  /// every signature. Errors: invalid_input, naming what is wrong with the certificate; unavailable (nobody tells
  /// whether it is revoked).
  [[nodiscard]] virtual Result<void> check(WallTime at) = 0;
  /// Signs content of this SHA-256; without a signing time of its own (PAdES forbids the attribute). With
  /// `timestamp`, a signature timestamp is asked for; where the authority does not answer, the signature comes without.
  /// Errors: unavailable (the token is away), invalid_input (its PIN is wrong).
  virtual Result<CmsSignature> sign(const Digest& content, bool timestamp) = 0;
};

/// Whose keys are set up. Any thread.
class SigningKeys {
 public:
  virtual ~SigningKeys() = default;
  /// Who digitizes or certifies, and the agency; null where no key is set up. Errors: why the key cannot be had now:
  /// unavailable (the token is away; asked again, it may be back), invalid_input, not_found.
  virtual Result<Signer*> person() = 0;
  virtual Result<Signer*> agency() = 0;
};

/// Proves when something was there (RFC 3161). Any thread.
class TimestampAuthority {
 public:
  virtual ~TimestampAuthority() = default;
  [[nodiscard]] virtual std::size_t room() const = 0;
  /// A TimeStampToken over the digest, checked. Errors: unavailable (no answer in time), data_loss (a wrong answer).
  virtual Result<Bytes> timestamp(const Digest& digest) = 0;
};

/// Collects what proves certificates: issuers, OCSP responses, CRLs. Any thread.
class ValidationSource {
 public:
  virtual ~ValidationSource() = default;
  /// For all certificates of a CMS SignedData (a signature, its timestamps, or a timestamp token), up to the trust
  /// anchors. Errors: unavailable (no answer in time); invalid_input (a chain that leads nowhere).
  virtual Result<ValidationData> collect(ByteView cms) = 0;
};

}  // namespace sohoa
