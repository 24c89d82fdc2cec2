#pragma once

#include <optional>

#include "pipeline/sign/revocation.hpp"

namespace sohoa::sign {

/// What an OCSP response or a CRL says of a certificate, its own signature checked.
struct RevocationEvidence {
  RevocationFacts facts;
  std::optional<WallTime> next_update;
  std::vector<Certificate> responder;  ///< that an OCSP response bears

  /// Whether it tells how things stood at `at`: it was made then or later, or was still to be relied on.
  [[nodiscard]] bool speaks_for(WallTime at) const;
};

/// None where the response is about another certificate, not signed by the issuer or whom it authorised (RFC 6960,
/// 4.2.2.2), signed with a weak hash, or malformed.
[[nodiscard]] std::optional<RevocationEvidence> read_ocsp(ByteView response, const Certificate& certificate,
                                                          const Certificate& issuer);

/// None where the CRL is another issuer's, not signed by it, of a part of its certificates only (RFC 5280, 5.2.5),
/// signed with a weak hash, or malformed.
[[nodiscard]] std::optional<RevocationEvidence> read_crl(ByteView crl, const Certificate& certificate,
                                                         const Certificate& issuer);

/// An OCSPRequest about the certificate (RFC 6960, 4.1). CertID by SHA-1, the only hash that all responders know; it
/// names the issuer and proves nothing.
[[nodiscard]] Bytes ocsp_request(const Certificate& certificate, const Certificate& issuer, ByteView nonce);
/// The response bears no nonce or this one.
[[nodiscard]] bool nonce_fits(ByteView response, ByteView nonce);

}  // namespace sohoa::sign
