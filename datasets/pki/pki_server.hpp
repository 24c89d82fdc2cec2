#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "datasets/pki/demo_pki.hpp"

namespace sohoa::pki {

/// What the server is asked for, by path: /tsa, /ocsp, /root.crl and /issuing.crl, /root.cer and /issuing.cer.
enum class Service : std::uint8_t { timestamp, ocsp, crl, issuers };
inline constexpr std::size_t service_count = 4;

/// How it behaves, for tests.
struct Conduct {
  bool away = false;                   ///< hangs up without an answer
  std::chrono::milliseconds delay{0};  ///< before it answers
  bool garbage = false;                ///< bytes that mean nothing
  std::size_t padding = 0;             ///< bytes too many after the answer
  int status = 200;                    ///< HTTP
  std::string location{};              ///< a header's: where to ask instead
  Lie lie = Lie::none;
  std::chrono::seconds clock_shift{0};  ///< of what it says the time is
};

/// Serves a DemoPki over HTTP/1.1 on a loopback address, a thread a connection. Any thread.
class PkiServer {
 public:
  /// `port` 0: a free one. Errors: unavailable (the address is taken).
  static Result<std::unique_ptr<PkiServer>> listen(const std::string& address, std::uint16_t port);
  ~PkiServer();  ///< hangs up on everyone
  PkiServer(const PkiServer&) = delete;
  PkiServer& operator=(const PkiServer&) = delete;

  [[nodiscard]] std::string url() const;  ///< "http://127.0.0.1:41234"
  /// Answers with `pki`, which must outlive it, from now on; before that everybody gets 503.
  void serve(const DemoPki& pki);
  void set(Service service, const Conduct& conduct);
  [[nodiscard]] std::size_t requests(Service service) const;

 private:
  struct State;
  explicit PkiServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace sohoa::pki
