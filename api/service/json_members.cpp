#include "api/service/json_members.hpp"

#include "pipeline/text/unicode.hpp"

namespace sohoa::api {

Result<Json> parsed(const std::string& text) {
  auto json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return Error{ErrorCode::invalid_input, "is not JSON"};
  return json;
}

std::string Members::text(const char* key) {
  if (!has(key)) wrong(key, "is missing");
  return optional_text(key);
}

std::string Members::optional_text(const char* key) {
  if (!has(key)) return {};
  const auto* value = json_.at(key).get_ptr<const std::string*>();
  if (!value || value->find('\0') != std::string::npos) wrong(key, "is not a text");
  return value ? text::nfc(*value) : std::string();
}

std::uint32_t Members::number(const char* key) {
  if (!has(key)) return 0;
  const auto& value = json_.at(key);
  if (value.is_number_unsigned() && value.get<std::uint64_t>() <= 100'000) return value.get<std::uint32_t>();
  wrong(key, "is not a whole number up to 100000");
  return 0;
}

bool Members::flag(const char* key) {
  if (!has(key)) return false;
  if (json_.at(key).is_boolean()) return json_.at(key).get<bool>();
  wrong(key, "is not true or false");
  return false;
}

std::optional<WallTime> Members::time(const char* key) {
  if (!has(key)) return std::nullopt;
  const auto value = optional_text(key);
  if (const auto time = time_of(value)) return time;
  if (const auto date = date_of(value)) return start_of(*date);
  wrong(key, "is neither a date nor a time like 2025-07-01T08:00:00.000+07:00");
  return std::nullopt;
}

std::optional<Date> Members::date(const char* key) {
  if (!has(key)) return std::nullopt;
  const auto date = date_of(optional_text(key));
  if (!date) wrong(key, "is not a date like 2025-07-01");
  return date;
}

std::optional<PaperPlace> Members::place(const char* key) {
  if (!has(key)) return std::nullopt;
  const auto place = place_of(optional_text(key));
  if (!place) wrong(key, "is not CODE/COMPONENT or CODE/KQ1");
  return place;
}

const Json& Members::object(const char* key) {
  if (has(key) && json_.at(key).is_object()) return json_.at(key);
  static const Json none = Json::object();
  wrong(key, "is not an object");
  return none;
}

const Json& Members::array(const char* key) {
  static const Json none = Json::array();
  if (!has(key)) return none;
  if (json_.at(key).is_array()) return json_.at(key);
  wrong(key, "is not a list");
  return none;
}

bool Members::has(const char* key) {
  known_.insert(key);
  return json_.is_object() && json_.contains(key) && !json_.at(key).is_null();
}

Result<void> Members::end(const std::string& place) {
  if (!json_.is_object()) wrong("it", "is not an object");
  for (const auto& [key, value] : json_.items()) {
    if (!problem_ && !known_.contains(key)) wrong(key, "is not known");
  }
  if (problem_) return Error{ErrorCode::invalid_input, (place.empty() ? place : place + ": ") + *problem_};
  return {};
}

void Members::wrong(const std::string& key, const char* reason) {
  if (!problem_) problem_ = key + " " + reason;
}

}  // namespace sohoa::api
