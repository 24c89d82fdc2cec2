// Three witnesses: the heading, the abbreviation in the symbol ("/QĐ-UBND"), and for an official letter its form (no
// heading, a symbol without a type, "V/v" below the number). Two that agree are sure; the heading alone is nearly so;
// two that disagree go to review, with the heading's word.

#include "ocr/fields/classify.hpp"

#include <algorithm>

namespace sohoa::fields {
namespace {

Classification classified(const PaperType& type, float confidence, std::vector<std::string> reasons) {
  return {std::string(type.code), std::string(type.abbreviation),
          std::string(type.name), confidence,
          std::move(reasons),     {}};
}

}  // namespace

Classification classify(const Head& head, const std::optional<Title>& title) {
  const auto symbol = head.number ? head.number->type : "";
  const auto by_symbol = types_abbreviated(symbol);
  if (title) {
    const auto heading = "heading: " + std::string(title->type->heading);
    const bool agrees = std::find(by_symbol.begin(), by_symbol.end(), title->type) != by_symbol.end();
    if (agrees) return classified(*title->type, 0.99F, {heading, "symbol: " + symbol});
    auto result = classified(*title->type, title->error_share == 0 ? 0.95F : 0.85F, {heading});
    if (!by_symbol.empty()) {
      result.reasons.push_back("symbol: " + symbol);
      result.confidence = 0.5F;
      result.review = "heading and symbol name different types";
    }
    return result;
  }
  if (!head.letter_subject.empty() && by_symbol.empty()) {
    return classified(official_letter(), head.number ? 0.97F : 0.9F, {"form: a subject below the number, no heading"});
  }
  if (!by_symbol.empty()) {
    auto result = classified(*by_symbol.front(), 0.6F, {"symbol: " + symbol});
    result.review = "no heading was found";
    return result;
  }
  return {"", "", "", 0, {}, "neither a heading nor a symbol names a kind of paper"};
}

}  // namespace sohoa::fields
