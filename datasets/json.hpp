#pragma once

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa::datasets {

/// Writes JSON in the order of the calls; commas are its business, balance is the caller's.
class JsonWriter {
 public:
  JsonWriter& begin_object() { return opened('{'); }
  JsonWriter& end_object() { return closed('}'); }
  JsonWriter& begin_array() { return opened('['); }
  JsonWriter& end_array() { return closed(']'); }

  JsonWriter& key(std::string_view name) {
    separate();
    quote(name);
    text_ += ':';
    fresh_ = true;
    return *this;
  }
  JsonWriter& value(std::string_view text) {
    separate();
    quote(text);
    return *this;
  }
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  template <std::same_as<bool> Flag>
  JsonWriter& value(Flag flag) {
    separate();
    text_ += flag ? "true" : "false";
    return *this;
  }
  template <std::integral Number>
    requires(!std::same_as<Number, bool>)
  JsonWriter& value(Number number) {
    separate();
    text_ += std::to_string(number);
    return *this;
  }
  /// Rounded to a thousandth.
  JsonWriter& value(double number) {
    separate();
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, std::round(number * 1000) / 1000);
    text_.append(digits, end.ptr);
    return *this;
  }
  JsonWriter& values(const std::vector<std::string>& list) {
    begin_array();
    for (const auto& text : list) value(std::string_view(text));
    return end_array();
  }
  template <typename T>
  JsonWriter& member(std::string_view name, const T& content) {
    return key(name).value(content);
  }
  /// A line's end, for the reader's eye; only between members or elements.
  JsonWriter& new_line() {
    if (!fresh_) text_ += ',';
    text_ += '\n';
    fresh_ = true;
    return *this;
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  JsonWriter& opened(char bracket) {
    separate();
    text_ += bracket;
    fresh_ = true;
    return *this;
  }
  JsonWriter& closed(char bracket) {
    text_ += bracket;
    fresh_ = false;
    return *this;
  }
  void separate() {
    if (!fresh_) text_ += ',';
    fresh_ = false;
  }
  void quote(std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    text_ += '"';
    for (const char c : text) {
      if (c == '"' || c == '\\') {
        text_ += '\\';
        text_ += c;
      } else if (static_cast<unsigned char>(c) < 0x20) {
        text_ += "\\u00";
        text_ += hex[static_cast<unsigned char>(c) >> 4];
        text_ += hex[static_cast<unsigned char>(c) & 15];
      } else {
        text_ += c;
      }
    }
    text_ += '"';
  }

  std::string text_;
  bool fresh_ = true;  ///< nothing stands before the next element that would want a comma
};

}  // namespace sohoa::datasets
