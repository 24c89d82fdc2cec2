#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/ports/registry.hpp"

namespace sohoa {

/// A paper that is held, and what proves it.
struct HeldPaper {
  PaperPlace place;
  FiledPaper paper;
  EntryReceipt receipt;                    ///< of the entry that filed it
  std::optional<std::uint64_t> cancelled;  ///< by this journal entry
};

struct HeldPapersQuery {
  OwnerId owner;                 ///< by any of the owner's identifiers
  std::optional<KindCode> kind;  ///< none: every kind
  std::optional<Date> issued;    ///< none: any day
};

/// The owner's store (Circular 01/2023, art. 24 [law]): whose papers are where. Follows the journal. Any thread.
class OwnerIndex {
 public:
  virtual ~OwnerIndex() = default;
  /// The newest first, by date of issue within a kind; those that were cancelled are among them.
  [[nodiscard]] virtual Result<std::vector<HeldPaper>> papers(const HeldPapersQuery& query) const = 0;
};

}  // namespace sohoa
