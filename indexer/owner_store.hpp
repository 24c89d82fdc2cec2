#pragma once

#include "indexer/follower.hpp"
#include "pipeline/ports/owner_index.hpp"

namespace sohoa::indexer {

/// The owner's store: papers by owner, kind and date. A look-up is one range of keys.
///
///   p owner 0 kind 0 date entry   a paper; date and entry count down, so that the newest comes first
///   a id 0 id                     two identifiers of one owner, both ways
///   k place                       the paper's key, for its cancellation
class OwnerStore final : public Follower, public OwnerIndex {
 public:
  static Result<std::unique_ptr<OwnerStore>> open(const std::filesystem::path& folder, OpenMode mode);

  [[nodiscard]] Result<std::vector<HeldPaper>> papers(const HeldPapersQuery& query) const override;

 private:
  OwnerStore(const std::filesystem::path& folder, std::unique_ptr<Database> database);
  Result<void> apply(const JournalEntry& entry, IndexRows& rows) override;
  Result<void> before_flush(IndexRows&) override { return {}; }
  Result<void> remember() override { return {}; }

  Result<std::uint32_t> next_result(const DossierCode& dossier, IndexRows& rows) const;
  Result<void> add(const HeldPaper& paper, IndexRows& rows) const;
  Result<void> cancel(const PaperPlace& place, std::uint64_t entry, IndexRows& rows) const;
};

}  // namespace sohoa::indexer
