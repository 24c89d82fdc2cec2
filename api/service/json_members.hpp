#pragma once

// Private to api/service: how requests are read out of JSON. One thread; values do not own the JSON.

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>

#include "pipeline/base/clock.hpp"
#include "pipeline/base/date.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/model/paper.hpp"

namespace sohoa::api {

using Json = nlohmann::json;

/// Errors: invalid_input where it is no JSON.
Result<Json> parsed(const std::string& text);

/// Members of one object; the first that is wrong is kept, so that a reader asks once, at its end.
class Members {
 public:
  explicit Members(const Json& json) : json_(json) {}

  std::string text(const char* key);           ///< NFC
  std::string optional_text(const char* key);  ///< "" where it is not there
  std::uint32_t number(const char* key);       ///< up to 100,000; 0 where it is not there
  bool flag(const char* key);
  std::optional<WallTime> time(const char* key);  ///< a day, or a time as iso8601() writes it
  std::optional<Date> date(const char* key);
  std::optional<PaperPlace> place(const char* key);
  template <typename Named>
  auto named(const char* key, Named&& value_of, typename decltype(value_of(""))::value_type fallback) {
    if (!has(key)) return fallback;
    const auto value = value_of(optional_text(key));
    if (!value) wrong(key, "is unknown");
    return value.value_or(fallback);
  }
  const Json& object(const char* key);  ///< an empty one where it is none
  const Json& array(const char* key);
  bool has(const char* key);

  /// What was wrong, members that nobody asked for included.
  Result<void> end(const std::string& place);
  void wrong(const std::string& key, const char* reason);

 private:
  const Json& json_;
  std::set<std::string> known_;
  std::optional<std::string> problem_;
};

}  // namespace sohoa::api
