#include "pipeline/pdf/judge.hpp"

namespace sohoa::pdf {
namespace {

constexpr std::size_t most_findings = 100;
constexpr int most_of_one_rule = 3;

}  // namespace

Judge::Judge(const View& view) : view_(view) {
  for (const auto number : view.file().numbers()) {
    const Object& object = view.object(number, view.file().stated(number, view.revision()).generation());
    if (!object.is_null()) numbers_.emplace(&object, number);
  }
}

void Judge::breach(std::string_view clause, int rule, std::string what, std::string where) {
  if (findings_.size() >= most_findings) return;
  const auto key = std::string(clause) + '-' + std::to_string(rule) + ' ' + what;
  if (++times_[key] > most_of_one_rule) return;
  findings_.push_back({std::string(clause), static_cast<std::uint8_t>(rule), std::move(what), std::move(where)});
}

std::string Judge::place_of(const Object& object, std::string_view otherwise) const {
  const auto found = numbers_.find(&object);
  return found == numbers_.end() ? std::string(otherwise) : "object " + std::to_string(found->second);
}

bool Judge::first_time(const Object& object, Purpose purpose) {
  const auto address = reinterpret_cast<std::uintptr_t>(&object);  // objects lie 16 bytes apart at least
  return seen_.insert(address << 4 | static_cast<std::uint64_t>(purpose)).second;
}

}  // namespace sohoa::pdf
