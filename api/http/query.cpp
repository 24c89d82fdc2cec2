#include "api/http/query.hpp"

#include <charconv>

#include "pipeline/text/unicode.hpp"

namespace sohoa::http {

std::string Query::text(std::string_view name) {
  known_.emplace(name);
  return text::nfc(request_.query_value(name).value_or(""));
}

std::string Query::required_text(std::string_view name) {
  auto value = text(name);
  if (value.empty()) wrong(name, "is missing");
  return value;
}

std::optional<Date> Query::date(std::string_view name) {
  const auto value = text(name);
  if (value.empty()) return std::nullopt;
  const auto date = date_of(std::string_view(value));
  if (!date) wrong(name, "is not a date like 2025-07-01");
  return date;
}

std::optional<Month> Query::month(std::string_view name) {
  const auto value = text(name);
  if (value.empty()) return std::nullopt;
  const auto month = month_of(std::string_view(value));
  if (!month) wrong(name, "is not a month like 2025-07");
  return month;
}

std::size_t Query::number(std::string_view name, std::size_t fallback, std::size_t least, std::size_t most) {
  const auto value = text(name);
  if (value.empty()) return fallback;
  std::size_t number = 0;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
  if (read.ec == std::errc() && read.ptr == value.data() + value.size() && number >= least && number <= most) {
    return number;
  }
  wrong(name, "is not a number from " + std::to_string(least) + " to " + std::to_string(most));
  return fallback;
}

void Query::wrong(std::string_view name, std::string_view reason) {
  if (!problem_) problem_ = std::string(name) + " " + std::string(reason);
}

Result<void> Query::end() {
  std::set<std::string_view> seen;
  for (const auto& [name, value] : request_.query) {
    if (!known_.contains(name)) wrong(name.substr(0, 64), "is not known");
    if (!seen.insert(name).second) wrong(name.substr(0, 64), "stands there twice");
  }
  if (problem_) return Error{ErrorCode::invalid_input, *problem_};
  return {};
}

}  // namespace sohoa::http
