#pragma once

#include "api/service/service.hpp"
#include "pipeline/flow/digitizer.hpp"

namespace sohoa::api {

/// The use cases over this process's archive and digitizer. Any thread.
class LocalService final : public Service {
 public:
  LocalService(Archive& archive, flow::Digitizer& digitizer) : archive_(archive), digitizer_(digitizer) {}

  Result<std::unique_ptr<ObjectWriter>> create_upload() override;
  Result<SubmissionId> submit(const SubmissionTerms& terms, const std::vector<Upload>& uploads) override;
  [[nodiscard]] Result<Submission> submission(const SubmissionId& id) const override;
  [[nodiscard]] ProgressFeed& progress() override { return digitizer_.progress(); }
  [[nodiscard]] Result<DocumentRecord> document(const DocumentId& id, std::uint32_t version) const override;
  [[nodiscard]] Result<OpenRepresentation> open(const DocumentId& id, Representation representation,
                                                std::uint32_t version) const override;
  [[nodiscard]] Result<Review> review(const DocumentId& id) const override;
  Result<ArchiveReceipt> revise(const RevisionRequest& request) override;
  [[nodiscard]] Health health() const override;
  [[nodiscard]] std::string metrics() const override;

 private:
  Archive& archive_;
  flow::Digitizer& digitizer_;
};

/// Where a representation of the document lies.
[[nodiscard]] StoredObject object_of(const IssuedDocument& document, Representation representation);
/// "Quyet dinh 5.pdf" -> "Quyet dinh 5": the name without folders and the last extension.
[[nodiscard]] std::string stem_of(const std::string& name);
/// ".pdf", ".txt", ".alto.xml", ".json"; for the original its own.
[[nodiscard]] std::string extension_of(const IssuedDocument& document, Representation representation);

}  // namespace sohoa::api
