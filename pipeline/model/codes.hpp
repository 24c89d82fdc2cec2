#pragma once

#include <compare>
#include <string>

namespace sohoa {

/// A code that others gave, kept as text: codes of different things don't mix. Forms: domain.md, section 6.
template <typename Tag>
struct Code {
  std::string value;
  auto operator<=>(const Code&) const = default;
};

using UnitCode = Code<struct UnitTag>;            ///< an agency or a part of one, "000.00.01.H12"
using ProcedureCode = Code<struct ProcedureTag>;  ///< "1.001776", "1.001776.000.00.00.H12"
using ComponentCode = Code<struct ComponentTag>;  ///< names a component within its procedure
using ResultCode = Code<struct ResultTag>;        ///< a type of result, "KQ.G07.000122"
using KindCode = Code<struct KindTag>;            ///< a kind of paper: birth certificate, land use certificate ...
using OfficerId = Code<struct OfficerTag>;
using ServiceId = Code<struct ServiceTag>;    ///< another system that asks us
using OwnerId = Code<struct OwnerTag>;        ///< any identifier of a person or organisation
using DossierCode = Code<struct DossierTag>;  ///< "000.00.01.H12-221130-0001"
using PaperCode = Code<struct PaperTag>;      ///< the code that step 3 gives a digitized paper
using RuleSetId = Code<struct RuleSetTag>;    ///< "decree-118-2025"

}  // namespace sohoa
