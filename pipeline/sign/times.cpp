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

std::optional<WallTime> iso_time(std::string_view text) {
  constexpr std::string_view form = "dddd-dd-ddTdd:dd:dd";
  if (text.size() <= form.size()) return std::nullopt;
  std::string digits;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] == 'd') {
      digits += text[i];
    } else if (form[i] != text[i]) {
      return std::nullopt;
    }
  }
  auto time = seconds_of(digits);
  auto rest = text.substr(form.size());
  if (!time) return std::nullopt;
  if (rest.front() == '.') {
    const auto end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    *time += fraction(rest.substr(1, end - 1));
    rest.remove_prefix(end);
  }
  if (rest == "Z") return time;
  if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':') return std::nullopt;
  if (!all_digits(rest.substr(1, 2)) || !all_digits(rest.substr(4))) return std::nullopt;
  const auto offset = std::chrono::hours(number(rest.substr(1, 2))) + std::chrono::minutes(number(rest.substr(4)));
  return rest[0] == '+' ? *time - offset : *time + offset;
}

std::time_t unix_time(WallTime time) {
  return std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(time));
}

}  // namespace sohoa::sign
