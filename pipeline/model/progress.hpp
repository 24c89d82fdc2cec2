#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/model/submission.hpp"

namespace sohoa {

enum class ProgressKind : std::uint8_t {
  page_read,           ///< `page` was read
  page_failed,         ///< `page` was given up, `error` says why
  item_settled,        ///< the file reached `state`; `document` or `error` is set
  submission_settled,  ///< no item of the submission is pending any more
};
[[nodiscard]] std::string_view name_of(ProgressKind kind);

/// One step forward, told to whoever watches.
struct ProgressEvent {
  std::uint64_t sequence = 0;  ///< grows by one with every event of this process, from 1
  ProgressKind kind = ProgressKind::page_read;
  ItemKey item;
  std::string name;  ///< the file's
  std::uint32_t page = 0;
  std::uint32_t pages_done = 0;
  std::uint32_t pages = 0;
  ItemState state = ItemState::pending;
  std::optional<DocumentId> document;
  std::optional<Error> error;
  std::optional<StackSums> sums;  ///< of a stack that was cut
};

}  // namespace sohoa
