#include "pipeline/sign/validation_collector.hpp"

#include <algorithm>

#include "pipeline/sign/certificate_path.hpp"
#include "pipeline/sign/oids.hpp"
#include "pipeline/sign/read_certificates.hpp"
#include "pipeline/sign/signed_data.hpp"

namespace sohoa::sign {
namespace {

constexpr int longest_path = 8;

template <typename T>
bool add_once(std::vector<T>& all, const T& one) {
  if (std::find(all.begin(), all.end(), one) != all.end()) return false;
  all.push_back(one);
  return true;
}

/// Those that signed: the signer of the CMS, and of each timestamp in it. `pool` gets all their certificates.
Result<std::vector<Certificate>> signers_of(ByteView cms, std::vector<Certificate>& pool) {
  SOHOA_TRY(const auto data, parse_signed_data(cms));
  for (const auto& one : data.certificates) add_once(pool, one);
  std::vector<Certificate> signers;
  if (const auto* signer = data.signer_among(pool)) signers.push_back(*signer);
  for (const auto& attribute : data.unsigned_attributes) {
    if (attribute.type != oid::signature_timestamp) continue;
    for (const auto& token : attribute.values) {
      SOHOA_TRY(const auto within, signers_of(token.whole, pool));
      signers.insert(signers.end(), within.begin(), within.end());
    }
  }
  if (signers.empty()) return Error{ErrorCode::invalid_input, "the signer's certificate is missing"};
  return signers;
}

class ValidationCollector final : public ValidationSource {
 public:
  ValidationCollector(std::vector<Certificate> issuers, std::vector<Certificate> anchors, HttpLimits limits,
                      std::shared_ptr<RevocationSource> revocation)
      : issuers_(std::move(issuers)),
        anchors_(std::move(anchors)),
        http_(std::move(limits)),
        revocation_(std::move(revocation)) {}

  Result<ValidationData> collect(ByteView cms) override {
    Collection collection{issuers_, {}, {}};
    SOHOA_TRY(const auto signers, signers_of(cms, collection.pool));
    for (const auto& signer : signers) SOHOA_DO(collect_for(signer, collection));
    return std::move(collection.data);
  }

 private:
  struct Collection {
    std::vector<Certificate> pool;
    std::vector<Certificate> seen;
    ValidationData data;
  };

  /// The certificate's issuers up to an anchor; what is missing is fetched from where certificates say it is.
  Result<std::vector<Certificate>> path_to_anchor(const Certificate& certificate, Collection& collection) const {
    std::optional<Error> unreachable;
    for (int i = 0; i < longest_path; ++i) {
      const auto path = path_of(certificate, collection.pool, anchors_, now());
      if (path.trusted) return path.certificates;
      if (!fetch_issuers(path.certificates.back(), collection, unreachable)) break;
    }
    // Who could not be asked may know the issuer tomorrow.
    if (unreachable) return *std::move(unreachable);
    return Error{ErrorCode::invalid_input, "\"" + certificate.facts().subject + "\" leads to no trust anchor"};
  }

  /// Whether something new came.
  bool fetch_issuers(const Certificate& of, Collection& collection, std::optional<Error>& unreachable) const {
    bool more = false;
    for (const auto& url : urls_of(of).issuers) {
      const auto file = http_.get(url);
      if (!file) {
        unreachable = Error{ErrorCode::unavailable, file.error().message};
        continue;
      }
      const auto fetched = certificates_from(*file);
      if (!fetched) continue;
      for (const auto& one : *fetched) more |= add_once(collection.pool, one);
    }
    return more;
  }

  Result<void> collect_for(const Certificate& certificate, Collection& collection) const {
    SOHOA_TRY(const auto path, path_to_anchor(certificate, collection));
    for (const auto& one : path) add_once(collection.data.certificates, one.der());
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
      if (is_never_revoked(path[i]) || !add_once(collection.seen, path[i])) continue;
      SOHOA_TRY(const auto answer, revocation_->status(path[i], path[i + 1]));
      if (!answer.ocsp_response.empty()) add_once(collection.data.ocsp_responses, answer.ocsp_response);
      if (!answer.crl.empty()) add_once(collection.data.crls, answer.crl);
      for (const auto& one : answer.responder) {
        add_once(collection.pool, one);
        SOHOA_DO(collect_for(one, collection));
      }
    }
    return {};
  }

  const std::vector<Certificate> issuers_, anchors_;
  const HttpClient http_;
  const std::shared_ptr<RevocationSource> revocation_;
};

}  // namespace

Result<std::unique_ptr<ValidationSource>> open_validation_source(const CollectorConfig& config,
                                                                 std::shared_ptr<RevocationSource> revocation) {
  SOHOA_TRY(auto issuers, read_certificates(config.issuers));
  SOHOA_TRY(auto anchors, read_certificates(config.anchors));
  return std::unique_ptr<ValidationSource>(std::make_unique<ValidationCollector>(std::move(issuers), std::move(anchors),
                                                                                 config.limits, std::move(revocation)));
}

}  // namespace sohoa::sign
