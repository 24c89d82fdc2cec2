#include "archive/canonical_json.hpp"

#include <cstdio>

#include "pipeline/text/unicode.hpp"

namespace sohoa {
namespace {

const Json nothing;
const Json empty_array = Json::array();

std::optional<WallTime> time_of(const std::string& text) {
  using namespace std::chrono;
  int y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0, ms = 0;
  if (std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d.%3d+07:00", &y, &mo, &d, &h, &mi, &s, &ms) != 7) return {};
  const year_month_day date(year(y), month(static_cast<unsigned>(mo)), day(static_cast<unsigned>(d)));
  if (!date.ok()) return {};
  const WallTime time = sys_days(date) + hours(h - 7) + minutes(mi) + seconds(s) + milliseconds(ms);
  // sscanf takes more than iso8601() gives: spaces, signs, minute 75.
  if (iso8601(time) != text) return {};
  return time;
}

}  // namespace

std::string to_text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json text_value(std::string_view text) {
  return text::nfc(text);
}

void JsonReader::fail(const char* key, std::string_view reason) {
  if (!problem_) problem_ = Error{ErrorCode::data_loss, std::string(key) + " " + std::string(reason)};
}

const Json& JsonReader::member(const char* key) {
  if (!has(key)) {
    fail(key, "is missing");
    return nothing;
  }
  return *json_.find(key);
}

std::string JsonReader::text(const char* key) {
  const auto& value = member(key);
  if (const auto* text = value.get_ptr<const std::string*>()) return *text;
  fail(key, "is not text");
  return {};
}

bool JsonReader::flag(const char* key) {
  const auto& value = member(key);
  if (const auto* flag = value.get_ptr<const bool*>()) return *flag;
  fail(key, "is not true or false");
  return false;
}

std::uint64_t JsonReader::number(const char* key, std::uint64_t largest) {
  const auto& value = member(key);
  const auto* number = value.get_ptr<const Json::number_unsigned_t*>();
  if (number && *number <= largest) return *number;
  fail(key, "is not a whole number in its range");
  return 0;
}

std::uint32_t JsonReader::number32(const char* key) {
  return static_cast<std::uint32_t>(number(key, std::numeric_limits<std::uint32_t>::max()));
}

Digest JsonReader::digest(const char* key) {
  if (auto digest = Digest::from_hex(text(key))) return *digest;
  fail(key, "is not a digest");
  return {};
}

WallTime JsonReader::time(const char* key) {
  if (const auto time = time_of(text(key))) return *time;
  fail(key, "is not a time");
  return {};
}

JsonReader JsonReader::object(const char* key) {
  const auto& value = member(key);
  if (!value.is_object()) fail(key, "is not an object");
  return {value, problem_};
}

const Json& JsonReader::array(const char* key) {
  const auto& value = member(key);
  if (value.is_array()) return value;
  fail(key, "is not an array");
  return empty_array;
}

}  // namespace sohoa
