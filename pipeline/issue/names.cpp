#include "pipeline/issue/names.hpp"

namespace sohoa::issue {

std::string_view name_of(BlockRole role) {
  switch (role) {
    case BlockRole::body: return "body";
    case BlockRole::page_number: return "page_number";
    case BlockRole::stamp: return "stamp";
    case BlockRole::e_signature: return "e_signature";
  }
  return "body";
}

std::string_view name_of(TextSource source) {
  switch (source) {
    case TextSource::recognized: return "recognized";
    case TextSource::born_digital: return "born_digital";
    case TextSource::none: return "none";
  }
  return "none";
}

std::string_view name_of(ColourKind colour) {
  switch (colour) {
    case ColourKind::bilevel: return "bilevel";
    case ColourKind::grey: return "grey";
    case ColourKind::colour: return "colour";
  }
  return "colour";
}

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::note: return "note";
    case Severity::warning: return "warning";
    case Severity::error: return "error";
  }
  return "error";
}

int degrees(Turn turn) {
  return 90 * static_cast<int>(turn);
}

}  // namespace sohoa::issue
