#include "api/http/views.hpp"

#include <nlohmann/json.hpp>

namespace sohoa::http {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json error_view(const Error& error, std::uint32_t page) {
  Json view{{"code", name_of(error.code)}, {"message", error.message}};
  view["page"] = page == 0 ? Json(nullptr) : Json(page);
  return view;
}

Json submission_links(const SubmissionId& id) {
  return {{"self", submission_path(id)}, {"events", submission_path(id) + "/events"}};
}

Json document_links(const DocumentId& id) {
  Json links{{"self", document_path(id)}};
  for (const auto representation : all_representations)
    links[std::string(name_of(representation))] = document_path(id) + "/" + std::string(name_of(representation));
  return links;
}

Json sums_view(const std::optional<StackSums>& sums) {
  if (!sums) return nullptr;
  return {{"documents", sums->documents},
          {"document_pages", sums->document_pages},
          {"sheets", sums->sheets},
          {"blank_pages", sums->blank_pages}};
}

Json part_view(const std::optional<StackPart>& part) {
  if (!part) return nullptr;
  return {{"number", part->number},
          {"first_page", part->first_page},
          {"pages", part->pages},
          {"component", part->component}};
}

Json item_view(const SubmissionItem& item) {
  Json view{{"index", item.key.index},
            {"name", item.name},
            {"depth", item.depth},
            {"state", name_of(item.state)},
            {"document", item.document ? Json(item.document->value) : Json(nullptr)},
            {"pages", item.pages},
            {"stack", sums_view(item.sums)},
            {"stack_part", part_view(item.part)},
            {"error", item.error ? error_view(*item.error, item.error_page) : Json(nullptr)}};
  view["links"] = item.document ? document_links(*item.document) : Json::object();
  return view;
}

Json revision_view(const std::optional<Revision>& revision) {
  if (!revision) return nullptr;
  return {{"officer", revision->by.id},
          {"at", iso8601(revision->at)},
          {"words", revision->words.size()},
          {"fields", revision->fields.size()},
          {"read_again", revision->read_again}};
}

Json object_view(const StoredObject& object) {
  return {{"sha256", object.digest.hex()}, {"size", object.size}};
}

}  // namespace

std::string submission_path(const SubmissionId& id) {
  return "/api/v1/submissions/" + id.value;
}
std::string document_path(const DocumentId& id) {
  return "/api/v1/documents/" + id.value;
}

std::string accepted_json(const SubmissionId& id) {
  return dump({{"id", id.value}, {"status", "accepted"}, {"links", submission_links(id)}});
}

std::string submission_json(const Submission& submission) {
  Json view{{"id", submission.id.value},
            {"state", submission.settled() ? "settled" : "pending"},
            {"received_at", iso8601(submission.received_at)},
            {"dossier", submission.terms.dossier},
            {"languages", submission.terms.options.languages},
            {"priority", submission.terms.priority == Priority::interactive ? "interactive" : "bulk"},
            {"split", text_of(submission.terms.split)},
            {"items", Json::array()}};
  for (const auto& item : submission.items) view["items"].push_back(item_view(item));
  view["links"] = submission_links(submission.id);
  return dump(view);
}

std::string document_json(const DocumentRecord& record) {
  const auto& document = record.document;
  Json view{{"id", document.id.value},
            {"title", document.title},
            {"dossier", document.dossier},
            {"digitized_at", iso8601(document.digitized_at)},
            {"pages", document.pages},
            {"version", document.version()},
            {"revision", revision_view(document.revision)},
            {"source",
             {{"name", document.source.name},
              {"sha256", document.source.digest.hex()},
              {"size", document.source.size},
              {"media_type", media_type(document.source.format)},
              {"signed", document.source_signed}}},
            {"stack_part", part_view(document.part)},
            {"representations",
             {{"pdf", object_view(document.pdf)},
              {"text", object_view(document.text)},
              {"alto", object_view(document.alto)},
              {"json", object_view(document.json)}}},
            {"failed_pages", Json::array()},
            {"notes", document.notes},
            {"receipt",
             {{"journal_entry", record.receipt.journal_entry},
              {"entry_hash", record.receipt.entry_hash.hex()},
              {"archived_at", record.receipt.archived_at}}},
            {"links", document_links(document.id)}};
  for (const auto& failed : document.failed_pages)
    view["failed_pages"].push_back(error_view(failed.error, failed.page.value));
  return dump(view);
}

std::string event_json(const ProgressEvent& event) {
  return dump({{"submission", event.item.submission.value},
               {"index", event.item.index},
               {"name", event.name},
               {"page", event.page},
               {"pages_done", event.pages_done},
               {"pages", event.pages},
               {"state", name_of(event.state)},
               {"document", event.document ? Json(event.document->value) : Json(nullptr)},
               {"stack", sums_view(event.sums)},
               {"error", event.error ? error_view(*event.error, event.page) : Json(nullptr)}});
}

std::string health_json(const api::Health& health) {
  return dump({{"status", health.ok ? "ok" : "failing"},
               {"reason", health.reason},
               {"queued_pages", health.queued_pages},
               {"workers", health.workers},
               {"version", SOHOA_VERSION}});
}

}  // namespace sohoa::http
