#pragma once

#include <string>
#include <string_view>

#include "api/http/message.hpp"
#include "pipeline/base/digest.hpp"

namespace sohoa::http {

// Conditional requests (RFC 9110, 13) by ETag. We state no Last-Modified, so dates are never compared.

[[nodiscard]] std::string etag_of(const Digest& digest);

enum class Precondition { go_on, not_modified, failed };
[[nodiscard]] Precondition precondition(const Request& request, std::string_view etag);

/// 304 carries the fields that the 200 would have had, but for the body's.
[[nodiscard]] Response not_modified(Response full);

/// A 200 whose ETag is made of `body`; 304 or 412 where the request's conditions ask for it.
[[nodiscard]] Response conditional_json(const Request& request, std::string body);

}  // namespace sohoa::http
