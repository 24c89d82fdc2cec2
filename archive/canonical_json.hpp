#pragma once

// Private to archive/: the JSON form of everything it stores. Canonical: keys sorted by their bytes, no white space,
// text in UTF-8 NFC, whole numbers only, escapes only where JSON asks for them. The same value always gives the same
// bytes.

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "pipeline/base/clock.hpp"
#include "pipeline/base/digest.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa {

using Json = nlohmann::json;  // its objects are std::map: keys come out sorted

[[nodiscard]] std::string to_text(const Json& json);
/// Text made fit for canonical JSON: NFC, well-formed.
[[nodiscard]] Json text_value(std::string_view text);

/// Reads members of one object. The first thing that is wrong is kept, and everything after it reads as empty, so that
/// a reader checks once, at its end. One thread; does not own the JSON.
class JsonReader {
 public:
  JsonReader(const Json& json, std::optional<Error>& problem) : json_(json), problem_(problem) {}

  [[nodiscard]] bool has(const char* key) const { return json_.is_object() && json_.contains(key); }
  std::string text(const char* key);
  bool flag(const char* key);
  std::uint64_t number(const char* key, std::uint64_t largest = std::numeric_limits<std::int64_t>::max());
  std::uint32_t number32(const char* key);
  Digest digest(const char* key);
  WallTime time(const char* key);
  JsonReader object(const char* key);
  /// The member, an array; an empty one where it is not.
  const Json& array(const char* key);
  /// A reader of an element of such an array.
  [[nodiscard]] JsonReader of(const Json& element) const { return {element, problem_}; }
  void fail(const char* key, std::string_view reason);

 private:
  const Json& member(const char* key);

  const Json& json_;
  std::optional<Error>& problem_;
};

/// Parses `text` and lets `read(JsonReader)` make a value of it. Errors: data_loss where it is not as we write it.
template <typename Read>
auto from_text(std::string_view text, Read&& read) -> Result<decltype(read(std::declval<JsonReader>()))> {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return Error{ErrorCode::data_loss, "is not a JSON object"};
  std::optional<Error> problem;
  auto value = read(JsonReader(json, problem));
  if (problem) return *problem;
  return value;
}

/// A number by its name. Errors: none where no value of 0..last is called so.
template <typename E, typename Name>
std::optional<E> by_name(std::string_view name, E last, Name&& name_of_value) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    if (name_of_value(static_cast<E>(i)) == name) return static_cast<E>(i);
  }
  return std::nullopt;
}

}  // namespace sohoa
