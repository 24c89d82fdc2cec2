#pragma once

#include <optional>
#include <string>

#include "pipeline/model/codes.hpp"

namespace sohoa {

/// An agency, or a part of one. Units form a tree; indicators of a unit include its sub-units.
struct Unit {
  UnitCode code;
  std::string name;
  std::optional<UnitCode> parent;  ///< none: a root
  bool operator==(const Unit&) const = default;
};

}  // namespace sohoa
