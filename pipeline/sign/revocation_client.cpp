#include "pipeline/sign/revocation_client.hpp"

#include <map>

#include "pipeline/base/guarded.hpp"
#include "pipeline/sign/revocation_evidence.hpp"

namespace sohoa::sign {
namespace {

constexpr auto clock_tolerance = std::chrono::minutes(5);
constexpr std::size_t most_kept = 4096;

bool is_fresh(const RevocationEvidence& evidence, WallTime at) {
  return *evidence.facts.said_at <= at + clock_tolerance && evidence.speaks_for(at - clock_tolerance);
}

class RevocationClient final : public RevocationSource {
 public:
  explicit RevocationClient(const RevocationConfig& config) : config_(config), http_(config.limits) {}

  Result<RevocationAnswer> status(const Certificate& certificate, const Certificate& issuer) override {
    const auto at = now();
    if (auto known = kept(certificate, at)) return *std::move(known);
    auto found = ask(certificate, issuer, at);
    keep(certificate, at, found);
    return std::move(found.answer);
  }

 private:
  struct Entry {
    Result<RevocationAnswer> answer;
    WallTime until{};
  };
  using Kept = std::map<Digest, Entry>;  // by the certificate's SHA-256

  std::optional<Result<RevocationAnswer>> kept(const Certificate& certificate, WallTime at) {
    return kept_.with([&](const Kept& all) -> std::optional<Result<RevocationAnswer>> {
      const auto found = all.find(certificate.facts().sha256);
      if (found == all.end() || found->second.until <= at) return std::nullopt;
      return found->second.answer;
    });
  }

  void keep(const Certificate& certificate, WallTime at, const Entry& entry) {
    kept_.with([&](Kept& all) {
      if (all.size() >= most_kept) std::erase_if(all, [&](const auto& one) { return one.second.until <= at; });
      if (all.size() >= most_kept) all.clear();
      all.insert_or_assign(certificate.facts().sha256, entry);
    });
  }

  Entry ask(const Certificate& certificate, const Certificate& issuer, WallTime at) const {
    const auto urls = urls_of(certificate);
    std::string why = "it names nobody who tells";
    for (const auto& url : urls.ocsp) {
      if (auto entry = ask_ocsp(url, certificate, issuer, at, why)) return *std::move(entry);
    }
    for (const auto& url : urls.crl) {
      if (auto entry = ask_crl(url, certificate, issuer, at, why)) return *std::move(entry);
    }
    const auto message = "whether \"" + certificate.facts().subject + "\" was revoked is not known: " + why;
    return {Error{ErrorCode::unavailable, message}, at + config_.pause};
  }

  std::optional<Entry> ask_ocsp(const std::string& url, const Certificate& certificate, const Certificate& issuer,
                                WallTime at, std::string& why) const {
    const auto nonce = random_bytes(16);
    auto response = http_.post(url, "application/ocsp-request", ocsp_request(certificate, issuer, nonce));
    if (!response) {
      why = response.error().message;
      return std::nullopt;
    }
    auto evidence = read_ocsp(*response, certificate, issuer);
    why = url + ": no proper answer";
    if (!evidence || !is_fresh(*evidence, at) || !nonce_fits(*response, nonce)) return std::nullopt;
    // "unknown" is no answer: another responder, or a CRL, may know more.
    if (evidence->facts.state == RevocationFacts::State::unknown) return std::nullopt;
    return Entry{RevocationAnswer{evidence->facts, *std::move(response), {}, std::move(evidence->responder)},
                 until(*evidence, at)};
  }

  std::optional<Entry> ask_crl(const std::string& url, const Certificate& certificate, const Certificate& issuer,
                               WallTime at, std::string& why) const {
    auto crl = http_.get(url);
    if (!crl) {
      why = crl.error().message;
      return std::nullopt;
    }
    const auto evidence = read_crl(*crl, certificate, issuer);
    why = url + ": no proper answer";
    if (!evidence || !is_fresh(*evidence, at)) return std::nullopt;
    return Entry{RevocationAnswer{evidence->facts, {}, *std::move(crl), {}}, until(*evidence, at)};
  }

  [[nodiscard]] WallTime until(const RevocationEvidence& evidence, WallTime at) const {
    return std::min<WallTime>(evidence.next_update.value_or(at), at + config_.keep);
  }

  const RevocationConfig config_;
  const HttpClient http_;
  Guarded<Kept> kept_;
};

}  // namespace

std::shared_ptr<RevocationSource> open_revocation_client(const RevocationConfig& config) {
  return std::make_shared<RevocationClient>(config);
}

}  // namespace sohoa::sign
