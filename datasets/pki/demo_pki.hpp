#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "datasets/pki/identity.hpp"
#include "pipeline/base/guarded.hpp"

namespace sohoa::pki {

struct DemoPkiOptions {
  std::string url = "http://127.0.0.1:8318";  ///< where its server listens: stands in certificates
  KeyType authority_key = KeyType::p256;
};

/// How a timestamp or an OCSP answer is made wrong on purpose.
enum class Lie : std::uint8_t {
  none,
  nonce,    ///< another nonce than the one asked with
  imprint,  ///< of another digest; OCSP: about another certificate
  refusal,  ///< a proper answer that says no
  signer,   ///< signed by a certificate that may not: a person's
  stale     ///< OCSP and CRL: from last year
};

/// A public key infrastructure for demonstrations and tests: a root, an issuing authority, a timestamp authority and an
/// OCSP responder. Names say that they are specimens (MẪU). Any thread.
class DemoPki {
 public:
  static Result<std::unique_ptr<DemoPki>> create(const DemoPkiOptions& options);
  /// Keys and certificates as PEM files. Errors: not_found, unavailable, resource_exhausted (files).
  static Result<std::unique_ptr<DemoPki>> load(const std::filesystem::path& folder);
  [[nodiscard]] Result<void> save(const std::filesystem::path& folder) const;

  /// A certificate by the issuing authority.
  [[nodiscard]] Result<Identity> issue(const IdentityOptions& options) const;
  void revoke(const std::string& serial, WallTime at, int reason);

  [[nodiscard]] const Identity& root() const { return root_; }
  [[nodiscard]] const Identity& issuing() const { return issuing_; }
  [[nodiscard]] const Identity& timestamper() const { return timestamper_; }
  [[nodiscard]] const Identity& responder() const { return responder_; }

  /// A TimeStampResp to a TimeStampReq (RFC 3161), as of `at`.
  [[nodiscard]] Bytes timestamp(ByteView request, Lie lie, WallTime at) const;
  /// An OCSPResponse to an OCSPRequest (RFC 6960).
  [[nodiscard]] Bytes ocsp(ByteView request, Lie lie, WallTime at) const;
  [[nodiscard]] Bytes root_crl(Lie lie, WallTime at) const { return crl_of(root_, lie, at); }
  [[nodiscard]] Bytes issuing_crl(Lie lie, WallTime at) const { return crl_of(issuing_, lie, at); }

 private:
  struct Revocation {
    WallTime at{};
    int reason = 0;
  };
  using Revocations = std::map<std::string, Revocation>;  // by serial number

  DemoPki(std::string url, Identity root, Identity issuing, Identity timestamper, Identity responder);
  [[nodiscard]] Bytes crl_of(const Identity& authority, Lie lie, WallTime at) const;
  [[nodiscard]] AuthorityUrls urls_of(std::string_view authority) const;
  [[nodiscard]] std::optional<Revocation> revocation_of(const std::string& serial) const;

  const std::string url_;
  const Identity root_, issuing_, timestamper_, responder_;
  Guarded<Revocations> revocations_;
};

}  // namespace sohoa::pki
