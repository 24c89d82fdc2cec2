#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/result.hpp"

namespace sohoa {

/// One thing that is wrong. Of several rows that disagree, the one named is the one that the others outvote.
struct CheckFinding {
  std::string what;    ///< "object", "journal entry", "tree node", "record", "submission", "item", "pending index",
                       ///< "dossier", "catalogue", "paper code", "reuse", "document code", "issuance",
                       ///< "pending timestamp", "counters", "file", "database"
  std::string id;      ///< digest, sequence, level/index, document, submission ...
  std::string reason;  ///< a sentence fragment: "is missing; it is the pdf of document ..."
};

/// What was looked at, and what is wrong with it.
struct CheckReport {
  std::uint64_t documents = 0;
  std::uint64_t journal_entries = 0;
  std::uint64_t tree_nodes = 0;
  std::uint64_t dossiers = 0;
  std::uint64_t submissions = 0;
  std::uint64_t items = 0;
  std::uint64_t objects = 0;  ///< files whose digest was computed
  std::uint64_t object_bytes = 0;
  std::uint64_t orphans = 0;  ///< sound objects that nothing refers to: a crash, or a writer at work, leaves them
  std::uint64_t orphan_bytes = 0;
  std::uint64_t unfinished = 0;  ///< temporary files; gone when the archive is opened for writing the next time
  std::vector<CheckFinding> findings;

  [[nodiscard]] bool clean() const { return findings.empty(); }
};

struct CheckProgress {
  std::string_view stage;  ///< "journal", "submissions", "objects"
  std::uint64_t done = 0;
  std::uint64_t total = 0;  ///< an estimate
};

/// Reads everything in a data directory and holds it against everything else. Opens read-only and may run beside a
/// writer; then it checks what was committed before it began. Memory: about 350 bytes a document, 300 an
/// issuance and 100 an item.
/// Errors: not_found, unsupported, invalid_input (no data directory of ours); what is wrong inside is a finding, not an
/// error. `progress` may be empty; it is called on the same thread.
Result<CheckReport> check(const std::filesystem::path& data_dir,
                          const std::function<void(const CheckProgress&)>& progress = {});

}  // namespace sohoa
