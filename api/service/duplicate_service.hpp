#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/ports/archive.hpp"
#include "pipeline/ports/duplicate_index.hpp"
#include "pipeline/ports/following.hpp"

namespace sohoa::api {

/// Words that stand in one document where the other has others, as printed; one side may be empty.
struct ChangedWords {
  std::uint32_t page = 0;        ///< of the document asked about, from 1; 0: it has nothing there
  std::uint32_t other_page = 0;  ///< of the other one
  std::string text;
  std::string other_text;
  std::size_t words = 0;  ///< of the longer side
};

/// A page and the one that it corresponds to; 0: none.
struct PageMatch {
  std::uint32_t page = 0;
  std::uint32_t other_page = 0;
  std::optional<bool> looks_alike;  ///< none where a page has no hash
};

/// What differs between two documents.
struct Comparison {
  std::uint64_t words = 0;  ///< of the document asked about
  std::uint64_t other_words = 0;
  std::uint64_t differing = 0;        ///< words that the other has not in their place, of the longer side of each place
  std::vector<PageMatch> pages;       ///< by page; those that only the other has come last
  std::vector<ChangedWords> changes;  ///< in order; of a very different text the first `most_changes`
  /// Numbers or words are exchanged for others, not misread: another paper off the same form.
  bool other_content = false;

  static constexpr std::size_t most_changes = 500;
};

struct Duplicate {
  SimilarDocument similar;
  std::string title;
  Comparison comparison;
};

/// Which documents are a known one scanned once more, and what differs. Any thread.
class DuplicateService {
 public:
  DuplicateService(Archive& archive, const DuplicateIndex& index, Following& following)
      : archive_(archive), index_(index), following_(following) {}

  /// What the words confirm of what the index proposes, the most alike first. Papers off one form with other content
  /// are left out. Errors: not_found; those of the index; data_loss.
  [[nodiscard]] Result<std::vector<Duplicate>> duplicates(const DocumentId& id);
  /// Errors: not_found, data_loss.
  [[nodiscard]] Result<Comparison> compare(const DocumentId& id, const DocumentId& other) const;

 private:
  [[nodiscard]] Result<Comparison> compared(const IssuedDocument& one, const IssuedDocument& other) const;

  Archive& archive_;
  const DuplicateIndex& index_;
  Following& following_;
};

/// The comparison itself: pages of text, and the pages' hashes. Pure.
[[nodiscard]] Comparison compare(const std::vector<std::string>& pages, const Fingerprint& fingerprint,
                                 const std::vector<std::string>& other_pages, const Fingerprint& other_fingerprint);

}  // namespace sohoa::api
