#pragma once

#include "pipeline/sign/check_signed_data.hpp"

namespace sohoa::sign {

/// A TSTInfo (RFC 3161, 2.4.2).
struct TimestampInfo {
  Hash hash = Hash::sha256;
  Bytes imprint;
  WallTime time{};
  Bytes nonce;  ///< contents of the INTEGER; empty where there is none
};

/// A timestamp token read, held against what it should cover, its signature checked; not yet whom it is by.
struct CheckedTimestamp {
  std::vector<SignatureFinding> findings;
  TimestampInfo info;
  SignedData data;  ///< views into the token, which must outlive this
  CheckedSigner signer;
  bool intact = false;  ///< it covers the content and its signature is right
};

/// `covered`: the digest of what the token should cover. Errors: invalid_input where it is no timestamp token.
Result<CheckedTimestamp> check_timestamp(ByteView token, const ContentDigest& covered,
                                         const std::vector<Certificate>& pool);

}  // namespace sohoa::sign
