#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/signature.hpp"

namespace sohoa {

/// A sentence for people.
struct Sentence {
  std::string_view vietnamese;
  std::string_view english;
};

/// Status of a validation (ETSI EN 319 102-1, 5.1.3).
enum class Indication : std::uint8_t {
  passed,         ///< TOTAL-PASSED
  failed,         ///< TOTAL-FAILED
  indeterminate,  ///< what is there does not suffice to tell
};
[[nodiscard]] std::string_view name_of(Indication indication);  ///< "passed"
[[nodiscard]] Sentence sentence(Indication indication);

/// What is wrong with a signature, a timestamp or their certificates.
enum class SignatureProblem : std::uint8_t {
  // integrity
  byte_range_wrong,
  malformed,
  unsupported_algorithm,
  hash_failure,
  crypto_failure,
  signing_certificate_missing,
  signing_certificate_wrong,
  signing_time_in_pades,
  unexpected_attribute,
  changed_after_signing,
  // the signer's certificate and its chain
  no_certificate,
  expired,
  not_yet_valid,
  revoked,
  revocation_unknown,
  wrong_usage,
  unknown_issuer,
  certificate_invalid,
  // strength
  weak_hash,
  weak_key,
  // time
  timestamp_broken,
  timestamp_untrusted,
  time_not_proven,
};
inline constexpr std::size_t signature_problem_count = static_cast<std::size_t>(SignatureProblem::time_not_proven) + 1;
[[nodiscard]] std::string_view name_of(SignatureProblem problem);  ///< "hash_failure"
[[nodiscard]] Sentence sentence(SignatureProblem problem);

/// What a problem does to the indication. Where a certificate is revoked we are stricter than EN 319 102-1: without a
/// proof that the signature is older it has failed (there: indeterminate, REVOKED_NO_POE), as people expect.
enum class Weight : std::uint8_t {
  notice,   ///< worth telling, changes nothing
  doubt,    ///< cannot pass
  failure,  ///< has failed
};
[[nodiscard]] Weight weight_of(SignatureProblem problem);

struct SignatureFinding {
  SignatureProblem problem{};
  std::string detail;  ///< which certificate, which algorithm; ""
  bool operator==(const SignatureFinding&) const = default;
};
/// That of the worst finding; passed where there is none worse than a notice.
[[nodiscard]] Indication indication_of(const std::vector<SignatureFinding>& findings);

/// Whether a certificate was revoked, who says so and when.
struct RevocationFacts {
  enum class State : std::uint8_t { unknown, good, revoked };
  enum class Source : std::uint8_t { none, ocsp, crl };
  State state = State::unknown;
  Source source = Source::none;
  bool embedded = false;               ///< the answer stands in the file, so that the check needs no network
  std::optional<WallTime> said_at;     ///< thisUpdate of the answer
  std::optional<WallTime> revoked_at;  ///< where it was
  std::string reason;                  ///< of RFC 5280, 5.3.1: "keyCompromise"; ""
};
[[nodiscard]] Sentence sentence(RevocationFacts::State state);

/// A timestamp token: of a signature, or a document timestamp.
struct TimestampReport {
  Indication indication = Indication::indeterminate;
  std::vector<SignatureFinding> findings;
  WallTime time{};
  std::optional<CertificateFacts> authority;
  std::string algorithms;
  RevocationFacts revocation;
};

/// What proves when a signature was there.
enum class TimeBasis : std::uint8_t {
  none,                 ///< nothing: it was checked as of now
  claimed,              ///< its signer says so; it was checked as of now
  signature_timestamp,  ///< a timestamp within
  document_timestamp,   ///< a timestamp over the document, made later
};
[[nodiscard]] std::string_view name_of(TimeBasis basis);
[[nodiscard]] Sentence sentence(TimeBasis basis);

enum class SignatureKind : std::uint8_t {
  pades,               ///< ETSI.CAdES.detached (ISO 32000-2, 12.8.3.4)
  legacy,              ///< adbe.pkcs7.detached, adbe.pkcs7.sha1 (ISO 32000-1, 12.8.3.3)
  document_timestamp,  ///< ETSI.RFC3161 (ISO 32000-2, 12.8.5)
  unknown,
};
[[nodiscard]] std::string_view name_of(SignatureKind kind);
[[nodiscard]] Sentence sentence(SignatureKind kind);

/// How a signature stands.
struct SignatureReport {
  std::string field;  ///< full name of its field in the PDF
  SignatureKind kind = SignatureKind::unknown;
  Indication indication = Indication::indeterminate;
  std::vector<SignatureFinding> findings;
  /// The covered bytes are those that were signed, and the signature is by the key of the signer's certificate: told
  /// even where nobody knows its issuer.
  bool intact = false;
  std::optional<CertificateFacts> signer;
  std::vector<CertificateFacts> chain;  ///< from the signer's issuer upwards, as far as it is known
  bool trusted = false;                 ///< the chain ends at a trust anchor
  std::string algorithms;               ///< "RSASSA-PSS, SHA-256, 2048 bits"
  RevocationFacts revocation;
  std::vector<TimestampReport> timestamps;
  TimeBasis basis = TimeBasis::none;
  std::optional<WallTime> time;   ///< the best that is known of when it was signed; of `basis`
  bool valid_at_signing = false;  ///< the certificate's period and revocation were fine at `time`
  /// The PAdES baseline level that it reaches; none: not even B-B, or no PAdES signature.
  std::optional<SignatureLevel> level;
};

}  // namespace sohoa
