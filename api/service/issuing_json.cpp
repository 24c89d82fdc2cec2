#include "api/service/issuing_json.hpp"

#include "api/service/json_members.hpp"

namespace sohoa::api {
namespace {

using Ordered = nlohmann::ordered_json;

Ordered value_of(const MadeSignature& signature) {
  const auto& certificate = signature.certificate;
  return {{"role", name_of(signature.role)},
          {"signer", certificate.subject},
          {"organization", certificate.organization},
          {"issuer", certificate.issuer},
          {"serial", certificate.serial},
          {"valid_from", iso8601(certificate.not_before)},
          {"valid_until", iso8601(certificate.not_after)},
          {"at", iso8601(signature.at)},
          {"timestamped", signature.timestamped}};
}

std::string dump(const Ordered& json) {
  return json.dump(-1, ' ', false, Ordered::error_handler_t::replace);
}

}  // namespace

Ordered value_of(const IssuanceRecord& record) {
  const auto& it = record.issuance;
  Ordered json{
      {"document", it.document.value}, {"number", it.number}, {"version", it.version}, {"kind", name_of(it.kind)}};
  if (it.form != CopyForm::none) json["form"] = name_of(it.form);
  json["code"] = it.code.value;
  json["by"] = {{it.by.kind == Actor::Kind::officer ? "officer" : "service", it.by.id}};
  json["name"] = it.by_name;
  json["at"] = iso8601(it.at);
  json["pdf"] = {{"sha256", it.pdf.digest.hex()}, {"size", it.pdf.size}};
  json["level"] = name_of(it.level);
  json["timestamp_pending"] = it.timestamp_pending;
  json["signatures"] = Ordered::array();
  for (const auto& signature : it.signatures) json["signatures"].push_back(value_of(signature));
  json["receipt"] = {{"entry", record.receipt.entry},
                     {"entry_hash", record.receipt.entry_hash.hex()},
                     {"recorded_at", record.receipt.recorded_at}};
  return json;
}

std::string to_json(const IssuanceRecord& record) {
  return dump(value_of(record));
}

std::string to_json(const IssuedPaper& paper) {
  if (paper.issued) return to_json(*paper.issued);
  const auto& error = paper.issued.error();
  return dump(
      {{"document", paper.document.value}, {"error", {{"code", name_of(error.code)}, {"message", error.message}}}});
}

Result<IssueRequest> read_issue_request(const std::string& json_text) {
  constexpr std::size_t longest_name = 200;  // bytes: it stands in a mark on the page
  SOHOA_TRY(const auto json, parsed(json_text));
  Members in(json);
  IssueRequest request;
  if (!in.has("kind")) in.wrong("kind", "is missing");
  request.kind = in.named("kind", issue_kind_of, request.kind);
  request.form = in.named("form", copy_form_of, request.form);
  if (request.form != CopyForm::none && request.kind != IssueKind::electronic_copy) {
    in.wrong("form", "is of electronic copies alone");
  }
  Members by(in.object("by"));
  request.by = {Actor::Kind::officer, by.text("officer")};
  if (request.by.id.empty()) by.wrong("officer", "is empty");
  request.by_name = in.optional_text("name");
  if (request.by_name.size() > longest_name) in.wrong("name", "is longer than 200 bytes");
  SOHOA_DO(in.end(""));
  SOHOA_DO(by.end("by"));
  return request;
}

}  // namespace sohoa::api
