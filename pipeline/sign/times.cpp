#include "pipeline/sign/times.hpp"

#include <algorithm>
#include <string>

namespace sohoa::sign {
namespace {

using std::chrono::milliseconds;

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

/// Tenths, hundredths ... of a second as milliseconds; finer ones are cut off.
milliseconds fraction(std::string_view digits) {
  std::string three(digits.substr(0, 3));
  three.resize(3, '0');
  return milliseconds(number(three));
}

/// "20250124142343".
std::optional<WallTime> seconds_of(std::string_view digits) {
  using namespace std::chrono;
  if (digits.size() != 14 || !all_digits(digits)) return std::nullopt;
  const auto part = [&](std::size_t at) { return number(digits.substr(at, 2)); };
  const year_month_day date(year(number(digits.substr(0, 4))), month(static_cast<unsigned>(part(4))),
                            day(static_cast<unsigned>(part(6))));
  if (!date.ok() || part(8) > 23 || part(10) > 59 || part(12) > 60) return std::nullopt;
  return WallTime(sys_days(date)) + hours(part(8)) + minutes(part(10)) + seconds(part(12));
}

}  // namespace

std::optional<WallTime> wall_time(const ASN1_TIME* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  return WallTime(std::chrono::seconds(::timegm(&parts)));
}

std::optional<WallTime> generalized_time(std::string_view text) {
  if (text.size() < 15 || text.back() != 'Z') return std::nullopt;
  const auto time = seconds_of(text.substr(0, 14));
  const auto rest = text.substr(14, text.size() - 15);
  if (rest.empty() || !time) return time;
  if (rest.size() < 2 || rest.front() != '.' || !all_digits(rest.substr(1))) return std::nullopt;
  return *time + fraction(rest.substr(1));
}

std::optional<WallTime> utc_time(std::string_view text) {
  if (text.size() != 13 || text.back() != 'Z' || !all_digits(text.substr(0, 2))) return std::nullopt;
  const auto* century = number(text.substr(0, 2)) < 50 ? "20" : "19";
  return seconds_of(century + std::string(text.substr(0, 12)));
}

std::time_t unix_time(WallTime time) {
  return std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(time));
}

}  // namespace sohoa::sign
