#pragma once

#include <functional>

#include "pipeline/model/signature_report.hpp"
#include "pipeline/sign/signed_data.hpp"
#include "pipeline/sign/verify_digest.hpp"

namespace sohoa::sign {

/// What is asked of a SignedData beyond RFC 5652.
enum class Profile : std::uint8_t {
  pades,     ///< ETSI EN 319 142-1, 6.3: signing-certificate, no signing-time, no unsigned attributes but timestamps
  legacy,    ///< ISO 32000-1, 12.8.3.3
  timestamp  ///< RFC 3161, 2.4.2: a TSTInfo within; signing-certificate
};

/// The digest of what is covered outside of the SignedData; empty where there is none of this hash.
using ContentDigest = std::function<Bytes(Hash)>;

/// A SignedData held against the content and the signer's certificate; nothing about whom the certificate is of.
struct CheckedSigner {
  std::vector<SignatureFinding> findings;
  std::optional<Certificate> certificate;
  std::optional<SignatureAlgorithm> algorithm;
  std::optional<Hash> content_hash;
  std::optional<WallTime> claimed_time;  ///< the attribute signing-time
  bool intact = false;                   ///< content, attributes and signature fit together and to the certificate
};

/// `pool`: where the signer's certificate is looked for beside the SignedData's own.
[[nodiscard]] CheckedSigner check_signed_data(const SignedData& data, Profile profile, const ContentDigest& digest,
                                              const std::vector<Certificate>& pool);

/// "RSASSA-PSS, SHA-256, 2048 bits"; "" where the algorithm is not known.
[[nodiscard]] std::string description(const CheckedSigner& signer);

}  // namespace sohoa::sign
