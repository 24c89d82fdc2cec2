#include "archive/journal.hpp"

#include "archive/change_json.hpp"
#include "archive/issuance_json.hpp"
#include "archive/merkle.hpp"
#include "archive/stored_values.hpp"

namespace sohoa {
namespace {

constexpr auto ingest_kind = "ingest";
constexpr auto revision_kind = "revision";
constexpr auto catalogue_kind = "catalogue";

/// The kind of a document's entry.
const char* kind_of(const IssuedDocument& document) {
  return document.revision ? revision_kind : ingest_kind;
}

bool is_document_kind(std::string_view kind) {
  return kind == ingest_kind || kind == revision_kind;
}

DocumentRecord read_record(JsonReader in, std::optional<Error>& problem) {
  DocumentRecord record;
  auto& document = record.document;
  record.receipt.journal_entry = in.number("seq");
  record.receipt.archived_at = iso8601(in.time("time"));
  document.id = {in.text("document")};
  record.receipt.document = document.id;
  document.dossier = in.text("dossier");
  document.digitized_at = in.time("digitized_at");
  document.pages = in.number32("pages");
  document.title = in.text("title");
  document.source = read_source(in.object("original"));
  document.source_signed = in.object("original").flag("signed");
  auto results = in.object("results");
  document.pdf = read_object(results.object("pdf"));
  document.text = read_object(results.object("text"));
  document.alto = read_object(results.object("alto"));
  document.json = read_object(results.object("json"));
  for (const auto& failed : in.array("failed_pages")) {
    const auto [error, page] = read_error(JsonReader(failed, problem));
    document.failed_pages.push_back({{page}, error});
  }
  for (const auto& note : in.array("notes")) {
    if (!note.is_string()) in.fail("notes", "is not a list of texts");
    if (note.is_string()) document.notes.push_back(note.get<std::string>());
  }
  if (in.has("part")) document.part = read_part(in.object("part"));
  if (in.text("kind") == revision_kind) document.revision = read_revision(in.object("revision"));
  if (in.has("fingerprint")) document.fingerprint = read_fingerprint(in.object("fingerprint"));
  if (!(DocumentId::of(document.source.digest, document.part) == document.id)) {
    in.fail("document", "is not the original's id");
  }
  return record;
}

/// `what` as an entry's bytes.
std::string numbered(Json what, std::uint64_t sequence, std::string_view time) {
  what["seq"] = sequence;
  what["time"] = std::string(time);
  return to_text(what);
}

EntryReceipt read_receipt(JsonReader in, std::string_view entry) {
  EntryReceipt receipt;
  receipt.entry = in.number("seq");
  receipt.entry_hash = merkle::leaf_hash(as_bytes(entry));
  receipt.recorded_at = iso8601(in.time("time"));
  return receipt;
}

std::string again(const JournalEntry& entry) {
  const auto& [receipt, time, what] = entry;
  if (const auto* record = std::get_if<DocumentRecord>(&what)) {
    return ingest_entry(receipt.entry, receipt.recorded_at, record->document);
  }
  if (const auto* set = std::get_if<CatalogueSet>(&what)) {
    auto text = catalogue_entry(receipt.entry, receipt.recorded_at, set->text);
    return text ? *text : std::string();
  }
  if (const auto* given = std::get_if<CodeGiven>(&what)) {
    return code_entry(receipt.entry, receipt.recorded_at, *given);
  }
  if (const auto* issuance = std::get_if<Issuance>(&what)) {
    return issuance_entry(receipt.entry, receipt.recorded_at, *issuance);
  }
  return numbered(change_value(std::get<DossierChange>(what)), receipt.entry, receipt.recorded_at);
}

}  // namespace

Result<ChangeEntry> ChangeEntry::of(const DossierChange& change) {
  auto value = change_value(change);
  std::optional<Error> problem;
  auto recorded = read_change(JsonReader(value, problem), kind_of(change), problem);
  if (problem) return Error{ErrorCode::invalid_input, problem->message};
  return ChangeEntry(std::move(value), std::move(recorded));
}

void ChangeEntry::set_code(const PaperCode& code) {
  auto& value = value_.at("paper").at("code");
  value = text_value(code.value);
  const auto set = [&](auto& what) {
    if constexpr (requires { what.paper; }) what.paper.code.value = value.get<std::string>();
  };
  std::visit(set, change_.what);
}

std::string ChangeEntry::text(std::uint64_t sequence, std::string_view recorded_at) && {
  return numbered(std::move(value_), sequence, recorded_at);
}

Result<std::string> catalogue_entry(std::uint64_t sequence, std::string_view recorded_at,
                                    const std::string& catalogue) {
  Json json = Json::parse(catalogue, nullptr, false);
  if (!json.is_object() || to_text(json) != catalogue) {
    return Error{ErrorCode::invalid_input, "catalogue: is not a canonical JSON object"};
  }
  return numbered({{"kind", catalogue_kind}, {"catalogue", std::move(json)}}, sequence, recorded_at);
}

std::string code_entry(std::uint64_t sequence, std::string_view recorded_at, const CodeGiven& given) {
  return numbered(code_value(given), sequence, recorded_at);
}

std::string issuance_entry(std::uint64_t sequence, std::string_view recorded_at, const Issuance& issuance) {
  return numbered(issuance_value(issuance), sequence, recorded_at);
}

Result<JournalEntry> entry_of(std::string_view bytes) {
  const Json json = Json::parse(bytes, nullptr, false);
  if (!json.is_object()) return Error{ErrorCode::data_loss, "is not a JSON object"};
  std::optional<Error> problem;
  JsonReader in(json, problem);
  const auto kind = in.text("kind");
  JournalEntry entry{read_receipt(in, bytes), in.time("time"), {}};
  if (problem) return *problem;
  if (is_document_kind(kind)) {
    auto record = read_record(in, problem);
    record.receipt.entry_hash = entry.receipt.entry_hash;
    entry.what = std::move(record);
  } else if (kind == catalogue_kind) {
    (void)in.object("catalogue");
    if (!problem) entry.what = CatalogueSet{to_text(json.at("catalogue"))};
  } else if (is_change_kind(kind)) {
    entry.what = read_change(in, kind, problem);
  } else if (kind == code_kind) {
    entry.what = read_code(in);
  } else if (kind == issuance_kind) {
    entry.what = read_issuance(in);
  } else {
    return Error{ErrorCode::unsupported, "kind " + kind + " is unknown"};
  }
  if (problem) return *problem;
  return entry;
}

Result<JournalEntry> canonical_entry_of(std::string_view bytes) {
  SOHOA_TRY(auto entry, entry_of(bytes));
  if (again(entry) != bytes) return Error{ErrorCode::data_loss, "is not in canonical form"};
  return entry;
}

std::string ingest_entry(std::uint64_t sequence, std::string_view archived_at, const IssuedDocument& document) {
  Json failed_pages = Json::array();
  for (const auto& failed : document.failed_pages) failed_pages.push_back(error_value(failed.error, failed.page.value));
  Json notes = Json::array();
  for (const auto& note : document.notes) notes.push_back(text_value(note));
  Json entry;
  entry["seq"] = sequence;
  entry["time"] = std::string(archived_at);
  entry["kind"] = kind_of(document);
  entry["document"] = document.id.value;
  entry["dossier"] = text_value(document.dossier);
  entry["digitized_at"] = iso8601(document.digitized_at);
  entry["pages"] = document.pages;
  entry["title"] = text_value(document.title);
  entry["original"] = source_value(document.source);
  entry["original"]["signed"] = document.source_signed;
  entry["results"] = {{"alto", object_value(document.alto)},
                      {"json", object_value(document.json)},
                      {"pdf", object_value(document.pdf)},
                      {"text", object_value(document.text)}};
  entry["failed_pages"] = std::move(failed_pages);
  entry["notes"] = std::move(notes);
  if (document.part) entry["part"] = part_value(*document.part);
  if (document.revision) entry["revision"] = revision_value(*document.revision);
  if (!document.fingerprint.empty()) entry["fingerprint"] = fingerprint_value(document.fingerprint);
  return to_text(entry);
}

Result<DocumentRecord> record_of(std::string_view entry) {
  const Json json = Json::parse(entry, nullptr, false);
  if (!json.is_object()) return Error{ErrorCode::data_loss, "is not a JSON object"};
  std::optional<Error> problem;
  JsonReader in(json, problem);
  const auto kind = in.text("kind");
  if (!problem && !is_document_kind(kind)) return Error{ErrorCode::unsupported, "kind " + kind + " is unknown"};
  auto record = read_record(in, problem);
  if (problem) return *problem;
  record.receipt.entry_hash = merkle::leaf_hash(as_bytes(entry));
  return record;
}

Result<DocumentRecord> canonical_record_of(std::string_view entry) {
  SOHOA_TRY(auto record, record_of(entry));
  const auto again = ingest_entry(record.receipt.journal_entry, record.receipt.archived_at, record.document);
  if (again != entry) return Error{ErrorCode::data_loss, "is not in canonical form"};
  return record;
}

}  // namespace sohoa
