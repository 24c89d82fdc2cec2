#include "api/service/duplicate_json.hpp"

#include <cmath>

namespace sohoa::api {

nlohmann::json differences_of(const Comparison& comparison) {
  auto pages = nlohmann::json::array();
  for (const auto& [page, other, alike] : comparison.pages) {
    pages.push_back({{"page", page > 0 ? nlohmann::json(page) : nlohmann::json()},
                     {"other_page", other > 0 ? nlohmann::json(other) : nlohmann::json()},
                     {"looks_alike", alike ? nlohmann::json(*alike) : nlohmann::json()}});
  }
  auto changes = nlohmann::json::array();
  for (const auto& one : comparison.changes) {
    changes.push_back({{"page", one.page > 0 ? nlohmann::json(one.page) : nlohmann::json()},
                       {"other_page", one.other_page > 0 ? nlohmann::json(one.other_page) : nlohmann::json()},
                       {"text", one.text},
                       {"other_text", one.other_text}});
  }
  return {
      {"page_matches", std::move(pages)}, {"changes", std::move(changes)}, {"other_content", comparison.other_content}};
}

nlohmann::json to_json(const Duplicate& duplicate) {
  const auto& similar = duplicate.similar;
  return {{"document", similar.document.value},
          {"title", duplicate.title},
          {"kind", name_of(similar.likeness)},
          {"text", std::round(similar.text * 1000) / 1000},
          {"pages_alike", similar.pages_alike},
          {"pages", similar.pages},
          {"words", duplicate.comparison.words},
          {"other_words", duplicate.comparison.other_words},
          {"differing_words", duplicate.comparison.differing}};
}

}  // namespace sohoa::api
