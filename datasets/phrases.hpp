#pragma once

#include <string_view>
#include <vector>

namespace sohoa::datasets::phrases {

// Sentences of the administrative style, written for this project, so that it generates without any corpus.

extern const std::vector<std::string_view> paragraphs;
extern const std::vector<std::string_view> bases;
extern const std::vector<std::string_view> subjects;
extern const std::vector<std::string_view> provinces;
extern const std::vector<std::string_view> communes;
extern const std::vector<std::string_view> departments;
extern const std::vector<std::string_view> families;
extern const std::vector<std::string_view> middles;
extern const std::vector<std::string_view> givens;

}  // namespace sohoa::datasets::phrases
