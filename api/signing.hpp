#pragma once

#include <memory>

#include "api/config/config.hpp"
#include "pipeline/ports/signer.hpp"
#include "pipeline/sign/signature_verifier.hpp"

namespace sohoa::api {

// Wiring, third part: the concrete classes behind keys, timestamps and revocation.

/// Keys and whom they need, as configured. A key is opened when it is first wanted, so that digitizing never waits for
/// a token; one that is away is looked for again, a wrong PIN is not tried twice. Any thread.
class SigningDesk final : public SigningKeys {
 public:
  /// Errors: invalid_input (settings that contradict each other), not_found (files of certificates).
  static Result<std::unique_ptr<SigningDesk>> open(const Config& config);
  ~SigningDesk() override;

  Result<Signer*> person() override;
  Result<Signer*> agency() override;
  [[nodiscard]] TimestampAuthority* timestamps();
  [[nodiscard]] ValidationSource* validation();
  [[nodiscard]] const sign::SignatureVerifier& verifier() const;
  /// The same, which asks nobody: for files as they come in.
  [[nodiscard]] const sign::SignatureVerifier& offline_verifier() const;

 private:
  struct Parts;
  explicit SigningDesk(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace sohoa::api
