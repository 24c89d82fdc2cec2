#pragma once

#include <string>

#include "pipeline/model/codes.hpp"

namespace sohoa {

/// Who receives dossiers and digitizes papers.
struct Officer {
  OfficerId id;
  std::string name;
  UnitCode unit;
  bool operator==(const Officer&) const = default;
};

}  // namespace sohoa
