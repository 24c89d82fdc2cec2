#include "pipeline/ports/duplicate_index.hpp"

namespace sohoa {

std::string_view name_of(Likeness likeness) {
  switch (likeness) {
    case Likeness::same_scan: return "same_scan";
    case Likeness::rescan: return "rescan";
    case Likeness::same_text: return "same_text";
    case Likeness::part_of: return "part_of";
  }
  return "";
}

}  // namespace sohoa
