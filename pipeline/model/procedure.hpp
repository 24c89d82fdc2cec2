#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/codes.hpp"

namespace sohoa {

/// Why a paper is digitized (Decree 107/2021, art. 21a) [law]; all but the last are mandatory.
enum class DigitizationDuty : std::uint8_t {
  prior_result,       ///< the result of an earlier procedure
  sector_law,         ///< a sector's law asks for it
  province_required,  ///< the province asks for it
  process_output,     ///< comes out of handling the dossier
  result,             ///< the procedure's own result
  on_request,
};
[[nodiscard]] std::string_view name_of(DigitizationDuty duty);
[[nodiscard]] std::optional<DigitizationDuty> duty_of(std::string_view name);

/// A paper that a procedure asks for ("thành phần hồ sơ").
struct ProcedureComponent {
  ComponentCode code;
  std::string name;
  KindCode kind;
  DigitizationDuty duty = DigitizationDuty::on_request;
  bool operator==(const ProcedureComponent&) const = default;
};

/// A document that a procedure ends in.
struct ProcedureResult {
  ResultCode code;
  std::string name;
  KindCode kind;
  bool operator==(const ProcedureResult&) const = default;
};

struct Procedure {
  ProcedureCode code;
  std::string name;
  std::string field;  ///< MaLinhVuc of the portal
  std::vector<ProcedureComponent> components;
  std::vector<ProcedureResult> results;  ///< none: it returns no document
  bool operator==(const Procedure&) const = default;
};

}  // namespace sohoa
