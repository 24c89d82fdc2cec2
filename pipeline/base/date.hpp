#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/base/clock.hpp"

namespace sohoa {

/// A day of the Gregorian calendar, as it is written on a paper or in a rule; no time, no zone.
using Date = std::chrono::year_month_day;

/// "2025-07-01" (ISO 8601, ten characters). Nothing where it is not such a day of the years 1000 to 9999.
[[nodiscard]] std::optional<Date> date_of(std::string_view iso);
[[nodiscard]] std::string iso_date(Date date);

/// The day it is in Vietnam at `time`.
[[nodiscard]] Date date_of(WallTime time);
/// The first moment of the day in Vietnam.
[[nodiscard]] WallTime start_of(Date date);

/// "2026-11-22T22:15:03.120+07:00", exactly as iso8601() writes it. Nothing where it is anything else.
[[nodiscard]] std::optional<WallTime> time_of(const std::string& iso);

/// The same day of the month, `months` later; the month's last day where it has no such day.
[[nodiscard]] Date plus_months(Date date, int months);

}  // namespace sohoa
