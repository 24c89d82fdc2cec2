#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "api/portal/payload.hpp"
#include "pipeline/ports/archive.hpp"

namespace sohoa::api::portal {

/// Hands messages to the portal, or to whoever stands for it. One thread.
class Connector {
 public:
  virtual ~Connector() = default;
  /// Returns once the other side has the message. Sending it again must be harmless.
  /// Errors: unavailable (try again), invalid_input (it was refused), resource_exhausted (disk).
  virtual Result<void> send(const Message& message) = 0;
};

/// CODE.json and the documents it links to as ID.pdf, below a folder.
[[nodiscard]] std::unique_ptr<Connector> folder_connector(std::filesystem::path folder, Archive& archive);

/// POST of the payload as application/json to an http:// address. The portal's session login is not public [open]: an
/// agency's own gateway stands between. Errors of creating: invalid_input (no such address).
Result<std::unique_ptr<Connector>> http_connector(const std::string& address);

}  // namespace sohoa::api::portal
