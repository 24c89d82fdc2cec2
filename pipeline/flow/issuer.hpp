#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/flow/file_checks.hpp"
#include "pipeline/ports/archive.hpp"
#include "pipeline/ports/issuances.hpp"
#include "pipeline/ports/signer.hpp"

namespace sohoa::flow {

/// What is to be issued, and what its marks tell of it.
struct IssueOrder {
  DocumentId document;
  IssueKind kind = IssueKind::digitized_copy;
  CopyForm form = CopyForm::none;
  Actor by;
  std::string by_name;  ///< full name; "": that of the certificate which signs
  PaperCode code;       ///< of a paper in a dossier; "": the document gets one of its own
  std::string dossier;  ///< for the QR code, with those below; "" where not known
  std::string procedure;
  std::string owner;       ///< the applicant's identifier
  std::string paper_name;  ///< "": the document's title
  std::string validity;
};

/// A document -> its issued file: code, marks, signatures, timestamps, checked, then recorded. Nothing is recorded
/// before the file is durable and keeps the rules of PDF/A; a crash in between leaves a code that the document keeps,
/// and an object that nothing names. Any thread.
class Issuer {
 public:
  struct Parts {
    Archive& archive;
    Issuances& issuances;
    FileChecks& checks;
    SigningKeys& keys;
    TimestampAuthority* timestamps = nullptr;
    ValidationSource* validation = nullptr;
  };
  struct Options {
    SignatureLevel level = SignatureLevel::b_b;  ///< what is wanted; needs timestamps from B-T, validation from B-LT
    std::string system = "Sohoa";
    std::string location;
    std::string code_pattern = "{kind}.{number}.{NN}";     ///< of documents in no dossier: {kind}, {number}, {NN}
    std::shared_ptr<const ImageStream> seal, handwriting;  ///< images for results; null: type alone
    bool agency_signs_copies = true;  ///< digitized copies too, as licences and certificates need [law]
  };

  Issuer(Parts parts, Options options) : parts_(parts), options_(std::move(options)) {}

  /// Issues. The same order once more gives the first record. Errors: not_found (the document); invalid_input (nobody
  /// may sign that: key missing, certificate expired, revoked, ...; a page that could not be read); unavailable (token
  /// away, nobody tells of revocation); internal (the file would break a rule of PDF/A, which is named).
  Result<IssuanceRecord> issue(const IssueOrder& order);

  /// Completes issuances whose timestamps are pending, by a document timestamp. Returns how many are still pending; the
  /// first error of a completion where there was one.
  Result<std::size_t> complete_pending();

 private:
  struct Draft;
  Result<PaperCode> code_for(const IssueOrder& order, const std::vector<Field>& fields);
  Result<Issuance> made(const IssueOrder& order, const DocumentRecord& record);
  Result<void> climb(Draft& draft);
  Result<void> finish(Draft& draft);
  Result<void> expect_pdfa(const StoredObject& object, const std::string& name);
  Result<void> complete(const IssuanceRecord& pending);

  const Parts parts_;
  const Options options_;
};

}  // namespace sohoa::flow
