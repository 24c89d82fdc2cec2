#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pipeline/flow/file_checks.hpp"
#include "pipeline/model/signature_report.hpp"
#include "pipeline/sign/signature_verifier.hpp"

namespace sohoa::api {

/// What is known of a file's signatures.
struct Verification {
  std::string name;
  Digest sha256;
  std::uint64_t size = 0;
  PdfSignatures found;                   ///< what they cover, and what was changed after them
  std::vector<SignatureReport> reports;  ///< one for each of found.signatures
  /// That of the worst signature; indeterminate where there is none.
  [[nodiscard]] Indication indication() const;
};

/// Verifies the signatures of PDFs (ETSI EN 319 102-1). Any thread.
class VerificationService {
 public:
  VerificationService(flow::FileChecks& checks, const sign::SignatureVerifier& verifier)
      : checks_(checks), verifier_(verifier) {}

  /// `fd`: the file. Errors: invalid_input (no PDF), resource_exhausted, unavailable.
  Result<Verification> verify(int fd, const std::string& name);

 private:
  flow::FileChecks& checks_;
  const sign::SignatureVerifier& verifier_;
};

/// What is said of signatures by themselves: the array "signatures" below.
[[nodiscard]] std::string signatures_json(const PdfSignatures& found, const std::vector<SignatureReport>& reports);
/// {"file", "sha256", "size", "indication", "revisions", "findings", "signatures": [...]}, every sentence in
/// Vietnamese and English.
[[nodiscard]] std::string to_json(const Verification& verification);

}  // namespace sohoa::api
