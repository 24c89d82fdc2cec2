// Decision 766/QD-TTg, group "số hóa hồ sơ": formulas and points from a transcription (domain.md, section 4)
// [practice].
#include "pipeline/model/indicator.hpp"

#include <cstdio>

#include "pipeline/model/named_values.hpp"

namespace sohoa {
namespace {

constexpr NamedValues<Metric, metric_count> metrics{
    {{{Metric::received, "received"},
      {Metric::returns_document, "returns_document"},
      {Metric::with_result, "with_result"},
      {Metric::fully_digitized, "fully_digitized"},
      {Metric::with_reuse, "with_reuse"},
      {Metric::synced, "synced"},
      {Metric::population_data, "population_data"},
      {Metric::settled, "settled"},
      {Metric::settled_without_result, "settled_without_result"},
      {Metric::components_not_digitized, "components_not_digitized"},
      {Metric::components_digitized, "components_digitized"},
      {Metric::components_reused, "components_reused"},
      {Metric::components_reused_from_portal, "components_reused_from_portal"}}}};

enum class Scale { plain, full_at_80_percent };

struct Formula {
  std::string_view code;
  std::uint32_t points;
  Scale scale;
  Fraction fraction;
};

constexpr Formula formulas[] = {
    {"ORIGINAL_RESULT_AVAILABLE", 6, Scale::plain, {Metric::with_result, Metric::returns_document}},
    {"SO_HOA_GIAY_TO_GIAI_QUYET", 4, Scale::full_at_80_percent, {Metric::fully_digitized, Metric::received}},
    {"REUSED_DIGITIZED_DATA", 2, Scale::full_at_80_percent, {Metric::with_reuse, Metric::received}},
    {"SYNCED_WITH_DVCQG_PERSONAL_STORAGE", 4, Scale::plain, {Metric::synced, Metric::received}},
    {"CITIZEN_DATA_CONNECTED_DOSSIER", 2, Scale::plain, {Metric::population_data, Metric::received}},
};

/// a / b in units of 1 / scale, rounded half up.
std::uint32_t rounded(std::uint64_t a, std::uint64_t b, std::uint64_t scale) {
  return static_cast<std::uint32_t>((2 * a * scale + b) / (2 * b));
}

Indicator indicator(std::string_view code, std::uint32_t points, Scale scale, std::uint64_t numerator,
                    std::uint64_t denominator) {
  Indicator result{code, points, numerator, denominator, {}, {}};
  if (denominator == 0) return result;
  result.percent_hundredths = rounded(numerator, denominator, 100 * 100);
  const bool full = scale == Scale::full_at_80_percent && 10 * numerator >= 8 * denominator;
  const auto whole = scale == Scale::full_at_80_percent ? 8 * denominator : 10 * denominator;
  result.score_hundredths = full ? points * 100 : rounded(10 * numerator, whole, std::uint64_t{points} * 100);
  return result;
}

}  // namespace

Month month_of(Date date) {
  return date.year() / date.month();
}

std::optional<Month> month_of(std::string_view iso) {
  if (iso.size() != 7) return std::nullopt;
  const auto date = date_of(std::string(iso) + "-01");
  if (!date) return std::nullopt;
  return month_of(*date);
}

std::string iso_month(Month month) {
  return iso_date(month / std::chrono::day(1)).substr(0, 7);
}

std::string_view name_of(Metric metric) {
  return metrics.name(metric);
}
std::optional<Metric> metric_of(std::string_view name) {
  return metrics.value(name);
}

Tally& Tally::operator+=(const Tally& other) {
  for (std::size_t i = 0; i < metric_count; ++i) counts[i] += other.counts[i];
  return *this;
}
Tally& Tally::operator-=(const Tally& other) {
  for (std::size_t i = 0; i < metric_count; ++i) counts[i] -= other.counts[i];
  return *this;
}

Work& Work::operator+=(const Work& other) {
  papers += other.papers;
  pages += other.pages;
  errors += other.errors;
  hours += other.hours;
  return *this;
}

std::vector<Indicator> indicators(const Tally& tally, const std::optional<Formalities>& formalities) {
  std::vector<Indicator> all;
  for (const auto& [code, points, scale, fraction] : formulas) {
    all.push_back(indicator(code, points, scale, tally[fraction.numerator], tally[fraction.denominator]));
  }
  if (formalities) {
    all.push_back(indicator("CITIZEN_DATA_CONNECTED_FORMALITY", 2, Scale::plain, formalities->with_population_data,
                            formalities->with_dossiers));
  }
  // What counts as one is not settled [open]: shown, so that nobody takes its points for lost.
  all.push_back(indicator("ELECTRONIC_CERTIFIED_COPY", 2, Scale::plain, 0, 0));
  return all;
}

std::optional<Fraction> fraction_of(std::string_view code) {
  for (const auto& formula : formulas) {
    if (formula.code == code) return formula.fraction;
  }
  return std::nullopt;
}

std::string two_decimals(const std::optional<std::uint32_t>& hundredths) {
  if (!hundredths) return "N/A";
  char text[32];
  std::snprintf(text, sizeof text, "%u.%02u", *hundredths / 100, *hundredths % 100);
  return text;
}

}  // namespace sohoa
