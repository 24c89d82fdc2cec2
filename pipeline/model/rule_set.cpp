#include "pipeline/model/rule_set.hpp"

#include "pipeline/model/named_values.hpp"

namespace sohoa {
namespace {

constexpr NamedValues<PaperForm, 9> forms{{{{PaperForm::original, "original"},
                                            {PaperForm::certified_electronic_copy, "certified_electronic_copy"},
                                            {PaperForm::photocopy, "photocopy"},
                                            {PaperForm::certified_paper_copy, "certified_paper_copy"},
                                            {PaperForm::for_comparison, "for_comparison"},
                                            {PaperForm::confidential, "confidential"},
                                            {PaperForm::shared_data, "shared_data"},
                                            {PaperForm::filed_online, "filed_online"},
                                            {PaperForm::agency_appraisal, "agency_appraisal"}}}};

}  // namespace

std::string_view name_of(PaperForm form) {
  return forms.name(form);
}
std::optional<PaperForm> form_of(std::string_view name) {
  return forms.value(name);
}

bool is_in_force(const RuleSet& rules, Date date) {
  return rules.effective_from <= date && (!rules.effective_to || date <= *rules.effective_to);
}

}  // namespace sohoa
