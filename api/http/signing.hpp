#pragma once

#include "api/http/context.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::http {

/// Errors: unavailable where this server has nothing that signs.
[[nodiscard]] inline Result<api::SigningServices> signing_of(const Context& context) {
  if (context.office.signing) return *context.office.signing;
  return Error{ErrorCode::unavailable, "nothing is issued or verified here"};
}

}  // namespace sohoa::http
