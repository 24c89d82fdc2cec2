#include "pipeline/issue/languages.hpp"

#include <array>
#include <utility>

namespace sohoa::issue {

std::vector<std::string> languages_of(std::string_view names) {
  std::vector<std::string> languages;
  while (!names.empty()) {
    const auto end = std::min(names.find('+'), names.size());
    if (end > 0) languages.emplace_back(names.substr(0, end));
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return languages;
}

std::string bcp47_of_first(std::string_view names) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> known = {{{"vie", "vi"},
                                                                                   {"eng", "en"},
                                                                                   {"fra", "fr"},
                                                                                   {"deu", "de"},
                                                                                   {"rus", "ru"},
                                                                                   {"chi_sim", "zh-Hans"},
                                                                                   {"jpn", "ja"},
                                                                                   {"kor", "ko"}}};
  const auto languages = languages_of(names);
  for (const auto& [name, tag] : known) {
    if (!languages.empty() && languages.front() == name) return std::string(tag);
  }
  return "vi";
}

std::string bcp47_of_single(std::string_view names) {
  return languages_of(names).size() == 1 ? bcp47_of_first(names) : "";
}

}  // namespace sohoa::issue
