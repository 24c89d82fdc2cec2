#pragma once

// Private to archive/: the steps of check(), one source file each, and what they hand on.

#include <array>
#include <optional>

#include "archive/check.hpp"
#include "archive/database.hpp"
#include "archive/rows.hpp"

namespace sohoa::checking {

/// Who needs an object: a document in one of its forms, or an item of a submission.
struct Reference {
  Digest digest;
  std::uint64_t size = 0;
  std::uint32_t owner = 0;  ///< index into References::owners
  Representation role = Representation::original;
};

struct Owner {
  std::array<char, 32> id{};           ///< a document's or a submission's
  std::optional<std::uint32_t> index;  ///< the submission's item
};

struct References {
  std::vector<Reference> all;
  std::vector<Owner> owners;

  void add(const DocumentRecord& record);
  void add(const SubmissionItem& item);
  [[nodiscard]] std::string name_of(const Reference& reference) const;  ///< "the pdf of document ..."
};

/// What the rows count up to; nothing where a damaged row keeps us from knowing.
struct Recount {
  std::optional<std::uint64_t> documents;
  std::optional<std::uint64_t> pages;
  std::optional<std::uint64_t> submissions;
  std::optional<std::uint64_t> items;
  std::optional<std::uint64_t> pending_items;
  std::optional<std::uint64_t> failed_items;
  std::optional<std::uint64_t> journal_entries;
  std::optional<Digest> tree_root;
};

/// What the steps share. One thread.
struct Context {
  const Database& database;
  const std::function<void(const CheckProgress&)>& progress;
  CheckReport report;
  References references;
  Recount recount;
  std::optional<rows::Counters> counters;  ///< as stored; nothing where the row cannot be read

  void find(std::string what, std::string id, std::string reason);
  void tell(std::string_view stage, std::uint64_t done, std::uint64_t total) const;
};

/// Journal entries, tree nodes and records against each other.
Result<void> check_journal(Context& context);
/// Submissions, items and the pending index against each other.
Result<void> check_submissions(Context& context);
/// Files against their names, and against what the other steps found to refer to them.
Result<void> check_objects(Context& context, const std::filesystem::path& root);

}  // namespace sohoa::checking
