#pragma once

#include "pipeline/sign/certificate_path.hpp"
#include "pipeline/sign/revocation.hpp"

namespace sohoa::sign {

/// What certificates are judged by.
struct TrustMaterial {
  const std::vector<Certificate>& anchors;
  std::vector<Certificate> pool;            ///< issuers, trusted or not
  std::vector<Bytes> ocsp_responses, crls;  ///< that the file carries
  RevocationSource* online = nullptr;       ///< asked where these do not tell; none: never
  WallTime now{};
};

struct TrustCheck {
  CertificatePath path;
  std::vector<SignatureFinding> findings;  ///< of the path and of revocation
  RevocationFacts revocation;              ///< of the certificate itself
  bool embedded = false;                   ///< all that was needed stands in the file
};

/// As of when a certificate is judged.
struct TrustMoment {
  WallTime period;  ///< its chain must be valid then: a time at which the signature is known to have existed, or now
  WallTime revocation;  ///< it must not have been revoked by then
  /// Of a timestamp authority: that it was revoked later counts too, unless the reason says that its key was safe until
  /// then (RFC 3161, 4.1); so the network is asked even where the file tells.
  bool timestamping = false;
};

/// Judges a certificate and its issuers. A later revocation is told and does not count (ETSI EN 319 102-1, 5.5.4).
[[nodiscard]] TrustCheck check_trust(const Certificate& certificate, const TrustMaterial& material,
                                     const TrustMoment& moment);

/// Certificates beside a signature that nobody known issued, and that did not sign themselves: whoever altered one, or
/// put it there, altered the signature. `known`: those that need no such proof.
[[nodiscard]] std::vector<SignatureFinding> stray_certificates(const std::vector<Certificate>& beside,
                                                               const std::vector<Certificate>& known,
                                                               const TrustMaterial& material);

}  // namespace sohoa::sign
