#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/unique_fd.hpp"

namespace sohoa::http {

/// Header fields in their order; names compare without case.
class Headers {
 public:
  /// Replaces what stood under `name`. Line ends in `value` become spaces, so that no value can start another field.
  void set(std::string_view name, std::string_view value);
  void add(std::string_view name, std::string_view value);
  /// The first value.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] std::string_view get(std::string_view name) const { return find(name).value_or(""); }
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

/// A request without its body, its target taken apart and percent-decoded.
struct Request {
  std::string method;  ///< "GET"; HEAD stays "HEAD"
  std::string path;    ///< as sent, without the query
  std::vector<std::string> segments;
  std::vector<std::pair<std::string, std::string>> query;
  Headers headers;
  std::string request_id;
  std::string trace_id;                 ///< W3C trace-id, 32 hexadecimal digits, "" where none came
  std::vector<std::string> parameters;  ///< what the route's {placeholders} matched, in order

  [[nodiscard]] std::optional<std::string_view> query_value(std::string_view name) const;
};

/// `size` bytes of an open file from `offset`.
struct FileBody {
  UniqueFd file;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

/// A stream of server-sent events. One thread at a time.
class EventSource {
 public:
  virtual ~EventSource() = default;
  /// Once, before take(). `wake` may be called from any thread, also after the EventSource is gone.
  virtual void start(std::function<void()> wake) = 0;
  struct Piece {
    std::string text;   ///< whole events; "" when there is nothing for now
    bool last = false;  ///< nothing will follow
  };
  /// May read the archive.
  virtual Piece take() = 0;
};

struct Response {
  unsigned status = 200;
  Headers headers;
  std::variant<std::string, FileBody, std::unique_ptr<EventSource>> body;
};

/// Takes a request's body piece by piece. One thread at a time; dropped unfinished, it leaves nothing behind.
class BodyReceiver {
 public:
  virtual ~BodyReceiver() = default;
  /// A response ends the request: the rest of the body is not wanted.
  virtual std::optional<Response> feed(ByteView piece) = 0;
  /// After the last piece.
  virtual Response finish() = 0;
};

[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);
[[nodiscard]] std::string lower_case(std::string_view text);
/// Without spaces and tabs at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace sohoa::http
