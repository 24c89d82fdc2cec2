#pragma once

#include <cstdint>
#include <memory>

#include "api/http/options.hpp"
#include "api/service/office_services.hpp"
#include "api/service/service.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::http {

/// The HTTP/1.1 server in front of a Service. Bound from create() on; serves while run() runs, which is once.
class HttpServer {
 public:
  /// The services outlive the server. Errors: invalid_input (host), unavailable (the address is taken or not allowed).
  static Result<std::unique_ptr<HttpServer>> create(api::Service& service, api::OfficeServices office,
                                                    HttpOptions options);
  /// run() MUST have returned.
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] std::uint16_t port() const;

  /// Serves until stop(). Errors: internal.
  Result<void> run();

  /// Makes run() return: nothing new is accepted, requests in progress have timeouts.drain to end, event streams end at
  /// once. Any thread, also before run(), also from a signal handler; again does no harm.
  void stop() noexcept;

 private:
  class Implementation;
  explicit HttpServer(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace sohoa::http
