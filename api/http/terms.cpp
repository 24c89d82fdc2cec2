#include "api/http/terms.hpp"

#include "api/http/message.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::http {
namespace {

constexpr std::size_t max_dossier_bytes = 200;

}  // namespace

bool is_term(std::string_view name) {
  return name == "dossier" || name == "languages" || name == "priority" || name == "split";
}

Result<void> set_term(SubmissionTerms& terms, std::string_view name, std::string_view value) {
  const auto text = trimmed(value);
  if (name == "dossier") {
    auto dossier = text::folded_spaces(text::nfc(text));
    if (dossier.size() > max_dossier_bytes) return Error{ErrorCode::invalid_input, "dossier: longer than 200 bytes"};
    terms.dossier = std::move(dossier);
  } else if (name == "languages") {
    if (text.empty()) return {};
    if (!is_language_list(text)) return Error{ErrorCode::invalid_input, "languages: not of the form vie+eng"};
    terms.options.languages = text;
  } else if (name == "priority") {
    if (text == "interactive") {
      terms.priority = Priority::interactive;
    } else if (text == "bulk") {
      terms.priority = Priority::bulk;
    } else {
      return Error{ErrorCode::invalid_input, "priority: neither interactive nor bulk"};
    }
  } else if (name == "split") {
    const auto split = split_of(text);
    if (!split) return Error{ErrorCode::invalid_input, "split: neither none, sheets, blank nor a number of pages"};
    terms.split = *split;
  } else {
    return Error{ErrorCode::invalid_input, "no field of this name: " + std::string(name.substr(0, 64))};
  }
  return {};
}

}  // namespace sohoa::http
