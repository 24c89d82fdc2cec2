#include "pipeline/model/progress.hpp"

namespace sohoa {

std::string_view name_of(ProgressKind kind) {
  switch (kind) {
    case ProgressKind::page_read: return "page_read";
    case ProgressKind::page_failed: return "page_failed";
    case ProgressKind::item_settled: return "item_settled";
    case ProgressKind::submission_settled: return "submission_settled";
  }
  return "page_read";
}

}  // namespace sohoa
