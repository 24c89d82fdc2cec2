#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/model/review.hpp"
#include "pipeline/ports/archive.hpp"
#include "pipeline/ports/progress.hpp"

namespace sohoa::api {

/// A file that was uploaded: its bytes are durable in the object store.
struct Upload {
  std::string name;
  StoredObject object;
};

/// An open representation of a document, ready to be sent.
struct OpenRepresentation {
  UniqueFd file;
  StoredObject object;
  std::string media_type;  ///< "application/pdf"
  std::string file_name;   ///< for Content-Disposition
};

struct Health {
  bool ok = false;
  std::string reason;  ///< what is stuck, "" when ok
  std::uint64_t queued_pages = 0;
  std::uint32_t workers = 0;
};

/// What people and services can ask of Sohoa, whatever the transport. Any thread.
class Service {
 public:
  virtual ~Service() = default;

  /// A place for an upload's bytes. Errors: unavailable ("busy": too much is waiting; try again later),
  /// resource_exhausted.
  virtual Result<std::unique_ptr<ObjectWriter>> create_upload() = 0;
  /// Accepts the files as one submission and starts on it. On return it is durable. Errors: invalid_input (no file).
  virtual Result<SubmissionId> submit(const SubmissionTerms& terms, const std::vector<Upload>& uploads) = 0;
  /// Errors: not_found.
  [[nodiscard]] virtual Result<Submission> submission(const SubmissionId& id) const = 0;
  [[nodiscard]] virtual ProgressFeed& progress() = 0;
  static constexpr auto newest = Archive::newest;
  /// Errors: not_found.
  [[nodiscard]] virtual Result<DocumentRecord> document(const DocumentId& id, std::uint32_t version = newest) const = 0;
  /// Errors: not_found, data_loss.
  [[nodiscard]] virtual Result<OpenRepresentation> open(const DocumentId& id, Representation representation,
                                                        std::uint32_t version = newest) const = 0;
  /// What an officer is asked about in its newest version. Errors: not_found, data_loss.
  [[nodiscard]] virtual Result<Review> review(const DocumentId& id) const = 0;
  /// Digitizer::revise().
  virtual Result<ArchiveReceipt> revise(const RevisionRequest& request) = 0;
  [[nodiscard]] virtual Health health() const = 0;
  /// Prometheus' text format, version 0.0.4.
  [[nodiscard]] virtual std::string metrics() const = 0;
};

}  // namespace sohoa::api
