#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "pipeline/model/pdf_signature.hpp"
#include "pipeline/model/signature_report.hpp"
#include "pipeline/sign/revocation.hpp"

namespace sohoa::sign {

struct VerifierConfig {
  std::vector<std::filesystem::path> anchors, issuers;  ///< PEM or DER; folders of them
};

/// Verifies signatures and document timestamps in PDF (ETSI EN 319 102-1; EN 319 142-1; ISO 32000-1, 12.8). Any thread.
///
/// A certificate is judged as of the earliest time at which its signature is proven to have existed: by a timestamp of
/// the signature, or by a document timestamp over it; where nothing proves it, as of now. Evidence of revocation is
/// taken from the file first. Where the rules leave room, we take the strict side: a timestamp that is broken fails the
/// signature it is in, and a revocation fails what is not proven to be older.
class SignatureVerifier {
 public:
  /// `online`: asked about revocation where a file does not tell, for certificates that lead to an anchor; may be none.
  /// Errors: invalid_input where a file of certificates holds none.
  static Result<std::unique_ptr<SignatureVerifier>> create(const VerifierConfig& config,
                                                           std::shared_ptr<RevocationSource> online);

  /// All signatures of a file, in the file's order, as of `at`.
  [[nodiscard]] std::vector<SignatureReport> verify(const PdfSignatures& file, WallTime at) const;

  /// One signature. `proven_at`: when a later document timestamp proves that it was there.
  [[nodiscard]] SignatureReport verify(const PdfSignature& signature, const ValidationData& validation,
                                       std::optional<WallTime> proven_at, WallTime at) const;

 private:
  SignatureVerifier(std::vector<Certificate> anchors, std::vector<Certificate> issuers,
                    std::shared_ptr<RevocationSource> online)
      : anchors_(std::move(anchors)), issuers_(std::move(issuers)), online_(std::move(online)) {}

  const std::vector<Certificate> anchors_, issuers_;
  const std::shared_ptr<RevocationSource> online_;
};

}  // namespace sohoa::sign
