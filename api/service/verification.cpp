#include "api/service/verification.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "pipeline/base/file.hpp"
#include "pipeline/model/pdf_change_names.hpp"

namespace sohoa::api {
namespace {

using Ordered = nlohmann::ordered_json;

Ordered both(const Sentence& sentence) {
  return {{"vi", sentence.vietnamese}, {"en", sentence.english}};
}

Ordered value_of(const CertificateFacts& certificate) {
  return {{"subject", certificate.subject},
          {"organization", certificate.organization},
          {"issuer", certificate.issuer},
          {"serial", certificate.serial},
          {"valid_from", iso8601(certificate.not_before)},
          {"valid_until", iso8601(certificate.not_after)},
          {"sha256", certificate.sha256.hex()}};
}

Ordered value_of(const std::vector<SignatureFinding>& findings) {
  Ordered all = Ordered::array();
  for (const auto& finding : findings) {
    Ordered one{{"problem", name_of(finding.problem)}, {"message", both(sentence(finding.problem))}};
    if (!finding.detail.empty()) one["detail"] = finding.detail;
    all.push_back(std::move(one));
  }
  return all;
}

Ordered value_of(const RevocationFacts& facts) {
  Ordered json{{"state", both(sentence(facts.state))}, {"embedded", facts.embedded}};
  if (facts.said_at) json["said_at"] = iso8601(*facts.said_at);
  if (facts.revoked_at) json["revoked_at"] = iso8601(*facts.revoked_at);
  if (!facts.reason.empty()) json["reason"] = facts.reason;
  return json;
}

Ordered value_of(const TimestampReport& report) {
  Ordered json{{"indication", name_of(report.indication)},
               {"time", iso8601(report.time)},
               {"findings", value_of(report.findings)}};
  if (report.authority) json["authority"] = value_of(*report.authority);
  return json;
}

Ordered value_of(const PdfChange& change) {
  Ordered json{{"kind", name_of(change.kind)},
               {"message", both(sentence(change.kind))},
               {"revision", change.revision},
               {"what", change.what}};
  if (change.page > 0) json["page"] = change.page;
  return json;
}

Ordered value_of(const PdfSignature& found, const SignatureReport& report) {
  Ordered json{{"field", report.field},
               {"kind", both(sentence(report.kind))},
               {"sub_filter", found.sub_filter},
               {"indication", name_of(report.indication)},
               {"message", both(sentence(report.indication))},
               {"intact", report.intact},
               {"trusted", report.trusted},
               {"covers_file", found.covers_file},
               {"revision", found.revision}};
  if (found.page > 0) json["page"] = found.page;
  if (report.signer) json["signer"] = value_of(*report.signer);
  json["algorithms"] = report.algorithms;
  if (report.time) json["time"] = iso8601(*report.time);
  json["time_basis"] = both(sentence(report.basis));
  json["valid_at_signing"] = report.valid_at_signing;
  json["revocation"] = value_of(report.revocation);
  if (report.level) json["level"] = name_of(*report.level);
  json["timestamps"] = Ordered::array();
  for (const auto& one : report.timestamps) json["timestamps"].push_back(value_of(one));
  json["findings"] = value_of(report.findings);
  json["changes"] = Ordered::array();
  for (const auto& change : found.changes) json["changes"].push_back(value_of(change));
  return json;
}

Ordered values_of(const PdfSignatures& found, const std::vector<SignatureReport>& reports) {
  Ordered all = Ordered::array();
  for (std::size_t i = 0; i < std::min(reports.size(), found.signatures.size()); ++i) {
    all.push_back(value_of(found.signatures[i], reports[i]));
  }
  return all;
}

std::string dump(const Ordered& json) {
  return json.dump(-1, ' ', false, Ordered::error_handler_t::replace);
}

}  // namespace

Indication Verification::indication() const {
  auto worst = reports.empty() ? Indication::indeterminate : Indication::passed;
  for (const auto& report : reports) {
    if (report.indication == Indication::failed) return Indication::failed;
    if (report.indication == Indication::indeterminate) worst = Indication::indeterminate;
  }
  return worst;
}

Result<Verification> VerificationService::verify(int fd, const std::string& name) {
  Verification made;
  made.name = name;
  SOHOA_TRY(made.size, file_size(fd));
  Sha256 hash;
  SOHOA_DO(read_pieces(fd, 0, made.size, [&](ByteView piece) -> Result<void> {
    hash.update(piece);
    return {};
  }));
  made.sha256 = hash.finish();
  SOHOA_TRY(made.found, checks_.signatures(fd, name));
  made.reports = verifier_.verify(made.found, now());
  return made;
}

std::string signatures_json(const PdfSignatures& found, const std::vector<SignatureReport>& reports) {
  return dump(values_of(found, reports));
}

std::string to_json(const Verification& it) {
  Ordered json{{"file", it.name},
               {"sha256", it.sha256.hex()},
               {"size", it.size},
               {"indication", name_of(it.indication())},
               {"message", both(sentence(it.indication()))},
               {"revisions", it.found.revisions},
               {"findings", it.found.findings},
               {"signatures", values_of(it.found, it.reports)}};
  return dump(json);
}

}  // namespace sohoa::api
