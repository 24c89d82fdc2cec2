#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace sohoa {

/// What went wrong, named by what the caller does next.
enum class ErrorCode : std::uint8_t {
  invalid_input,       ///< the bytes or arguments are wrong: tell whoever sent them
  unsupported,         ///< understood, but not something we read (encrypted, unknown format)
  not_found,           ///< there is no such thing
  already_exists,      ///< there is one already
  resource_exhausted,  ///< over a limit of size, time, memory or disk
  unavailable,         ///< try again later (busy, worker died, locked)
  cancelled,           ///< stopped on request
  data_loss,           ///< stored bytes are not what they were: stop and call the operator
  internal,            ///< our own bug
};

/// The code's name as it appears in JSON: "invalid_input".
[[nodiscard]] std::string_view name_of(ErrorCode code);

/// A failure: a code and a sentence fragment in lower case that names the thing, without full stop.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;

  /// The same error, with the place it happened in front: "page 3: 0 dpi".
  [[nodiscard]] Error within(std::string_view place) const { return {code, std::string(place) + ": " + message}; }

  bool operator==(const Error&) const = default;
  static constexpr auto fields = [](auto& self) { return std::tie(self.code, self.message); };
};

}  // namespace sohoa
