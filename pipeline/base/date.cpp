#include "pipeline/base/date.hpp"

#include <algorithm>
#include <cstdio>

namespace sohoa {
namespace {

constexpr std::chrono::hours vietnam{7};

}  // namespace

std::optional<Date> date_of(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  int numbers[3] = {};
  constexpr std::size_t starts[] = {0, 5, 8};
  constexpr std::size_t sizes[] = {4, 2, 2};
  for (int i = 0; i < 3; ++i) {
    for (const char c : iso.substr(starts[i], sizes[i])) {
      if (c < '0' || c > '9') return std::nullopt;
      numbers[i] = numbers[i] * 10 + (c - '0');
    }
  }
  const Date date{std::chrono::year(numbers[0]), std::chrono::month(static_cast<unsigned>(numbers[1])),
                  std::chrono::day(static_cast<unsigned>(numbers[2]))};
  if (!date.ok() || numbers[0] < 1000) return std::nullopt;
  return date;
}

std::string iso_date(Date date) {
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()));
  return text;
}

Date date_of(WallTime time) {
  return std::chrono::floor<std::chrono::days>(time + vietnam);
}

WallTime start_of(Date date) {
  return WallTime(std::chrono::sys_days(date)) - vietnam;
}

std::optional<WallTime> time_of(const std::string& iso) {
  using namespace std::chrono;
  int y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0, ms = 0;
  if (std::sscanf(iso.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d.%3d+07:00", &y, &mo, &d, &h, &mi, &s, &ms) != 7) return {};
  const Date date(year(y), month(static_cast<unsigned>(mo)), day(static_cast<unsigned>(d)));
  if (!date.ok()) return {};
  const WallTime time = start_of(date) + hours(h) + minutes(mi) + seconds(s) + milliseconds(ms);
  // sscanf takes more than iso8601() gives: spaces, signs, minute 75.
  if (iso8601(time) != iso) return {};
  return time;
}

Date plus_months(Date date, int months) {
  const auto month = date.year() / date.month() + std::chrono::months(months);
  const auto last = (month / std::chrono::last).day();
  return month / std::min(date.day(), last);
}

}  // namespace sohoa
