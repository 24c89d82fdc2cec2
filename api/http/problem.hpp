#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/http/message.hpp"
#include "pipeline/base/error.hpp"

namespace sohoa::http {

/// Why a request was not done, as an RFC 9457 problem document tells it.
struct Problem {
  unsigned status = 500;
  std::string_view
      code;  ///< "not_found": what programs look at; a row of the table in problem.cpp, or an ErrorCode's name
  std::string detail;   ///< English; names the thing
  std::string members;  ///< further members, as a JSON object; "": none
};

/// THE table from our errors to HTTP:
/// invalid_input 400, unsupported 415, not_found 404, already_exists 409, resource_exhausted 507, unavailable 503,
/// cancelled 409, data_loss 500, internal 500.
[[nodiscard]] Problem problem_of(const Error& error);

/// A problem of the transport's own: 404, 405, 408, 413 ... `status` MUST be in the table; others count as 500.
[[nodiscard]] Problem problem(unsigned status, std::string detail);

/// "Payload Too Large": the reason phrase of any status that we send.
[[nodiscard]] std::string_view reason_phrase(unsigned status);

/// 422: well-formed, but the content is not good; `members` say what is wrong with it.
[[nodiscard]] Problem unprocessable(std::string detail, std::string members);

/// {"type","title","title_en","status","detail","code","request_id"} and `members`; 429 and 503 carry Retry-After.
[[nodiscard]] Response to_response(const Problem& problem, std::string_view request_id);

}  // namespace sohoa::http
