#include "pipeline/rules/codes.hpp"

#include <algorithm>
#include <map>
#include <regex>

namespace sohoa::rules {
namespace {

constexpr std::size_t longest_code = 64;

const std::regex& compiled(const std::string& pattern) {
  thread_local std::map<std::string, std::regex> known;  // compiling takes a hundred times as long as matching
  const auto at = known.find(pattern);
  return at != known.end() ? at->second : known.emplace(pattern, std::regex(pattern)).first->second;
}

void fill(std::string& text, std::string_view part, const std::string& with) {
  const auto at = text.find(part);
  if (at != std::string::npos) text.replace(at, part.size(), with);
}

std::string without_blanks(std::string text) {
  std::replace(text.begin(), text.end(), ' ', '-');
  return text;
}

bool are_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Weights 31 to 3; check digit 10 - (sum mod 11), where 10 means that there is no such code.
bool is_tax_code(std::string_view id) {
  constexpr int weights[] = {31, 29, 23, 19, 17, 13, 7, 5, 3};
  if (id.size() != 10 && !(id.size() == 14 && id[10] == '-' && are_digits(id.substr(11)))) return false;
  if (!are_digits(id.substr(0, 10))) return false;
  int sum = 0;
  for (std::size_t i = 0; i < std::size(weights); ++i) sum += weights[i] * (id[i] - '0');
  return 10 - sum % 11 == id[9] - '0';
}

}  // namespace

bool is_dossier_code(const RuleSet& rules, const DossierCode& code) {
  if (code.value.size() > longest_code) return false;  // a regular expression's time may grow with the text
  return std::any_of(rules.dossier_codes.begin(), rules.dossier_codes.end(),
                     [&](const auto& pattern) { return std::regex_match(code.value, compiled(pattern)); });
}

PaperCode paper_code(const RuleSet& rules, const PaperDetails& paper) {
  auto code = rules.paper_code;
  fill(code, "{owner}", without_blanks(paper.owner.value));
  fill(code, "{kind}", without_blanks(paper.kind.value));
  fill(code, "{number}", without_blanks(paper.number_symbol));
  return {std::move(code)};
}

PaperCode result_code(const RuleSet& rules, const DossierCode& dossier) {
  auto code = rules.result_code;
  fill(code, "{dossier}", dossier.value);
  return {std::move(code)};
}

bool is_owner_id(OwnerKind kind, const OwnerId& id) {
  if (kind == OwnerKind::organisation) return is_tax_code(id.value);
  return are_digits(id.value) && (id.value.size() == 12 || id.value.size() == 9);
}

}  // namespace sohoa::rules
