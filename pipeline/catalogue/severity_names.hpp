#pragma once

#include <optional>
#include <string_view>

#include "pipeline/model/named_values.hpp"
#include "pipeline/model/quality.hpp"

namespace sohoa::catalogue {

inline constexpr NamedValues<Severity, 3> severities{
    {{{Severity::note, "note"}, {Severity::warning, "warning"}, {Severity::error, "error"}}}};

[[nodiscard]] inline std::string_view name_of(Severity severity) {
  return severities.name(severity);
}

}  // namespace sohoa::catalogue
