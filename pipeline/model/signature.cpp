#include "pipeline/model/signature.hpp"

#include <array>

namespace sohoa {

std::string_view name_of(SignatureLevel level) {
  constexpr std::array<std::string_view, 4> names{"B-B", "B-T", "B-LT", "B-LTA"};
  return names[static_cast<std::size_t>(level)];
}

}  // namespace sohoa
