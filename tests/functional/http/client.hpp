#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/base/unique_fd.hpp"

namespace sohoa::http {

struct Reply {
  unsigned status = 0;  ///< 0: the connection ended, or 20 s passed, before a whole response had come
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;
  [[nodiscard]] std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
  }
};

/// A plain socket to 127.0.0.1 that speaks just enough HTTP/1.1. Gives up after 20 s, so that no test hangs.
class Client {
 public:
  explicit Client(std::uint16_t port);

  /// False where the other side is gone.
  bool send(std::string_view bytes);
  /// `method` as in the request: a HEAD's response has no body. Responses of 1xx are passed over.
  Reply reply(std::string_view method = "GET");
  /// Sends "METHOD target HTTP/1.1", Host, `fields` (each ended by CRLF) and `body`, and reads the reply.
  Reply ask(std::string_view method, std::string_view target, std::string_view fields = "", std::string_view body = "");
  /// The text up to and with `end`; "" where it does not come.
  std::string read_until(std::string_view end);
  /// Whether the other side ends the connection within `time`.
  bool ends_within(std::chrono::milliseconds time);
  void close() { socket_.reset(); }
  [[nodiscard]] int fd() const { return socket_.get(); }

 private:
  bool more();
  std::optional<std::string> take(std::size_t bytes);

  UniqueFd socket_;
  std::string held_;
};

/// A multipart/form-data body with the boundary "frontier".
std::string form_field(std::string_view name, std::string_view value);
std::string form_file(std::string_view file_name, std::string_view bytes);
inline constexpr std::string_view form_end = "--frontier--\r\n";
inline constexpr std::string_view form_type = "Content-Type: multipart/form-data; boundary=frontier\r\n";

}  // namespace sohoa::http
