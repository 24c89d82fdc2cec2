#include "pipeline/sign/timestamp_client.hpp"

#include "pipeline/sign/certificate_path.hpp"
#include "pipeline/sign/oids.hpp"
#include "pipeline/sign/read_certificates.hpp"
#include "pipeline/sign/timestamp_token.hpp"

namespace sohoa::sign {
namespace {

constexpr auto most_clock_difference = std::chrono::hours(1);

Bytes request_for(const Digest& digest, const Bytes& nonce) {
  const auto hash = der::sequence({der::object_id(oid::sha256), der::null()});
  return der::sequence(
      {der::integer(1), der::sequence({hash, der::octet_string(digest.view())}), nonce, der::boolean_true()});
}

Error wrong(std::string_view what) {
  return {ErrorCode::data_loss, "timestamp authority: " + std::string(what)};
}

/// The token of a TimeStampResp. PKIStatus 0 and 1 grant it (RFC 3161, 2.4.2).
Result<ByteView> granted(ByteView response) {
  der::Reader outer(response);
  auto parts = outer.inside(der::Tag::sequence);
  auto status = parts.inside(der::Tag::sequence);
  const auto code = status.number();
  if (!parts.ok() || !status.ok() || !outer.done()) return wrong("a malformed answer");
  // Refusals are answers too, and may be others tomorrow: over a quota, out of service.
  if (code > 1) return Error{ErrorCode::unavailable, "timestamp authority: it refuses: " + std::to_string(code)};
  const auto token = parts.next(der::Tag::sequence);
  if (!parts.done()) return wrong("a malformed answer");
  return token.whole;
}

class TimestampClient final : public TimestampAuthority {
 public:
  TimestampClient(const TimestampConfig& config, std::vector<Certificate> anchors)
      : url_(config.url), room_(config.room), anchors_(std::move(anchors)), http_(config.limits) {}

  [[nodiscard]] std::size_t room() const override { return room_; }

  Result<Bytes> timestamp(const Digest& digest) override {
    const auto nonce = der::integer(ByteView(random_bytes(8)));
    SOHOA_TRY(const auto response, http_.post(url_, "application/timestamp-query", request_for(digest, nonce)));
    SOHOA_TRY(const auto token, granted(response));
    SOHOA_DO(check(token, digest, nonce));
    return Bytes(token.begin(), token.end());
  }

 private:
  [[nodiscard]] Result<void> check(ByteView token, const Digest& digest, const Bytes& nonce) const {
    if (token.size() > room_) return wrong("a token of " + std::to_string(token.size()) + " bytes");
    const ContentDigest covered = [&](Hash hash) {
      return hash == Hash::sha256 ? Bytes(digest.bytes.begin(), digest.bytes.end()) : Bytes();
    };
    auto checked = check_timestamp(token, covered, {});
    if (!checked) return wrong(checked.error().message);
    auto& findings = checked->findings;
    const auto at = now();
    if (checked->signer.certificate) {
      const auto path = path_of(*checked->signer.certificate, checked->data.certificates, anchors_, at);
      findings.insert(findings.end(), path.findings.begin(), path.findings.end());
    }
    if (!findings.empty()) return wrong(name_of(findings.front().problem));
    if (der::element(der::Tag::integer, checked->info.nonce) != nonce) return wrong("an answer to another question");
    const auto difference = checked->info.time > at ? checked->info.time - at : at - checked->info.time;
    if (difference > most_clock_difference) return wrong("its clock is not ours");
    return {};
  }

  const std::string url_;
  const std::size_t room_;
  const std::vector<Certificate> anchors_;
  const HttpClient http_;
};

}  // namespace

Result<std::unique_ptr<TimestampAuthority>> open_timestamp_authority(const TimestampConfig& config) {
  SOHOA_TRY(auto anchors, read_certificates(config.anchors));
  return std::unique_ptr<TimestampAuthority>(std::make_unique<TimestampClient>(config, std::move(anchors)));
}

}  // namespace sohoa::sign
