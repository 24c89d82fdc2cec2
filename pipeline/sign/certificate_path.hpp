#pragma once

#include <vector>

#include "pipeline/model/signature_report.hpp"
#include "pipeline/sign/certificate.hpp"

namespace sohoa::sign {

/// A certificate with its issuers, as far as they are known.
struct CertificatePath {
  std::vector<Certificate> certificates;  ///< from the one asked for upwards, the anchor included
  bool trusted = false;                   ///< it ends at a trust anchor
  std::vector<SignatureFinding> findings;
};

/// Builds the path and checks it as of `at` (RFC 5280, 6): signatures, periods, constraints, strength of keys and
/// hashes; not revocation. An anchor is trusted because somebody said so: its own period and signature are not asked.
/// `pool`: further certificates, trusted or not.
[[nodiscard]] CertificatePath path_of(const Certificate& certificate, const std::vector<Certificate>& pool,
                                      const std::vector<Certificate>& anchors, WallTime at);

}  // namespace sohoa::sign
