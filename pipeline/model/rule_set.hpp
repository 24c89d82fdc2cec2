#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/date.hpp"
#include "pipeline/model/codes.hpp"
#include "pipeline/model/paper_kind.hpp"
#include "pipeline/model/quality.hpp"

namespace sohoa {

/// In what form a component was handed in; decides whether it is digitized at all.
enum class PaperForm : std::uint8_t {
  original,
  certified_electronic_copy,
  photocopy,
  certified_paper_copy,
  for_comparison,    ///< only presented
  confidential,      ///< state secret
  shared_data,       ///< shared with legal value by a national, sector or provincial system
  filed_online,      ///< came with a dossier that was filed online
  agency_appraisal,  ///< an agency's own appraisal paper
};
[[nodiscard]] std::string_view name_of(PaperForm form);
[[nodiscard]] std::optional<PaperForm> form_of(std::string_view name);

/// A paper in this form is not digitized.
struct Exemption {
  PaperForm form = PaperForm::photocopy;
  std::string vietnamese;  ///< what an officer is told
  std::string english;
  std::string law;
  bool operator==(const Exemption&) const = default;
};

/// A requirement and what comes of missing it: an error blocks, a warning asks the officer.
struct Requirement {
  bool required = false;
  Severity severity = Severity::error;
  bool operator==(const Requirement&) const = default;
};

/// The rules that hold for dossiers received within its dates. Data, never code: law changes. Which number is law and
/// which is practice stands in the file, beside it.
struct RuleSet {
  RuleSetId id;
  std::string title;
  std::string law;
  Date effective_from{};
  std::optional<Date> effective_to;  ///< the last day; none: until further notice

  int minimum_dpi = 200;  ///< pixels an inch
  Severity dpi_severity = Severity::error;
  Requirement colour;
  Requirement images_equal_pages;
  Requirement no_blank_pages;
  Requirement page_order;  ///< as far as printed page numbers show it

  std::vector<Exemption> exemptions;
  std::vector<std::string> dossier_codes;  ///< ECMAScript regular expressions; a code matches one of them as a whole
  ValidityPeriod default_validity;         ///< of a paper that states none and whose kind states none
  std::string paper_code;                  ///< template: {owner}, {kind}, {number}, {NN}
  std::string result_code;                 ///< template: {dossier}, {n}
  bool operator==(const RuleSet&) const = default;
};

/// Whether the rules hold for what happened on `date`.
[[nodiscard]] bool is_in_force(const RuleSet& rules, Date date);

}  // namespace sohoa
