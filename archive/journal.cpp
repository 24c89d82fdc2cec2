#include "archive/journal.hpp"

#include "archive/merkle.hpp"
#include "archive/stored_values.hpp"

namespace sohoa {
namespace {

constexpr auto ingest_kind = "ingest";

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
  if (!(DocumentId::of(document.source.digest) == document.id)) in.fail("document", "is not the original's id");
  return record;
}

}  // namespace

std::string ingest_entry(std::uint64_t sequence, std::string_view archived_at, const IssuedDocument& document) {
  Json failed_pages = Json::array();
  for (const auto& failed : document.failed_pages) failed_pages.push_back(error_value(failed.error, failed.page.value));
  Json notes = Json::array();
  for (const auto& note : document.notes) notes.push_back(text_value(note));
  Json entry;
  entry["seq"] = sequence;
  entry["time"] = std::string(archived_at);
  entry["kind"] = ingest_kind;
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
  return to_text(entry);
}

Result<DocumentRecord> record_of(std::string_view entry) {
  const Json json = Json::parse(entry, nullptr, false);
  if (!json.is_object()) return Error{ErrorCode::data_loss, "is not a JSON object"};
  std::optional<Error> problem;
  JsonReader in(json, problem);
  const auto kind = in.text("kind");
  if (!problem && kind != ingest_kind) return Error{ErrorCode::unsupported, "kind " + kind + " is unknown"};
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
