#include "pipeline/model/submission.hpp"

#include <algorithm>

namespace sohoa {

std::string_view name_of(ItemState state) {
  switch (state) {
    case ItemState::pending: return "pending";
    case ItemState::archived: return "archived";
    case ItemState::expanded: return "expanded";
    case ItemState::failed: return "failed";
  }
  return "pending";
}

bool Submission::settled() const {
  return std::none_of(items.begin(), items.end(), [](const auto& item) { return item.state == ItemState::pending; });
}

}  // namespace sohoa
