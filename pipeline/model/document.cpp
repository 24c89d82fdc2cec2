#include "pipeline/model/document.hpp"

namespace sohoa {

std::string_view name_of(Representation representation) {
  switch (representation) {
    case Representation::original: return "original";
    case Representation::pdf: return "pdf";
    case Representation::text: return "text";
    case Representation::alto: return "alto";
    case Representation::json: return "json";
  }
  return "original";
}

std::optional<Representation> representation_of(std::string_view name) {
  for (const auto representation : all_representations) {
    if (name_of(representation) == name) return representation;
  }
  return std::nullopt;
}

}  // namespace sohoa
