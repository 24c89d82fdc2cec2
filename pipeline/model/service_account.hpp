#pragma once

#include <string>
#include <vector>

#include "pipeline/model/codes.hpp"

namespace sohoa {

/// Another system that may look papers up: those of the kinds that it was granted, and no others.
struct ServiceAccount {
  ServiceId id;
  std::string name;
  std::vector<KindCode> kinds;
  bool operator==(const ServiceAccount&) const = default;
};

}  // namespace sohoa
