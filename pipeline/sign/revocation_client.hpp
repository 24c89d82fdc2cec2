#pragma once

#include <chrono>
#include <memory>

#include "pipeline/sign/http_client.hpp"
#include "pipeline/sign/revocation.hpp"

namespace sohoa::sign {

struct RevocationConfig {
  HttpLimits limits;
  /// An answer is kept until its nextUpdate, this long at most.
  std::chrono::seconds keep{std::chrono::hours(6)};
  /// Whom nobody answered for is not asked for again within this time: documents would wait one after another.
  std::chrono::seconds pause{10};
};

/// Asks the OCSP responders, then the CRLs that a certificate names. Answers are checked and kept in memory.
[[nodiscard]] std::shared_ptr<RevocationSource> open_revocation_client(const RevocationConfig& config);

}  // namespace sohoa::sign
