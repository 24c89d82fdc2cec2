#include "pipeline/model/issuance.hpp"

#include "pipeline/model/named_values.hpp"

namespace sohoa {
namespace {

constexpr NamedValues<IssueKind, 4> kinds{{{{IssueKind::digitized_copy, "digitized_copy"},
                                            {IssueKind::electronic_copy, "electronic_copy"},
                                            {IssueKind::certified_copy, "certified_copy"},
                                            {IssueKind::result, "result"}}}};
constexpr NamedValues<CopyForm, 4> forms{{{{CopyForm::none, ""},
                                           {CopyForm::sao_y, "sao_y"},
                                           {CopyForm::sao_luc, "sao_luc"},
                                           {CopyForm::trich_sao, "trich_sao"}}}};

}  // namespace

std::string_view name_of(IssueKind kind) {
  return kinds.name(kind);
}
std::optional<IssueKind> issue_kind_of(std::string_view name) {
  return kinds.value(name);
}
std::string_view name_of(CopyForm form) {
  return forms.name(form);
}
std::optional<CopyForm> copy_form_of(std::string_view name) {
  return forms.value(name);
}
std::string_view name_of(MadeSignature::Role role) {
  return role == MadeSignature::Role::person ? "person" : "agency";
}

}  // namespace sohoa
