#include "archive/canonical_json.hpp"

#include "pipeline/base/date.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa {
namespace {

const Json nothing;
const Json empty_array = Json::array();

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
