#include "pipeline/sign/open_signer.hpp"

#include "pipeline/sign/certificate_path.hpp"
#include "pipeline/sign/cms_writer.hpp"
#include "pipeline/sign/read_certificates.hpp"

namespace sohoa::sign {
namespace {

constexpr std::size_t room_for_attributes = 8192;  // signature, attributes, algorithm, padding

class CmsSigner final : public Signer {
 public:
  CmsSigner(SigningIdentity identity, std::vector<Certificate> pool, std::vector<Certificate> anchors,
            SignerServices services)
      : key_(std::move(identity.key)),
        certificate_(std::move(identity.certificate)),
        pool_(std::move(pool)),
        anchors_(std::move(anchors)),
        services_(std::move(services)),
        issuers_(issuers_below_root()) {}

  [[nodiscard]] const CertificateFacts& certificate() const override { return certificate_.facts(); }

  [[nodiscard]] std::size_t room() const override {
    std::size_t bytes = certificate_.der().size() + room_for_attributes;
    for (const auto& one : issuers_) bytes += one.der().size();
    return bytes + (services_.timestamps ? services_.timestamps->room() : 0);
  }

  [[nodiscard]] Result<void> check(WallTime at) override {
    if (!may_sign_documents(certificate_)) return refusal({SignatureProblem::wrong_usage, ""});
    const auto path = path_of(certificate_, pool_, anchors_, at);
    if (!path.findings.empty()) return refusal(path.findings.front());
    if (!services_.revocation) return {};
    for (std::size_t i = 0; i + 1 < path.certificates.size(); ++i) {
      const auto& one = path.certificates[i];
      SOHOA_TRY(const auto answer, services_.revocation->status(one, path.certificates[i + 1]));
      if (answer.facts.state == RevocationFacts::State::revoked) {
        return refusal({SignatureProblem::revoked, one.facts().subject});
      }
      if (answer.facts.state == RevocationFacts::State::unknown) {
        return Error{ErrorCode::unavailable, "nobody tells whether \"" + one.facts().subject + "\" was revoked"};
      }
    }
    return {};
  }

  Result<CmsSignature> sign(const Digest& content, bool timestamp) override {
    const CmsWriter writer(certificate_, issuers_, content);
    SOHOA_TRY(const auto signature, key_->sign(writer.to_be_signed()));
    CmsSignature made;
    std::optional<Bytes> token;
    if (timestamp) {
      auto answer = services_.timestamps ? services_.timestamps->timestamp(sha256(signature))
                                         : Error{ErrorCode::unavailable, "no timestamp authority is configured"};
      if (answer) {
        token = *std::move(answer);
      } else {
        made.timestamp_error = std::move(answer).error();
      }
    }
    made.der = writer.finish(signature, token);
    return made;
  }

 private:
  [[nodiscard]] Error refusal(const SignatureFinding& finding) const {
    const auto about = finding.detail.empty() ? certificate_.facts().subject : finding.detail;
    return {ErrorCode::invalid_input,
            "the certificate may not sign: " + std::string(name_of(finding.problem)) + ": " + about};
  }

  /// The chain that goes with each signature: without the root, which a verifier has or does not trust.
  [[nodiscard]] std::vector<Certificate> issuers_below_root() const {
    const auto path = path_of(certificate_, pool_, anchors_, certificate_.facts().not_before);
    std::vector<Certificate> issuers;
    for (std::size_t i = 1; i < path.certificates.size(); ++i) {
      if (!path.certificates[i].self_issued()) issuers.push_back(path.certificates[i]);
    }
    return issuers;
  }

  const std::unique_ptr<PrivateKey> key_;
  const Certificate certificate_;
  const std::vector<Certificate> pool_;
  const std::vector<Certificate> anchors_;
  const SignerServices services_;
  const std::vector<Certificate> issuers_;
};

}  // namespace

Result<std::unique_ptr<Signer>> open_signer(const SignerConfig& config, SignerServices services) {
  SOHOA_TRY(auto pool, read_certificates(config.issuers));
  SOHOA_TRY(auto anchors, read_certificates(config.anchors));
  const auto* token = std::get_if<Pkcs11Place>(&config.key);
  const auto* file = std::get_if<Pkcs12Place>(&config.key);
  SOHOA_TRY(auto identity, token != nullptr ? open_pkcs11(*token, pool) : open_pkcs12(file->file, file->password));
  pool.insert(pool.end(), identity.others.begin(), identity.others.end());
  return std::unique_ptr<Signer>(
      std::make_unique<CmsSigner>(std::move(identity), std::move(pool), std::move(anchors), std::move(services)));
}

}  // namespace sohoa::sign
