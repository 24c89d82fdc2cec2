#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/ports/signer.hpp"
#include "pipeline/sign/http_client.hpp"

namespace sohoa::sign {

struct TimestampConfig {
  std::string url;                             ///< "http://tsa.ca.gov.vn"
  std::vector<std::filesystem::path> anchors;  ///< that its certificate must lead to, PEM or DER
  std::size_t room = 16'384;                   ///< bytes; seen in Vietnam: 2.4 to 5 KB
  HttpLimits limits;
};

/// Asks a timestamp authority (RFC 3161 over HTTP, 3.4). What it answers is checked before it is believed: status,
/// nonce, imprint, signature, certificate and its chain; and that its clock is ours to within an hour.
/// Errors: invalid_input where a file of anchors holds no certificate.
Result<std::unique_ptr<TimestampAuthority>> open_timestamp_authority(const TimestampConfig& config);

}  // namespace sohoa::sign
