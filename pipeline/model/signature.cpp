#include "pipeline/model/signature.hpp"

#include "pipeline/model/named_values.hpp"

namespace sohoa {
namespace {

constexpr NamedValues<SignatureLevel, 4> levels{{{{SignatureLevel::b_b, "B-B"},
                                                  {SignatureLevel::b_t, "B-T"},
                                                  {SignatureLevel::b_lt, "B-LT"},
                                                  {SignatureLevel::b_lta, "B-LTA"}}}};

}  // namespace

std::string_view name_of(SignatureLevel level) {
  return levels.name(level);
}
std::optional<SignatureLevel> signature_level_of(std::string_view name) {
  return levels.value(name);
}

}  // namespace sohoa
