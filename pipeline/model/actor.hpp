#pragma once

#include <cstdint>
#include <string>

namespace sohoa {

/// Who made a change.
struct Actor {
  enum class Kind : std::uint8_t { officer, service };
  Kind kind = Kind::officer;
  std::string id;
  bool operator==(const Actor&) const = default;
};

}  // namespace sohoa
