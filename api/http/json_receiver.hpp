#pragma once

#include <memory>
#include <string>
#include <variant>

#include "api/http/context.hpp"
#include "api/http/message.hpp"

namespace sohoa::http {

/// Answers a request whose body came whole.
using HandleJson = Response (*)(const Context& context, const Request& request, const std::string& body);

/// A receiver that holds an application/json body of at most limits.json_bytes in memory and hands it on. `request`
/// outlives it. Refused: 413, 415.
[[nodiscard]] std::variant<Response, std::unique_ptr<BodyReceiver>> receive_json(const Context& context,
                                                                                 const Request& request,
                                                                                 HandleJson handle);

/// A route's action that takes JSON.
template <HandleJson handle>
std::variant<Response, std::unique_ptr<BodyReceiver>> with_json(const Context& context, const Request& request) {
  return receive_json(context, request, handle);
}

}  // namespace sohoa::http
