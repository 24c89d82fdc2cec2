#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "api/http/message.hpp"
#include "pipeline/base/date.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/model/indicator.hpp"

namespace sohoa::http {

/// Reads a request's query parameters. The first thing that is wrong is kept, so that a handler checks once, at the
/// end. One thread; does not own the request.
class Query {
 public:
  explicit Query(const Request& request) : request_(request) {}

  /// In NFC; "" where it is not there.
  std::string text(std::string_view name);
  std::string required_text(std::string_view name);
  std::optional<Date> date(std::string_view name);
  std::optional<Month> month(std::string_view name);
  std::size_t number(std::string_view name, std::size_t fallback, std::size_t least, std::size_t most);
  void wrong(std::string_view name, std::string_view reason);

  /// Errors: invalid_input: what was wrong; a parameter that nobody asked for, or one that stands twice.
  [[nodiscard]] Result<void> end();

 private:
  const Request& request_;
  std::set<std::string, std::less<>> known_;
  std::optional<std::string> problem_;
};

}  // namespace sohoa::http
