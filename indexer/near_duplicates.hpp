#pragma once

#include "indexer/follower.hpp"
#include "pipeline/ports/duplicate_index.hpp"

namespace sohoa::indexer {

/// Finds documents that look like one another by what they have exactly in common: any of 32 of the text's 64 minima,
/// or any of 16 groups of 16 bits of a page's hashes (locality-sensitive hashing). What too many share, the words and
/// the look of a form, says nothing and is passed over; what few share, the names and numbers on it, decides whom to
/// look at.
///
///   f entry                    a document's id and fingerprint
///   i document                 its entry
///   t band minimum entry       a text with that minimum; numbers big endian, band 1 byte, else 4
///   p band bits entry          a page with those bits; bits 2 bytes
class NearDuplicates final : public Follower, public DuplicateIndex {
 public:
  static Result<std::unique_ptr<NearDuplicates>> open(const std::filesystem::path& folder, OpenMode mode);

  [[nodiscard]] Result<std::vector<SimilarDocument>> similar(const Fingerprint& fingerprint, const DocumentId& but,
                                                             std::size_t limit) const override;

 private:
  NearDuplicates(const std::filesystem::path& folder, std::unique_ptr<Database> database);
  Result<void> apply(const JournalEntry& entry, IndexRows& rows) override;
  Result<void> before_flush(IndexRows&) override { return {}; }
  Result<void> remember() override { return {}; }
};

/// The keys, without the entry, under which a fingerprint is found.
[[nodiscard]] std::vector<std::string> bands_of(const Fingerprint& fingerprint);

}  // namespace sohoa::indexer
