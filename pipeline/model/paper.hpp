#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/base/date.hpp"
#include "pipeline/model/codes.hpp"
#include "pipeline/model/document.hpp"

namespace sohoa {

/// Where a paper was first handed in or issued: a component of a dossier, or its result number `result`.
struct PaperPlace {
  DossierCode dossier;
  ComponentCode component;   ///< "" for a result
  std::uint32_t result = 0;  ///< from 1; 0 for a component
  auto operator<=>(const PaperPlace&) const = default;
};

/// "<dossier>/<component>", "<dossier>/KQ1".
[[nodiscard]] std::string text_of(const PaperPlace& place);
/// Reads what text_of writes. Nothing where it is no such text.
[[nodiscard]] std::optional<PaperPlace> place_of(const std::string& text);

/// What is extracted from every paper: the minimum fields of Circular 01/2023, art. 9 [law].
struct PaperDetails {
  KindCode kind;
  OwnerId owner;
  std::string name;
  std::string number_symbol;
  std::string issuing_agency;
  std::string abstract;
  std::string scope;  ///< of validity
  std::optional<Date> issued;
  std::optional<Date> valid_until;  ///< as the paper states; none: its kind's or the rule set's default
  bool operator==(const PaperDetails&) const = default;
};

/// A document put to a component, or as a result.
struct FiledPaper {
  DocumentId document;
  PaperCode code;  ///< step 3; given by the registry
  PaperDetails details;
  std::uint32_t pages = 0;
  std::uint32_t findings = 0;         ///< warnings that the officer saw and let pass
  std::vector<std::string> warnings;  ///< their codes
  bool operator==(const FiledPaper&) const = default;
};

}  // namespace sohoa
