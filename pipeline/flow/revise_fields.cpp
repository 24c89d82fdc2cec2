#include "pipeline/flow/revise_fields.hpp"

#include <algorithm>

namespace sohoa::flow {
namespace {

/// Whether that is what is to be set right. A further item of a list is none of those that are there, but for one of
/// the same value, which is then confirmed.
bool is_meant(const Field& field, const FieldCorrection& wanted) {
  if (field.name != wanted.name) return false;
  if (!is_list(wanted.name)) return true;
  return !field.value.empty() && field.value == (wanted.was.empty() ? wanted.value : wanted.was);
}

}  // namespace

std::vector<Field> correct_fields(const std::vector<Field>& before, Revision& revision) {
  std::vector<Field> locked;
  for (const auto& field : before) {
    if (field.correction) locked.push_back(field);
  }
  for (auto& wanted : revision.fields) {
    const auto meant = [&](const Field& field) { return is_meant(field, wanted); };
    const auto found = std::find_if(before.begin(), before.end(), meant);
    Field field = found != before.end() ? *found : Field{};
    wanted.was = field.value;
    const auto read = field.correction ? field.correction->was : field.value;
    field.name = wanted.name;
    field.value = wanted.value;
    field.confidence = 1;
    field.rule = "officer";
    field.review.clear();
    field.correction = Correction{revision.by.id, iso8601(revision.at), read};
    std::erase_if(locked, meant);
    locked.push_back(std::move(field));
  }
  return locked;
}

}  // namespace sohoa::flow
