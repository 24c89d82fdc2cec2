#include "pipeline/model/procedure.hpp"

#include "pipeline/model/named_values.hpp"

namespace sohoa {
namespace {

constexpr NamedValues<DigitizationDuty, 6> duties{{{{DigitizationDuty::prior_result, "prior_result"},
                                                    {DigitizationDuty::sector_law, "sector_law"},
                                                    {DigitizationDuty::province_required, "province_required"},
                                                    {DigitizationDuty::process_output, "process_output"},
                                                    {DigitizationDuty::result, "result"},
                                                    {DigitizationDuty::on_request, "on_request"}}}};

}  // namespace

std::string_view name_of(DigitizationDuty duty) {
  return duties.name(duty);
}
std::optional<DigitizationDuty> duty_of(std::string_view name) {
  return duties.value(name);
}

}  // namespace sohoa
