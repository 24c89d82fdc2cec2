#pragma once

#include "api/http/message.hpp"
#include "api/service/service.hpp"

namespace sohoa::http {

/// What may be kept without asking again.
enum class Keep { ask_again, for_good };

/// The file, whole or in the part that was asked for (RFC 9110, 14), named in Content-Disposition; its ETag is its
/// digest. 206, 304, 412, 416 as the request's header asks for.
[[nodiscard]] Response send_file(const Request& request, api::OpenRepresentation opened, Keep keep);

}  // namespace sohoa::http
