#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::sign {

struct HttpLimits {
  std::chrono::milliseconds connect{3000};
  std::chrono::milliseconds whole{10'000};  ///< from the first byte asked to the last one answered
  std::size_t most_bytes = 20 << 20;        ///< CRLs of large authorities have some megabytes
  std::string proxy;                        ///< "": none, whatever the environment says
};

/// Asks over HTTP and HTTPS, one connection a question; three redirections at most, to these schemes only. Any thread.
/// Errors of all calls: unavailable (no answer in time, or not 200); invalid_input (no such URL); resource_exhausted
/// (an answer beyond the limit).
class HttpClient {
 public:
  explicit HttpClient(HttpLimits limits) : limits_(std::move(limits)) {}

  [[nodiscard]] Result<Bytes> get(const std::string& url) const;
  [[nodiscard]] Result<Bytes> post(const std::string& url, std::string_view content_type, ByteView body) const;

 private:
  struct Question;
  [[nodiscard]] Result<Bytes> ask(const Question& question) const;
  const HttpLimits limits_;
};

}  // namespace sohoa::sign
