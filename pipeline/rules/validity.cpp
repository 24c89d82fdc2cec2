#include "pipeline/rules/validity.hpp"

namespace sohoa::rules {
namespace {

std::string vietnamese_date(Date date) {
  const auto iso = iso_date(date);
  return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

std::optional<Date> last_day(const PaperDetails& paper, Date filed, const PaperKind* kind, const RuleSet& rules) {
  if (paper.valid_until) return paper.valid_until;
  const auto period = kind != nullptr && kind->validity ? *kind->validity : rules.default_validity;
  if (period.months == 0) return std::nullopt;
  return plus_months(paper.issued.value_or(filed), period.months);
}

}  // namespace

Validity validity_of(const PaperDetails& paper, Date filed, const PaperKind* kind, const RuleSet& rules, Date on) {
  const auto until = last_day(paper, filed, kind, rules);
  if (paper.issued && on < *paper.issued) {
    return {false, until, "Giấy tờ được cấp sau ngày này (" + vietnamese_date(*paper.issued) + ").",
            "The paper was issued later, on " + iso_date(*paper.issued) + "."};
  }
  if (!until) return {true, until, "Có giá trị vĩnh viễn.", "Valid for ever."};
  if (on <= *until) {
    return {true, until, "Có giá trị đến hết ngày " + vietnamese_date(*until) + ".",
            "Valid until " + iso_date(*until) + "."};
  }
  return {false, until, "Đã hết giá trị từ sau ngày " + vietnamese_date(*until) + ".",
          "Expired after " + iso_date(*until) + "."};
}

}  // namespace sohoa::rules
