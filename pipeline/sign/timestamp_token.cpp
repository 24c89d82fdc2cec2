#include "pipeline/sign/timestamp_token.hpp"

#include "pipeline/sign/oids.hpp"
#include "pipeline/sign/times.hpp"

namespace sohoa::sign {
namespace {

using der::Reader;
using der::Tag;

Error malformed() {
  return {ErrorCode::invalid_input, "malformed timestamp"};
}

/// version, policy, messageImprint, serialNumber, genTime, accuracy?, ordering?, nonce?, [0] tsa?, [1] extensions?
Result<TimestampInfo> info_of(ByteView content) {
  Reader outer(content);
  auto parts = outer.inside(Tag::sequence);
  const auto version = parts.number();
  parts.next(Tag::object_id);
  auto imprint = parts.inside(Tag::sequence);
  const auto hash = hash_of(imprint.next(Tag::sequence));
  const auto digest = imprint.next(Tag::octet_string);
  parts.next(Tag::integer);
  const auto time = generalized_time(as_text(parts.next(Tag::generalized_time).content));
  parts.next_if(Tag::sequence);
  parts.next_if(Tag::boolean);
  const auto nonce = parts.next_if(Tag::integer);
  parts.next_if(der::context(0));
  parts.next_if(der::context(1));
  if (!parts.done() || !imprint.done() || !outer.done() || version != 1 || !hash || !time) return malformed();
  TimestampInfo info{*hash, Bytes(digest.content.begin(), digest.content.end()), *time, {}};
  if (nonce) info.nonce.assign(nonce->content.begin(), nonce->content.end());
  return info;
}

}  // namespace

Result<CheckedTimestamp> check_timestamp(ByteView token, const ContentDigest& covered,
                                         const std::vector<Certificate>& pool) {
  CheckedTimestamp checked;
  SOHOA_TRY(checked.data, parse_signed_data(token));
  if (checked.data.content_type != oid::timestamp_info || !checked.data.content) return malformed();
  SOHOA_TRY(checked.info, info_of(*checked.data.content));
  const ContentDigest none = [](Hash) { return Bytes(); };
  checked.signer = check_signed_data(checked.data, Profile::timestamp, none, pool);
  checked.findings = checked.signer.findings;
  const auto expected = covered(checked.info.hash);
  const bool covers = !expected.empty() && expected == checked.info.imprint;
  if (!covers) checked.findings.push_back({SignatureProblem::hash_failure, "timestamp"});
  if (!is_strong(checked.info.hash)) {
    checked.findings.push_back({SignatureProblem::weak_hash, std::string(name_of(checked.info.hash))});
  }
  if (checked.signer.certificate && !may_timestamp(*checked.signer.certificate)) {
    checked.findings.push_back({SignatureProblem::wrong_usage, checked.signer.certificate->facts().subject});
  }
  checked.intact = covers && checked.signer.intact;
  return checked;
}

}  // namespace sohoa::sign
