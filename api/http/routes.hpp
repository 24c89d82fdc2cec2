#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/http/context.hpp"
#include "api/http/message.hpp"

namespace sohoa::http {

/// Answers a request whose body, if any, nobody wants. May wait for the archive.
using Handle = Response (*)(const Context& context, const Request& request);
/// Takes on a request's body, or refuses it before any of it has come.
using Receive = std::variant<Response, std::unique_ptr<BodyReceiver>> (*)(const Context& context,
                                                                          const Request& request);

/// For what a handler waits. Each has threads of its own, so that a token or a timestamp authority that takes its time
/// holds up neither uploads nor reads.
enum class WaitsFor { disk, others };

struct Route {
  std::string_view method;   ///< "GET" answers HEAD as well
  std::string_view pattern;  ///< "/api/v1/documents/{id}/pdf": segments in braces match anything that is not empty
  std::variant<Handle, Receive> action;
  WaitsFor waits_for = WaitsFor::disk;  ///< once the body has come
};

/// All that the server answers; api/openapi.json describes exactly this.
[[nodiscard]] std::span<const Route> routes();

struct Match {
  const Route* route = nullptr;  ///< nullptr: no such path, or not with this method
  std::vector<std::string> parameters;
  std::string_view pattern;  ///< "" where the path is unknown
  std::string allow;         ///< the path's methods, for 405; "" where the path is unknown
};
[[nodiscard]] Match match(std::span<const Route> table, std::string_view method,
                          const std::vector<std::string>& segments);

}  // namespace sohoa::http
