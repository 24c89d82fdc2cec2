#include "pipeline/issue/written_dictionary.hpp"

#include <algorithm>
#include <charconv>

namespace sohoa::issue::pdf {
namespace {

Error damaged(const std::string& what) {
  return {ErrorCode::data_loss, "PDF: " + what};
}

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}
bool is_delimiter(char c) {
  return std::string_view("()<>[]{}/%").find(c) != std::string_view::npos;
}

}  // namespace

void skip_space(std::string_view text, std::size_t& at) {
  while (at < text.size() && is_space(text[at])) ++at;
}

namespace {

/// Past a string that starts at `at`; npos where it does not end.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  int depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '(') {
      ++depth;
    } else if (text[at] == ')' && --depth == 0) {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

/// Past the token that starts at `at`.
std::size_t end_of_token(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '(') return end_of_string(text, at);
  if (text.substr(at, 2) == "<<" || text.substr(at, 2) == ">>") return at + 2;
  if (c == '<') {
    const auto end = text.find('>', at);
    return end == std::string_view::npos ? end : end + 1;
  }
  if (c == '[' || c == ']') return at + 1;
  ++at;  // a name's slash, or a first character
  while (at < text.size() && !is_space(text[at]) && !is_delimiter(text[at])) ++at;
  return at;
}

}  // namespace

std::size_t end_of_value(std::string_view text, std::size_t at) {
  int depth = 0;
  while (at < text.size()) {
    const auto token = text.substr(at, 2);
    const bool opens = text[at] == '[' || token == "<<", closes = text[at] == ']' || token == ">>";
    depth += opens ? 1 : closes ? -1 : 0;
    if (depth < 0) return std::string_view::npos;
    at = end_of_token(text, at);
    if (at == std::string_view::npos) return at;
    if (depth == 0) break;
    skip_space(text, at);
  }
  if (depth != 0) return std::string_view::npos;
  auto after = at;
  skip_space(text, after);
  if (text.substr(after, 3) == "0 R") return after + 3;
  return at;
}

std::optional<std::uint64_t> number_at(std::string_view text, std::size_t& at) {
  skip_space(text, at);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), value);
  if (error != std::errc()) return std::nullopt;
  at = static_cast<std::size_t>(end - text.data());
  return value;
}

std::string_view elements_of(std::string_view array) {
  if (array.size() < 2 || array.front() != '[' || array.back() != ']') return array;
  array = array.substr(1, array.size() - 2);
  std::size_t at = 0;
  skip_space(array, at);
  return array.substr(at);
}

std::vector<Ref> refs_of(std::string_view array) {
  std::vector<Ref> refs;
  auto rest = elements_of(array);
  while (const auto ref = ref_of(rest)) {
    refs.push_back(*ref);
    rest = rest.substr(rest.find('R') + 1);
  }
  return refs;
}

std::vector<double> numbers_of(std::string_view array) {
  std::vector<double> numbers;
  const auto text = elements_of(array);
  for (std::size_t at = 0;;) {
    skip_space(text, at);
    if (at >= text.size()) return numbers;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), value);
    if (error != std::errc()) return {};
    numbers.push_back(value);
    at = static_cast<std::size_t>(end - text.data());
  }
}

Result<WrittenDictionary> WrittenDictionary::parse(std::string_view text) {
  WrittenDictionary made;
  std::size_t at = 0;
  skip_space(text, at);
  if (text.substr(at, 2) != "<<") return damaged("no dictionary");
  at += 2;
  for (;;) {
    skip_space(text, at);
    if (text.substr(at, 2) == ">>") return made;
    if (at >= text.size() || text[at] != '/') return damaged("a dictionary without key or end");
    const auto key_end = end_of_token(text, at);
    const auto key = text.substr(at + 1, key_end - at - 1);
    at = key_end;
    skip_space(text, at);
    if (at >= text.size()) return damaged("a key without value");
    const auto end = end_of_value(text, at);
    if (end == std::string_view::npos) return damaged("a value without end");
    made.entries_.emplace_back(key, text.substr(at, end - at));
    at = end;
  }
}

std::optional<std::string_view> WrittenDictionary::find(std::string_view key) const {
  const auto found =
      std::find_if(entries_.begin(), entries_.end(), [&](const auto& entry) { return entry.first == key; });
  if (found == entries_.end()) return std::nullopt;
  return found->second;
}

void WrittenDictionary::set(std::string_view key, std::string value) {
  const auto found =
      std::find_if(entries_.begin(), entries_.end(), [&](const auto& entry) { return entry.first == key; });
  if (found != entries_.end()) {
    found->second = std::move(value);
  } else {
    entries_.emplace_back(key, std::move(value));
  }
}

std::string WrittenDictionary::text() const {
  std::string text = "<<";
  for (const auto& [key, value] : entries_) text += '/' + key + ' ' + value;
  return text + ">>";
}

std::optional<Ref> ref_of(std::string_view value) {
  std::size_t at = 0;
  const auto number = number_at(value, at);
  if (!number || *number == 0 || *number > UINT32_MAX) return std::nullopt;
  skip_space(value, at);
  if (value.substr(at, 3) != "0 R") return std::nullopt;
  return Ref{static_cast<std::uint32_t>(*number)};
}

}  // namespace sohoa::issue::pdf
