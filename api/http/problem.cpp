#include "api/http/problem.hpp"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

namespace sohoa::http {
namespace {

struct Row {
  unsigned status;
  std::string_view code;
  std::string_view title;
  std::string_view title_en;
};

constexpr Row rows[] = {
    {400, "invalid_input", "Yêu cầu không hợp lệ", "Bad request"},
    {404, "not_found", "Không tìm thấy", "Not found"},
    {405, "method_not_allowed", "Phương thức không được hỗ trợ", "Method not allowed"},
    {408, "request_timeout", "Hết thời gian chờ yêu cầu", "Request timed out"},
    {409, "conflict", "Xung đột với trạng thái hiện tại", "Conflict"},
    {411, "length_required", "Thiếu độ dài nội dung", "Length required"},
    {412, "precondition_failed", "Điều kiện không thỏa mãn", "Precondition failed"},
    {413, "too_large", "Nội dung quá lớn", "Content too large"},
    {415, "unsupported", "Định dạng không được hỗ trợ", "Unsupported media type"},
    {416, "range_not_satisfiable", "Phạm vi yêu cầu không hợp lệ", "Range not satisfiable"},
    {417, "expectation_failed", "Không đáp ứng được kỳ vọng", "Expectation failed"},
    {422, "unprocessable", "Nội dung không đạt yêu cầu", "Unprocessable content"},
    {429, "too_many_uploads", "Quá nhiều lượt tải lên, vui lòng thử lại sau", "Too many uploads, try again later"},
    {431, "headers_too_large", "Tiêu đề yêu cầu quá lớn", "Request header fields too large"},
    {500, "internal", "Lỗi hệ thống", "Internal error"},
    {503, "unavailable", "Hệ thống đang bận, vui lòng thử lại sau", "Busy, try again later"},
    {507, "resource_exhausted", "Không đủ dung lượng", "Insufficient storage"},
};

struct Phrase {
  unsigned status;
  std::string_view text;
};
constexpr Phrase success_phrases[] = {{200, "OK"},         {201, "Created"},         {202, "Accepted"},
                                      {204, "No Content"}, {206, "Partial Content"}, {304, "Not Modified"}};

const Row& row_of(unsigned status) {
  const auto found =
      std::find_if(std::begin(rows), std::end(rows), [&](const Row& row) { return row.status == status; });
  return found == std::end(rows) ? row_of(500) : *found;
}

unsigned status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input: return 400;
    case ErrorCode::unsupported: return 415;
    case ErrorCode::not_found: return 404;
    case ErrorCode::already_exists: return 409;
    case ErrorCode::resource_exhausted:
      return 507;  // in the service it is the disk; a request's own limits are 413 and 431
    case ErrorCode::unavailable: return 503;
    case ErrorCode::cancelled: return 409;
    case ErrorCode::data_loss: return 500;
    case ErrorCode::internal: return 500;
  }
  return 500;
}

/// Seconds. Pages take about a second each, so a full queue has room again soon; longer waits only idle the workers.
constexpr std::string_view retry_after = "5";

}  // namespace

Problem problem_of(const Error& error) {
  return {status_of(error.code), name_of(error.code), error.message, {}};
}

Problem problem(unsigned status, std::string detail) {
  const auto& row = row_of(status);
  return {row.status, row.code, std::move(detail), {}};
}

Problem unprocessable(std::string detail, std::string members) {
  const auto& row = row_of(422);
  return {row.status, row.code, std::move(detail), std::move(members)};
}

std::string_view reason_phrase(unsigned status) {
  for (const auto& phrase : success_phrases)
    if (phrase.status == status) return phrase.text;
  return row_of(status).title_en;
}

Response to_response(const Problem& problem, std::string_view request_id) {
  const auto& row = row_of(problem.status);
  nlohmann::ordered_json document = {{"type", "urn:sohoa:problem:" + std::string(problem.code)},
                                     {"title", row.title},
                                     {"title_en", row.title_en},
                                     {"status", problem.status},
                                     {"detail", problem.detail},
                                     {"code", problem.code},
                                     {"request_id", request_id}};
  if (!problem.members.empty()) document.update(nlohmann::ordered_json::parse(problem.members));
  Response response;
  response.status = problem.status;
  response.headers.set("Content-Type", "application/problem+json");
  response.headers.set("Cache-Control", "no-store");
  if (problem.status == 429 || problem.status == 503) response.headers.set("Retry-After", retry_after);
  response.body = document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return response;
}

}  // namespace sohoa::http
