#include "pipeline/sign/signature_verifier.hpp"

#include <algorithm>

#include "pipeline/sign/oids.hpp"
#include "pipeline/sign/read_certificates.hpp"
#include "pipeline/sign/times.hpp"
#include "pipeline/sign/timestamp_token.hpp"
#include "pipeline/sign/trust_check.hpp"

namespace sohoa::sign {
namespace {

using enum SignatureProblem;
constexpr auto clock_tolerance = std::chrono::minutes(5);

SignatureKind kind_of(std::string_view sub_filter) {
  if (sub_filter == "ETSI.CAdES.detached") return SignatureKind::pades;
  if (sub_filter == "adbe.pkcs7.detached" || sub_filter == "adbe.pkcs7.sha1") return SignatureKind::legacy;
  if (sub_filter == "ETSI.RFC3161") return SignatureKind::document_timestamp;
  return SignatureKind::unknown;
}

ContentDigest digests_of(const PdfSignature& signature) {
  return [&signature](Hash hash) -> Bytes {
    switch (hash) {
      case Hash::sha1: return signature.sha1;
      case Hash::sha256: return signature.sha256;
      case Hash::sha384: return signature.sha384;
      case Hash::sha512: return signature.sha512;
      default: return {};
    }
  };
}

/// A change after signing that breaks what the signature promises. Approval signatures allow for further signatures and
/// filled forms; a certification for what its P says (ISO 32000-1, table 254).
bool is_forbidden(const PdfChange& change, std::uint8_t certification) {
  switch (change.kind) {
    case PdfChange::Kind::signature:
    case PdfChange::Kind::validation_data: return false;
    case PdfChange::Kind::metadata:  // every tool that appends a revision dates it there, and no page shows it
    case PdfChange::Kind::form_value: return certification == 1;
    case PdfChange::Kind::annotation: return certification != 3;
    default: return true;
  }
}

void append(std::vector<SignatureFinding>& to, const std::vector<SignatureFinding>& more) {
  for (const auto& one : more) {
    if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
  }
}

void append(std::vector<Certificate>& to, const std::vector<Certificate>& more) {
  for (const auto& one : more) {
    if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
  }
}

bool has_any(const std::vector<SignatureFinding>& findings, std::initializer_list<SignatureProblem> problems) {
  return std::any_of(findings.begin(), findings.end(), [&](const SignatureFinding& finding) {
    return std::find(problems.begin(), problems.end(), finding.problem) != problems.end();
  });
}

/// One signature's verification: what is known, and the report as it grows.
class Verification {
 public:
  Verification(const PdfSignature& signature, TrustMaterial material, std::optional<WallTime> proven_at)
      : signature_(signature), material_(std::move(material)), proven_at_(proven_at) {
    report_.field = signature.field;
    report_.kind = kind_of(signature.sub_filter);
  }

  SignatureReport run() {
    look_at_file();
    if (report_.kind == SignatureKind::unknown) {
      add(unsupported_algorithm, signature_.sub_filter);
    } else if (report_.kind == SignatureKind::document_timestamp) {
      verify_document_timestamp();
    } else {
      verify_signature();
    }
    report_.indication = indication_of(report_.findings);
    return std::move(report_);
  }

 private:
  void add(SignatureProblem problem, std::string detail = {}) {
    append(report_.findings, {{problem, std::move(detail)}});
  }

  void look_at_file() {
    if (!signature_.byte_range_fault.empty()) add(byte_range_wrong, signature_.byte_range_fault);
    for (const auto& change : signature_.changes) {
      if (is_forbidden(change, signature_.certification)) add(changed_after_signing, change.what);
    }
  }

  /// When at the latest what is verified is known to have existed.
  [[nodiscard]] WallTime latest() const { return proven_at_.value_or(material_.now); }

  void take_certificates(const SignedData& data) {
    append(material_.pool, data.certificates);
    for (const auto& crl : data.crls) material_.crls.emplace_back(crl.begin(), crl.end());
  }

  void take_trust(const TrustCheck& trust) {
    append(report_.findings, trust.findings);
    report_.trusted = trust.path.trusted;
    report_.revocation = trust.revocation;
    for (std::size_t i = 1; i < trust.path.certificates.size(); ++i) {
      report_.chain.push_back(trust.path.certificates[i].facts());
    }
  }

  void verify_document_timestamp() {
    auto token = check_timestamp(signature_.contents, digests_of(signature_), material_.pool);
    if (!token) return add(malformed, token.error().message);
    take_certificates(token->data);
    append(report_.findings, token->findings);
    report_.intact = token->intact;
    report_.algorithms = description(token->signer);
    report_.time = token->info.time;
    report_.basis = TimeBasis::document_timestamp;
    if (token->info.time > latest() + clock_tolerance) add(not_yet_valid, iso8601(token->info.time));
    if (!token->signer.certificate) return;
    report_.signer = token->signer.certificate->facts();
    const auto trust = check_trust(*token->signer.certificate, material_, {latest(), token->info.time, true});
    take_trust(trust);
    append(report_.findings, stray_certificates(token->data.certificates, trust.path.certificates, material_));
    check_period_at(token->info.time, *token->signer.certificate, report_.findings);
    report_.valid_at_signing = report_.intact && indication_of(report_.findings) == Indication::passed;
  }

  /// A timestamp was made while its authority's certificate lasted.
  static void check_period_at(WallTime time, const Certificate& certificate, std::vector<SignatureFinding>& findings) {
    const auto& facts = certificate.facts();
    if (time < facts.not_before) append(findings, {{not_yet_valid, facts.subject}});
    if (time > facts.not_after) append(findings, {{expired, facts.subject}});
  }

  void verify_signature() {
    const auto data = parse_signed_data(signature_.contents);
    if (!data) return add(malformed, data.error().message);
    take_certificates(*data);
    const auto profile = report_.kind == SignatureKind::pades ? Profile::pades : Profile::legacy;
    const auto checked = check_signed_data(*data, profile, digests_of(signature_), material_.pool);
    append(report_.findings, checked.findings);
    report_.intact = checked.intact && content_is_ours(*data) && signature_.byte_range_fault.empty();
    report_.algorithms = description(checked);
    verify_timestamps(*data);
    set_time(checked);
    if (!checked.certificate) return;
    judge_signer(*checked.certificate, *data);
    report_.level = level_reached();
  }

  /// Of adbe.pkcs7.sha1 the content within is the SHA-1 of what is covered; all others bear none
  /// (ISO 32000-1, 12.8.3.3.1).
  bool content_is_ours(const SignedData& data) {
    const bool within = signature_.sub_filter == "adbe.pkcs7.sha1";
    if (!within && !data.content) return true;
    if (within && data.content && !data.content->empty() && *data.content == signature_.sha1) {
      add(weak_hash, "SHA-1");
      return true;
    }
    add(within ? hash_failure : malformed, "content");
    return false;
  }

  void verify_timestamps(const SignedData& data) {
    for (const auto& attribute : data.unsigned_attributes) {
      if (attribute.type != oid::signature_timestamp) continue;
      for (const auto& token : attribute.values) report_.timestamps.push_back(verify_timestamp(token, data.signature));
    }
  }

  TimestampReport verify_timestamp(const der::Element& token, ByteView signature) {
    TimestampReport report;
    const ContentDigest covered = [&](Hash hash) { return digest_of(hash, signature); };
    const auto checked = check_timestamp(token.whole, covered, material_.pool);
    if (!checked) {
      add(timestamp_broken, checked.error().message);
      return {.indication = Indication::failed, .findings = {{malformed, checked.error().message}}};
    }
    take_certificates(checked->data);
    report.time = checked->info.time;
    report.algorithms = description(checked->signer);
    report.findings = checked->findings;
    if (checked->signer.certificate) {
      const auto& authority = *checked->signer.certificate;
      report.authority = authority.facts();
      const auto trust = check_trust(authority, material_, {latest(), report.time, true});
      append(report.findings, trust.findings);
      append(report.findings, stray_certificates(checked->data.certificates, trust.path.certificates, material_));
      report.revocation = trust.revocation;
      check_period_at(report.time, authority, report.findings);
      embedded_ &= trust.embedded;
    }
    if (report.time > latest() + clock_tolerance) append(report.findings, {{not_yet_valid, iso8601(report.time)}});
    report.indication = indication_of(report.findings);
    if (!checked->intact) {
      report.indication = Indication::failed;
      add(timestamp_broken);
    } else if (report.indication != Indication::passed) {
      const auto worst = std::max_element(report.findings.begin(), report.findings.end(), [](auto& one, auto& other) {
        return weight_of(one.problem) < weight_of(other.problem);
      });
      // A stray certificate is an alteration here as anywhere: it must not go by as a notice.
      if (has_any(report.findings, {certificate_invalid})) add(certificate_invalid, worst->detail);
      add(timestamp_untrusted, std::string(name_of(worst->problem)));
    }
    return report;
  }

  /// The earliest proven time; else what the signer claims: the dictionary's M, which is signed, then signing-time.
  void set_time(const CheckedSigner& checked) {
    for (const auto& one : report_.timestamps) {
      if (one.indication != Indication::passed || (report_.time && *report_.time <= one.time)) continue;
      report_.time = one.time;
      report_.basis = TimeBasis::signature_timestamp;
    }
    if (proven_at_ && (!report_.time || *proven_at_ < *report_.time)) {
      report_.time = proven_at_;
      report_.basis = TimeBasis::document_timestamp;
    }
    if (report_.time) return;
    report_.time = iso_time(signature_.claimed_time);
    if (!report_.time) report_.time = checked.claimed_time;
    report_.basis = report_.time ? TimeBasis::claimed : TimeBasis::none;
    add(time_not_proven);
  }

  void judge_signer(const Certificate& signer, const SignedData& data) {
    report_.signer = signer.facts();
    const bool proven =
        report_.basis == TimeBasis::signature_timestamp || report_.basis == TimeBasis::document_timestamp;
    const auto at = proven ? *report_.time : material_.now;
    const auto trust = check_trust(signer, material_, {at, at});
    take_trust(trust);
    embedded_ &= trust.embedded;
    if (!may_sign_documents(signer)) add(wrong_usage, signer.facts().subject);
    if (report_.kind == SignatureKind::pades) {
      append(report_.findings, stray_certificates(data.certificates, trust.path.certificates, material_));
    }
    const auto& facts = signer.facts();
    const auto time = report_.time.value_or(material_.now);
    const auto& revocation = trust.revocation;
    const bool in_period = facts.not_before <= time && time <= facts.not_after;
    const bool revoked_by_then =
        revocation.state == RevocationFacts::State::revoked && revocation.revoked_at.value_or(WallTime{}) <= time;
    report_.valid_at_signing = in_period && !revoked_by_then;
  }

  [[nodiscard]] std::optional<SignatureLevel> level_reached() const {
    const bool baseline = report_.kind == SignatureKind::pades && report_.intact &&
                          !has_any(report_.findings, {signing_time_in_pades, signing_certificate_missing,
                                                      signing_certificate_wrong, unexpected_attribute, weak_hash});
    if (!baseline) return std::nullopt;
    const bool timed = !report_.timestamps.empty() &&
                       std::all_of(report_.timestamps.begin(), report_.timestamps.end(),
                                   [](const auto& one) { return one.indication != Indication::failed; });
    if (!timed && !proven_at_) return SignatureLevel::b_b;
    if (!embedded_) return SignatureLevel::b_t;
    return proven_at_ ? SignatureLevel::b_lta : SignatureLevel::b_lt;
  }

  const PdfSignature& signature_;
  TrustMaterial material_;
  const std::optional<WallTime> proven_at_;
  bool embedded_ = true;  ///< all evidence that was needed so far stands in the file
  SignatureReport report_;
};

std::vector<Certificate> readable(const std::vector<Bytes>& certificates) {
  std::vector<Certificate> all;
  for (const auto& der : certificates) {
    if (auto one = Certificate::from_der(der)) all.push_back(*std::move(one));
  }
  return all;
}

}  // namespace

Result<std::unique_ptr<SignatureVerifier>> SignatureVerifier::create(const VerifierConfig& config,
                                                                     std::shared_ptr<RevocationSource> online) {
  SOHOA_TRY(auto anchors, read_certificates(config.anchors));
  SOHOA_TRY(auto issuers, read_certificates(config.issuers));
  return std::unique_ptr<SignatureVerifier>(
      new SignatureVerifier(std::move(anchors), std::move(issuers), std::move(online)));
}

SignatureReport SignatureVerifier::verify(const PdfSignature& signature, const ValidationData& validation,
                                          std::optional<WallTime> proven_at, WallTime at) const {
  TrustMaterial material{anchors_, issuers_, validation.ocsp_responses, validation.crls, online_.get(), at};
  append(material.pool, readable(validation.certificates));
  return Verification(signature, std::move(material), proven_at).run();
}

std::vector<SignatureReport> SignatureVerifier::verify(const PdfSignatures& file, WallTime at) const {
  std::vector<SignatureReport> reports(file.signatures.size());
  std::optional<WallTime> proven_at;
  // From the last one back: a document timestamp proves what was there before it.
  for (std::size_t i = file.signatures.size(); i-- > 0;) {
    reports[i] = verify(file.signatures[i], file.validation, proven_at, at);
    if (reports[i].kind == SignatureKind::document_timestamp && reports[i].indication == Indication::passed) {
      proven_at = reports[i].time;
    }
  }
  return reports;
}

}  // namespace sohoa::sign
