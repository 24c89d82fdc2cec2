#include "api/service/local_service.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <iterator>

#include "pipeline/base/file.hpp"
#include "pipeline/flow/review.hpp"

namespace sohoa::api {

StoredObject object_of(const IssuedDocument& document, Representation representation) {
  switch (representation) {
    case Representation::original: return {document.source.digest, document.source.size};
    case Representation::pdf: return document.pdf;
    case Representation::text: return document.text;
    case Representation::alto: return document.alto;
    case Representation::json: return document.json;
  }
  return document.pdf;
}

std::string stem_of(const std::string& name) {
  return std::filesystem::path(name).stem().string();
}

std::string extension_of(const IssuedDocument& document, Representation representation) {
  switch (representation) {
    case Representation::original: return std::filesystem::path(document.source.name).extension().string();
    case Representation::pdf: return ".pdf";
    case Representation::text: return ".txt";
    case Representation::alto: return ".alto.xml";
    case Representation::json: return ".json";
  }
  return "";
}

namespace {

std::string media_type_of(const IssuedDocument& document, Representation representation) {
  switch (representation) {
    case Representation::original: return std::string(media_type(document.source.format));
    case Representation::pdf: return "application/pdf";
    case Representation::text: return "text/plain; charset=utf-8";
    case Representation::alto: return "application/xml";
    case Representation::json: return "application/json";
  }
  return "application/octet-stream";
}

}  // namespace

Result<std::unique_ptr<ObjectWriter>> LocalService::create_upload() {
  if (digitizer_.busy()) return Error{ErrorCode::unavailable, "too many pages are waiting; try again later"};
  return archive_.objects().create();
}

Result<SubmissionId> LocalService::submit(const SubmissionTerms& terms, const std::vector<Upload>& uploads) {
  if (uploads.empty()) return Error{ErrorCode::invalid_input, "a submission has at least one file"};
  SOHOA_TRY(auto id, digitizer_.open(terms));
  for (const auto& upload : uploads) SOHOA_DO(digitizer_.add(id, upload.name, upload.object));
  digitizer_.close(id);
  return id;
}

Result<Submission> LocalService::submission(const SubmissionId& id) const {
  return archive_.submission(id);
}

Result<DocumentRecord> LocalService::document(const DocumentId& id, std::uint32_t version) const {
  return archive_.document(id, version);
}

Result<Review> LocalService::review(const DocumentId& id) const {
  return flow::review(archive_, id);
}

Result<ArchiveReceipt> LocalService::revise(const RevisionRequest& request) {
  return digitizer_.revise(request);
}

Result<OpenRepresentation> LocalService::open(const DocumentId& id, Representation representation,
                                              std::uint32_t version) const {
  SOHOA_TRY(const auto record, archive_.document(id, version));
  OpenRepresentation opened;
  opened.object = object_of(record.document, representation);
  SOHOA_TRY(opened.file, archive_.objects().open(opened.object.digest));
  SOHOA_TRY(const auto size, file_size(opened.file.get()));
  if (size != opened.object.size) return Error{ErrorCode::data_loss, "stored bytes are not what they were"};
  opened.media_type = media_type_of(record.document, representation);
  opened.file_name = stem_of(record.document.source.name);
  const bool is_part = record.document.part && representation != Representation::original;  // that is the whole stack
  if (is_part) opened.file_name += '-' + std::to_string(record.document.part->number);
  opened.file_name += extension_of(record.document, representation);
  return opened;
}

Health LocalService::health() const {
  Health health;
  health.queued_pages = digitizer_.queued_pages();
  health.workers = digitizer_.crew().workers();
  const auto status = archive_.status();
  health.ok = status.has_value();
  if (!status) health.reason = "archive: " + status.error().message;
  return health;
}

std::string LocalService::metrics() const {
  fmt::memory_buffer text;
  const auto out = std::back_inserter(text);
  const auto metric = [&](std::string_view name, std::string_view kind, std::string_view help, auto value) {
    fmt::format_to(out, "# HELP {0} {1}\n# TYPE {0} {2}\n{0} {3}\n", name, help, kind, value);
  };
  const auto counters = digitizer_.counters();
  metric("sohoa_pages_read_total", "counter", "Pages read by this process.", counters.pages_read);
  metric("sohoa_pages_failed_total", "counter", "Pages given up by this process.", counters.pages_failed);
  metric("sohoa_documents_archived_total", "counter", "Documents archived by this process.", counters.documents);
  metric("sohoa_files_failed_total", "counter", "Files given up by this process.", counters.files_failed);
  metric("sohoa_pages_queued", "gauge", "Pages that wait for a worker.", digitizer_.queued_pages());
  metric("sohoa_page_workers", "gauge", "Page workers.", digitizer_.crew().workers());
  const auto totals = digitizer_.crew().totals();
  metric("sohoa_page_worker_deaths_total", "counter", "Page workers that died over a page.", totals.deaths);
  metric("sohoa_page_worker_timeouts_total", "counter", "Pages that ran over the time limit.", totals.timed_out);
  metric("sohoa_page_worker_replaced_total", "counter", "Page workers replaced because they had grown.",
         totals.replaced);
  fmt::format_to(out,
                 "# HELP sohoa_stage_seconds_total CPU seconds of page workers by stage.\n"
                 "# TYPE sohoa_stage_seconds_total counter\n");
  for (const auto& [stage, seconds] : counters.stage_seconds) {
    fmt::format_to(out, "sohoa_stage_seconds_total{{stage=\"{}\"}} {}\n", stage, seconds);
  }
  if (const auto status = archive_.status()) {
    metric("sohoa_archive_documents", "gauge", "Documents in the archive.", status->documents);
    metric("sohoa_archive_pages", "gauge", "Pages in the archive.", status->pages);
    metric("sohoa_archive_pending_items", "gauge", "Submitted files that are not done.", status->pending_items);
    metric("sohoa_archive_journal_entries", "gauge", "Entries of the journal.", status->journal_entries);
  }
  return fmt::to_string(text);
}

}  // namespace sohoa::api
