#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "pipeline/ports/signer.hpp"
#include "pipeline/sign/http_client.hpp"
#include "pipeline/sign/revocation.hpp"

namespace sohoa::sign {

struct CollectorConfig {
  std::vector<std::filesystem::path> issuers, anchors;  ///< PEM or DER
  HttpLimits limits;  ///< for issuers' certificates that are missing (RFC 5280, 4.2.2.1: caIssuers)
};

/// Collects issuers, OCSP responses and CRLs over HTTP. Errors: invalid_input where a file holds no certificate.
Result<std::unique_ptr<ValidationSource>> open_validation_source(const CollectorConfig& config,
                                                                 std::shared_ptr<RevocationSource> revocation);

}  // namespace sohoa::sign
