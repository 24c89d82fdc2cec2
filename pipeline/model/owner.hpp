#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/model/codes.hpp"

namespace sohoa {

enum class OwnerKind : std::uint8_t { person, organisation };

/// Whose papers they are.
struct Owner {
  OwnerId id;  ///< the personal identifier, or an organisation's tax code
  OwnerKind kind = OwnerKind::person;
  std::string name;
  std::vector<OwnerId> other_ids;  ///< old ID card, former tax code: look-ups find the same papers by them
  bool operator==(const Owner&) const = default;
};

}  // namespace sohoa
