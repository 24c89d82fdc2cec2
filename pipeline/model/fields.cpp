#include "pipeline/model/fields.hpp"

#include <algorithm>
#include <array>

namespace sohoa {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(last_field_name) + 1> field_names{
    "issuing_agency",
    "parent_agency",
    "number_symbol",
    "place",
    "issue_date",
    "document_type",
    "abstract",
    "addressees",
    "signer_title",
    "signer_name",
    "recipients",
    "secrecy",
    "urgency",
    "validity",
    "personal_identifiers",
    "old_identity_numbers",
    "tax_codes",
    "travel_document_numbers",
    "owner_names"};

}  // namespace

std::string_view name_of(FieldName name) {
  return field_names[static_cast<std::size_t>(name)];
}

std::optional<FieldName> field_name_of(std::string_view name) {
  const auto found = std::find(field_names.begin(), field_names.end(), name);
  if (found == field_names.end()) return std::nullopt;
  return static_cast<FieldName>(found - field_names.begin());
}

bool is_list(FieldName name) {
  return name == FieldName::addressees || name == FieldName::recipients || name >= FieldName::personal_identifiers;
}

const Field* DocumentFields::find(FieldName name) const {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

void lock_fields(DocumentFields& found, const std::vector<Field>& locked) {
  auto& fields = found.fields;
  for (const auto& field : locked) {
    std::erase_if(fields, [&](const Field& other) {
      if (other.name != field.name || other.correction) return false;
      return !is_list(field.name) || other.value == field.value ||
             (field.correction && !other.value.empty() && other.value == field.correction->was);
    });
    fields.push_back(field);
  }
  std::stable_sort(fields.begin(), fields.end(), [](const Field& a, const Field& b) { return a.name < b.name; });
}

}  // namespace sohoa
