#include "pipeline/model/paper.hpp"

#include <charconv>

namespace sohoa {

std::string text_of(const PaperPlace& place) {
  const auto slot = place.result > 0 ? "KQ" + std::to_string(place.result) : place.component.value;
  return place.dossier.value + "/" + slot;
}

std::optional<PaperPlace> place_of(const std::string& text) {
  const auto slash = text.rfind('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == text.size()) return std::nullopt;
  PaperPlace place{{text.substr(0, slash)}, {text.substr(slash + 1)}, 0};
  const auto& slot = place.component.value;
  if (!slot.starts_with("KQ")) return place;
  const auto [end, error] = std::from_chars(slot.data() + 2, slot.data() + slot.size(), place.result);
  if (error != std::errc() || end != slot.data() + slot.size()) {
    place.result = 0;
    return place;
  }
  place.component = {};
  return place;
}

}  // namespace sohoa
