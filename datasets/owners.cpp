// Personal identifier: place, 2 x (century - 20) + sex, year, six digits (Circular 59/2021/TT-BCA, art. 4). Tax code:
// nine digits and a check digit, weights 31 29 23 19 17 13 7 5 3. Zones: weights 7 3 1.

#include "datasets/owners.hpp"

#include <array>

#include "datasets/corpus.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::datasets {
namespace {

std::string digits(int value, std::size_t count) {
  auto text = std::to_string(value);
  return std::string(count - std::min(count, text.size()), '0') + text;
}

std::string made_tax_code(Random& random) {
  static constexpr std::array weights{31, 29, 23, 19, 17, 13, 7, 5, 3};
  for (;;) {
    const auto stem = digits(random.between(1, 58), 2) + digits(random.between(0, 9'999'999), 7);
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * (stem[i] - '0');
    if (const int check = 10 - sum % 11; check < 10) return stem + std::to_string(check);
  }
}

char check_digit(const std::string& text) {
  static constexpr std::array weights{7, 3, 1};
  int sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    sum += (c == '<' ? 0 : c <= '9' ? c - '0' : c - 'A' + 10) * weights[i % 3];
  }
  return static_cast<char>('0' + sum % 10);
}

std::string with_check(const std::string& text) {
  return text + check_digit(text);
}

std::string filled(std::string text, std::size_t length) {
  text.resize(length, '<');
  return text;
}

/// "Nguyễn Văn An" -> "NGUYEN<<VAN<AN"
std::string zone_name(const std::string& name) {
  std::string result;
  for (const char c : text::without_marks(capitals(name)))
    result += c == ' ' ? (result.find('<') == std::string::npos ? "<<" : "<") : std::string(1, c);
  return result;
}

std::string birth_of(const Owner& owner) {
  return digits(owner.year % 100, 2) + digits(owner.month, 2) + digits(owner.day, 2);
}
std::string expiry_of(const Owner& owner) {
  return digits((owner.year + 60) % 100, 2) + digits(owner.month, 2) + digits(owner.day, 2);
}

}  // namespace

Owner make_owner(std::string name, Random& random) {
  Owner owner;
  owner.name = std::move(name);
  owner.male = random.chance(0.5);
  owner.year = random.between(1950, 2006);
  owner.month = random.between(1, 12);
  owner.day = random.between(1, 28);
  const int century_and_sex = 2 * (owner.year / 100 - 19) + (owner.male ? 0 : 1);
  owner.personal_identifier = digits(random.pick({1, 4, 22, 31, 38, 46, 49, 51, 68, 79, 92, 96}), 3) +
                              std::to_string(century_and_sex) + digits(owner.year % 100, 2) +
                              digits(random.between(0, 999'999), 6);
  owner.old_number = digits(random.between(10'000'000, 389'999'999), 9);
  owner.passport =
      random.pick({std::string("B"), std::string("C"), std::string("P")}) + digits(random.between(0, 9'999'999), 7);
  owner.tax_code = made_tax_code(random);
  return owner;
}

std::string card_code(const Owner& owner, const std::string& address) {
  const auto date = [](int day, int month, int year) {
    return digits(day, 2) + digits(month, 2) + std::to_string(year);
  };
  return owner.personal_identifier + "|" + owner.old_number + "|" + owner.name + "|" +
         date(owner.day, owner.month, owner.year) + "|" + (owner.male ? "Nam" : "Nữ") + "|" + address + "|" +
         date(10, 5, 2021);
}

std::vector<std::string> card_zone(const Owner& owner) {
  const auto number = with_check(owner.personal_identifier.substr(3));
  const auto optional = filled(owner.personal_identifier, 15);
  const auto dates = with_check(birth_of(owner)) + (owner.male ? "M" : "F") + with_check(expiry_of(owner));
  const auto rest = filled("", 11);
  const auto composite = number + optional + with_check(birth_of(owner)) + with_check(expiry_of(owner)) + rest;
  return {"IDVNM" + number + optional, dates + "VNM" + rest + check_digit(composite),
          filled(zone_name(owner.name), 30)};
}

std::vector<std::string> passport_zone(const Owner& owner) {
  const auto number = with_check(filled(owner.passport, 9));
  const auto birth = with_check(birth_of(owner)), expiry = with_check(expiry_of(owner));
  const auto personal = with_check(filled(owner.personal_identifier, 14));
  return {filled("P<VNM" + zone_name(owner.name), 44), number + "VNM" + birth + (owner.male ? "M" : "F") + expiry +
                                                           personal + check_digit(number + birth + expiry + personal)};
}

}  // namespace sohoa::datasets
