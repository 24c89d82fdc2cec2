#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/clock.hpp"
#include "pipeline/model/document.hpp"
#include "pipeline/model/ids.hpp"
#include "pipeline/model/source.hpp"
#include "pipeline/model/stack.hpp"

namespace sohoa {

/// Interactive pages are read before bulk ones.
enum class Priority : std::uint8_t { interactive, bulk };

/// What holds for a whole hand-over.
struct SubmissionTerms {
  std::string dossier;
  ReadOptions options;
  Priority priority = Priority::bulk;
  Split split;  ///< of every file that has pages
};

enum class ItemState : std::uint8_t {
  pending,   ///< bytes durable, not yet done
  archived,  ///< a document stands in the archive, maybe with failed pages
  expanded,  ///< a ZIP whose entries, or a stack whose documents, are items of their own
  failed,    ///< given up, with a reason
};
[[nodiscard]] std::string_view name_of(ItemState state);

/// Names one file of one submission.
struct ItemKey {
  SubmissionId submission;
  std::uint32_t index = 0;
  auto operator<=>(const ItemKey&) const = default;
};

/// One file of a submission and what became of it.
struct SubmissionItem {
  ItemKey key;
  std::string name;
  std::uint32_t depth = 0;           ///< 0 as it came, 1 out of a ZIP or stack, 2 out of a ZIP in a ZIP ...
  std::optional<SourceFile> source;  ///< none where the bytes were refused at the door
  std::optional<StackPart> part;     ///< what it is of its bytes, where it was cut out of a stack
  std::uint32_t stack = 0;           ///< with `part`: index of the stack's item in the same submission
  ItemState state = ItemState::pending;
  std::optional<DocumentId> document;
  std::uint32_t pages = 0;
  std::optional<Error> error;    ///< why it failed, or what befell its first failed page
  std::uint32_t error_page = 0;  ///< 0 where the error concerns the whole file
  std::optional<StackSums> sums;  ///< of a stack that was cut
};

struct Submission {
  SubmissionId id;
  WallTime received_at{};
  SubmissionTerms terms;
  std::vector<SubmissionItem> items;

  [[nodiscard]] bool settled() const;  ///< no item is pending
};

}  // namespace sohoa
