#include "archive/issuance_json.hpp"

#include <algorithm>

#include "archive/stored_values.hpp"
#include "pipeline/base/date.hpp"

namespace sohoa {
namespace {

using namespace std::chrono_literals;

/// Certificates "without a well-defined end" last until 9999-12-31T23:59:59Z (RFC 5280, 4.1.2.5), which in our zone is
/// the year 10000: more than our times can say.
WallTime last_time() {
  return start_of(Date(std::chrono::year(9999) / std::chrono::December / 31)) + 24h - 1ms;
}

Json certificate_value(const CertificateFacts& certificate) {
  Json json{{"subject", text_value(certificate.subject)},
            {"issuer", text_value(certificate.issuer)},
            {"serial", text_value(certificate.serial)},
            {"not_before", iso8601(certificate.not_before)},
            {"not_after", iso8601(std::min(certificate.not_after, last_time()))},
            {"sha256", certificate.sha256.hex()}};
  if (!certificate.organization.empty()) json["organization"] = text_value(certificate.organization);
  return json;
}

CertificateFacts read_certificate(JsonReader in) {
  CertificateFacts certificate;
  certificate.subject = in.text("subject");
  if (in.has("organization")) certificate.organization = in.text("organization");
  certificate.issuer = in.text("issuer");
  certificate.serial = in.text("serial");
  certificate.not_before = in.time("not_before");
  certificate.not_after = in.time("not_after");
  certificate.sha256 = in.digest("sha256");
  return certificate;
}

Json signature_value(const MadeSignature& signature) {
  Json json{{"role", std::string(name_of(signature.role))},
            {"certificate", certificate_value(signature.certificate)},
            {"at", iso8601(signature.at)}};
  if (signature.timestamped) json["timestamped"] = true;
  return json;
}

MadeSignature read_signature(JsonReader in) {
  using Role = MadeSignature::Role;
  MadeSignature signature;
  const auto role = by_name(in.text("role"), Role::agency, [](auto one) { return name_of(one); });
  if (!role) in.fail("role", "is unknown");
  signature.role = role.value_or(Role::person);
  signature.certificate = read_certificate(in.object("certificate"));
  signature.at = in.time("at");
  if (in.has("timestamped")) signature.timestamped = in.flag("timestamped");
  return signature;
}

std::uint32_t counted_from_1(JsonReader& in, const char* key) {
  const auto number = in.number32(key);
  if (number == 0) in.fail(key, "is 0");
  return number;
}

}  // namespace

Json code_value(const CodeGiven& given) {
  return {{"kind", code_kind},
          {"by", actor_value(given.by)},
          {"code", text_value(given.code.value)},
          {"document", given.document.value}};
}

CodeGiven read_code(JsonReader in) {
  return {{in.text("document")}, {in.text("code")}, read_actor(in.object("by"))};
}

Json issuance_value(const Issuance& issuance) {
  Json json{{"kind", issuance_kind},
            {"document", issuance.document.value},
            {"number", issuance.number},
            {"version", issuance.version},
            {"as", std::string(name_of(issuance.kind))},
            {"code", text_value(issuance.code.value)},
            {"by", actor_value(issuance.by)},
            {"at", iso8601(issuance.at)},
            {"pdf", object_value(issuance.pdf)},
            {"level", std::string(name_of(issuance.level))}};
  if (issuance.form != CopyForm::none) json["form"] = std::string(name_of(issuance.form));
  if (!issuance.by_name.empty()) json["by_name"] = text_value(issuance.by_name);
  if (issuance.timestamp_pending) json["timestamp_pending"] = true;
  for (const auto& signature : issuance.signatures) json["signatures"].push_back(signature_value(signature));
  return json;
}

Issuance read_issuance(JsonReader in) {
  Issuance issuance;
  issuance.document = {in.text("document")};
  issuance.number = counted_from_1(in, "number");
  issuance.version = counted_from_1(in, "version");
  const auto kind = issue_kind_of(in.text("as"));
  if (!kind) in.fail("as", "is unknown");
  issuance.kind = kind.value_or(IssueKind::digitized_copy);
  const auto form = in.has("form") ? copy_form_of(in.text("form")) : CopyForm::none;
  if (!form) in.fail("form", "is unknown");
  issuance.form = form.value_or(CopyForm::none);
  issuance.code = {in.text("code")};
  issuance.by = read_actor(in.object("by"));
  if (in.has("by_name")) issuance.by_name = in.text("by_name");
  issuance.at = in.time("at");
  issuance.pdf = read_object(in.object("pdf"));
  const auto level = by_name(in.text("level"), SignatureLevel::b_lta, [](auto one) { return name_of(one); });
  if (!level) in.fail("level", "is unknown");
  issuance.level = level.value_or(SignatureLevel::b_b);
  if (in.has("timestamp_pending")) issuance.timestamp_pending = in.flag("timestamp_pending");
  if (!in.has("signatures")) return issuance;
  for (const auto& one : in.array("signatures")) issuance.signatures.push_back(read_signature(in.of(one)));
  return issuance;
}

}  // namespace sohoa
