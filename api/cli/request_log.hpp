#pragma once

#include <string>

#include "api/http/options.hpp"
#include "pipeline/base/clock.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/base/unique_fd.hpp"

namespace sohoa::api::cli {

/// One answered request as a JSON object on a line of its own; what is not UTF-8 in it is replaced, what is empty left
/// out.
[[nodiscard]] std::string request_line(const http::HttpLogRecord& record, WallTime time);

/// Where the server writes a line for each request it answered.
class RequestLog {
 public:
  /// `place`: "stderr", "none", or a file, which is made or added to. Errors: as system_error.
  static Result<RequestLog> open(const std::string& place);

  [[nodiscard]] bool is_open() const { return static_cast<bool>(out_); }

  /// Any thread: each line is one write to a file opened for appending, so lines do not mix. A line that the disk does
  /// not take is lost; requests go on.
  void write(const http::HttpLogRecord& record) const noexcept;

 private:
  explicit RequestLog(UniqueFd out) : out_(std::move(out)) {}

  UniqueFd out_;
};

}  // namespace sohoa::api::cli
