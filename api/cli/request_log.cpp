#include "api/cli/request_log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <exception>
#include <nlohmann/json.hpp>
#include <utility>

#include "pipeline/base/file.hpp"

namespace sohoa::api::cli {

std::string request_line(const http::HttpLogRecord& record, WallTime time) {
  nlohmann::ordered_json line{{"time", iso8601(time)},
                              {"remote", record.remote},
                              {"method", record.method},
                              {"path", record.path},
                              {"route", record.route},
                              {"status", record.status},
                              {"received", record.received},
                              {"sent", record.sent},
                              {"milliseconds", static_cast<std::uint64_t>(record.seconds * 1000 + 0.5)},
                              {"request_id", record.request_id},
                              {"trace_id", record.trace_id},
                              {"note", record.note}};
  for (const char* name : {"route", "trace_id", "note"}) {
    if (line.at(name) == "") line.erase(name);
  }
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

Result<RequestLog> RequestLog::open(const std::string& place) {
  if (place == "none") return RequestLog(UniqueFd());
  // Its own descriptor, so that closing the log leaves the standard error stream open.
  UniqueFd out(place == "stderr" ? ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0)
                                 : ::open(place.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640));
  if (!out) return system_error("request log " + place);
  return RequestLog(std::move(out));
}

void RequestLog::write(const http::HttpLogRecord& record) const noexcept {
  try {
    (void)write_all(out_.get(), as_bytes(request_line(record, now())));
  } catch (const std::exception&) {  // no memory for the line: the request was answered
  }
}

}  // namespace sohoa::api::cli
