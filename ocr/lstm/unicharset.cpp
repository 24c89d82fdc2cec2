#include "ocr/lstm/unicharset.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <unordered_set>

namespace sohoa::ocr::lstm {
namespace {

constexpr std::int32_t max_characters = 1 << 16;
constexpr std::string_view no_script = "NULL";
constexpr std::array<std::string_view, 5> unspaced_scripts = {"Han", "Thai", "Hangul", "Hiragana", "Katakana"};

/// Glyphs that models write by a private code point, and the letters that they stand for.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> private_ligatures = {{
    {"\uE003", "ct"},
    {"\uE006", "ſh"},
    {"\uE007", "ſi"},
    {"\uE008", "ſl"},
    {"\uE009", "ſſ"},
}};

Error damaged(std::string_view what) {
  return {ErrorCode::invalid_input, "unicharset: " + std::string(what)};
}

std::string_view take_line(std::string_view& rest) {
  const auto end = std::min(rest.find('\n'), rest.size());
  const auto line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

std::string_view take_field(std::string_view& line) {
  constexpr std::string_view blanks = " \t\r";
  line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
  const auto field = line.substr(0, std::min(line.find_first_of(blanks), line.size()));
  line.remove_prefix(field.size());
  return field;
}

std::optional<std::uint32_t> number(std::string_view text, int base) {
  std::uint32_t value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (status != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string written_form(std::string_view name) {
  if (name == no_script) return " ";
  for (const auto& [glyph, letters] : private_ligatures) {
    if (name == glyph) return std::string(letters);
  }
  return std::string(name);
}

bool contains(const std::vector<std::string_view>& scripts, std::string_view wanted) {
  return std::find(scripts.begin(), scripts.end(), wanted) != scripts.end();
}

}  // namespace

Result<Unicharset> Unicharset::parse(ByteView component) {
  auto rest = as_text(component);
  auto first_line = take_line(rest);
  const auto count = number(take_field(first_line), 10);
  if (!count || *count == 0 || *count > max_characters) return damaged("no count of characters");

  Unicharset set;
  std::vector<std::string_view> scripts;
  std::unordered_set<std::string_view> names;
  for (std::uint32_t id = 0; id < *count; ++id) {
    if (rest.empty()) return damaged("characters are missing");
    auto line = take_line(rest);
    const auto name = take_field(line);
    const auto properties = number(take_field(line), 16);
    if (name.empty() || !properties) return damaged("character " + std::to_string(id) + " has no properties");
    if (!names.insert(name).second) return damaged("character " + std::to_string(id) + " comes twice");
    auto script = take_field(line);
    if (script.find(',') != std::string_view::npos) script = take_field(line);
    scripts.push_back(script.empty() ? no_script : script);
    set.characters_.push_back({.utf8 = written_form(name), .properties = *properties});
  }
  if (set.characters_[space_unichar].utf8 != " ") return damaged("character 0 is not the space");

  // As the oracle has it, a script that the set lacks reads as "no script".
  const bool lacks_one = !std::all_of(unspaced_scripts.begin(), unspaced_scripts.end(),
                                      [&](std::string_view script) { return contains(scripts, script); });
  for (std::size_t id = 0; id < scripts.size(); ++id) {
    const bool unspaced =
        std::find(unspaced_scripts.begin(), unspaced_scripts.end(), scripts[id]) != unspaced_scripts.end();
    set.characters_[id].space_delimited = !unspaced && !(lacks_one && scripts[id] == no_script);
  }
  set.language_space_delimited_ =
      !contains(scripts, "Han") && !contains(scripts, "Katakana") && !contains(scripts, "Thai");
  return set;
}

}  // namespace sohoa::ocr::lstm
