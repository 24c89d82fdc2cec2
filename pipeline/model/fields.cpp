#include "pipeline/model/fields.hpp"

#include <algorithm>
#include <array>

namespace sohoa {

std::string_view name_of(FieldName name) {
  static constexpr std::array<std::string_view, static_cast<std::size_t>(last_field_name) + 1> names{
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
  return names[static_cast<std::size_t>(name)];
}

bool is_list(FieldName name) {
  return name == FieldName::addressees || name == FieldName::recipients || name >= FieldName::personal_identifiers;
}

const Field* DocumentFields::find(FieldName name) const {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

}  // namespace sohoa
