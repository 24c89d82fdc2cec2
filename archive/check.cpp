// Every fact in the archive is stored at least twice: an entry's hash in its leaf and in its record, a node in its
// children, a settled item in its document, an object's digest in its name and in a record. A step computes each anew,
// and where they disagree names the one that is outvoted, then goes on with the value that the others agree on, so that
// one damaged row gives one finding and not a trail of them.
#include "archive/check.hpp"

#include <algorithm>

#include "archive/check_steps.hpp"
#include "archive/data_directory.hpp"

namespace sohoa {
namespace checking {
namespace {

std::array<char, 32> id_of(std::string_view text) {
  std::array<char, 32> id{};
  std::copy_n(text.begin(), std::min(text.size(), id.size()), id.begin());
  return id;
}

bool is_known_key(std::string_view key) {
  return key == rows::counters_key || rows::submission_of(key) || rows::item_of(key) || rows::arrival_of(key) ||
         rows::document_of(key) || rows::sequence_of(key) || rows::node_of(key) || key == rows::catalogue_key ||
         key.starts_with(rows::dossier_prefix) || key.starts_with(rows::paper_prefix) ||
         key.starts_with(rows::outside_prefix) || rows::own_code_of(key) || rows::issuance_of(key) ||
         rows::untimed_of(key);
}

/// Whether there was any key at all.
Result<bool> check_keys(Context& context) {
  bool any = false;
  SOHOA_DO(context.database.scan("", [&](std::string_view key, std::string_view) -> Result<void> {
    any = true;
    if (!is_known_key(key)) context.find("database", to_hex(as_bytes(key)), "is a key of no kind we know");
    return {};
  }));
  return any;
}

Result<void> read_counters(Context& context) {
  SOHOA_TRY(const auto any, check_keys(context));
  SOHOA_TRY(const auto row, context.database.get(rows::counters_key));
  if (!row && any) context.find("counters", "", "is missing");
  if (!row && !any) context.counters = rows::Counters{};  // nothing was ever written
  if (!row) return {};
  auto counters = rows::counters(*row);
  if (counters && rows::encode(*counters) != *row) counters = Error{ErrorCode::data_loss, "is not in canonical form"};
  if (!counters) context.find("counters", "", counters.error().message);
  if (counters) context.counters = *counters;
  return {};
}

void compare_counter(Context& context, const char* name, std::uint64_t stored,
                     const std::optional<std::uint64_t>& counted) {
  if (!counted || *counted == stored) return;
  context.find("counters", name, "is " + std::to_string(stored) + ", counted " + std::to_string(*counted));
}

void compare_counters(Context& context) {
  if (!context.counters) return;
  const auto& stored = *context.counters;
  const auto& counted = context.recount;
  compare_counter(context, "documents", stored.documents, counted.documents);
  compare_counter(context, "pages", stored.pages, counted.pages);
  compare_counter(context, "dossiers", stored.dossiers, counted.dossiers);
  compare_counter(context, "submissions", stored.submissions, counted.submissions);
  compare_counter(context, "items", stored.items, counted.items);
  compare_counter(context, "pending_items", stored.pending_items, counted.pending_items);
  compare_counter(context, "failed_items", stored.failed_items, counted.failed_items);
  compare_counter(context, "journal_entries", stored.journal_entries, counted.journal_entries);
  if (counted.tree_root && *counted.tree_root != stored.tree_root) {
    context.find("counters", "tree_root", "is " + stored.tree_root.hex() + ", computed " + counted.tree_root->hex());
  }
}

/// A database that cannot be read back is a finding; the next step still shows what it can.
void run(Context& context, const Result<void>& step) {
  if (!step) context.find("database", "", step.error().message);
}

}  // namespace

std::string entry_text(std::uint64_t number) {
  return "journal entry " + std::to_string(number);
}

void Context::find(std::string what, std::string id, std::string reason) {
  report.findings.push_back({std::move(what), std::move(id), std::move(reason)});
}

void Context::tell(std::string_view stage, std::uint64_t done, std::uint64_t total) const {
  if (progress) progress({stage, done, total});
}

void References::add(const DocumentRecord& record) {
  const auto& document = record.document;
  const auto owner = static_cast<std::uint32_t>(owners.size());
  owners.push_back({id_of(document.id.value), std::nullopt, 0});
  all.push_back({document.source.digest, document.source.size, owner, Representation::original});
  all.push_back({document.pdf.digest, document.pdf.size, owner, Representation::pdf});
  all.push_back({document.text.digest, document.text.size, owner, Representation::text});
  all.push_back({document.alto.digest, document.alto.size, owner, Representation::alto});
  all.push_back({document.json.digest, document.json.size, owner, Representation::json});
}

void References::add(const SubmissionItem& item) {
  const auto owner = static_cast<std::uint32_t>(owners.size());
  owners.push_back({id_of(item.key.submission.value), item.key.index, 0});
  all.push_back({item.source->digest, item.source->size, owner, Representation::original});
}

void References::add(const Issuance& issuance) {
  const auto owner = static_cast<std::uint32_t>(owners.size());
  owners.push_back({id_of(issuance.document.value), std::nullopt, issuance.number});
  all.push_back({issuance.pdf.digest, issuance.pdf.size, owner, Representation::pdf});
}

std::string References::name_of(const Reference& reference) const {
  const auto& owner = owners[reference.owner];
  const std::string id(owner.id.begin(), owner.id.end());
  if (owner.index) return "the bytes of item " + std::to_string(*owner.index) + " of submission " + id;
  if (owner.issued > 0) return "issued file " + std::to_string(owner.issued) + " of document " + id;
  return "the " + std::string(sohoa::name_of(reference.role)) + " of document " + id;
}

}  // namespace checking

Result<CheckReport> check(const std::filesystem::path& data_dir,
                          const std::function<void(const CheckProgress&)>& progress) {
  SOHOA_TRY(const auto directory, DataDirectory::open(data_dir, OpenMode::read_only));
  SOHOA_TRY(const auto database, Database::open(directory.database, OpenMode::read_only));
  checking::Context context{*database, progress, {}, {}, {}, {}};
  checking::run(context, checking::read_counters(context));
  checking::run(context, checking::check_journal(context));
  checking::run(context, checking::check_submissions(context));
  checking::compare_counters(context);
  SOHOA_DO(checking::check_objects(context, directory.objects));
  return std::move(context.report);
}

}  // namespace sohoa
