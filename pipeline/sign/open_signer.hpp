#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "pipeline/ports/signer.hpp"
#include "pipeline/sign/pkcs11_key.hpp"
#include "pipeline/sign/revocation.hpp"

namespace sohoa::sign {

struct Pkcs12Place {
  std::filesystem::path file;
  std::string password;
};

/// A signature costs 0.35 ms with RSA-2048 and 0.03 ms with P-256 of a PKCS#12 file, its check 0.5 ms, without a
/// network (Xeon of 2023, one core).
struct SignerConfig {
  std::variant<Pkcs12Place, Pkcs11Place> key;
  /// Issuers that lie not with the key, and what must be trusted, each PEM or DER.
  std::vector<std::filesystem::path> issuers, anchors;
};

/// What a signer asks; either may be none: then a signature never bears a timestamp, and `check` takes it that nobody
/// revokes.
struct SignerServices {
  std::shared_ptr<TimestampAuthority> timestamps;
  std::shared_ptr<RevocationSource> revocation;
};

/// Opens the key and completes the certificate's chain; whether it may sign is for Signer::check to tell.
/// Errors: as open_pkcs12 and open_pkcs11; invalid_input where a file of certificates holds none.
Result<std::unique_ptr<Signer>> open_signer(const SignerConfig& config, SignerServices services);

}  // namespace sohoa::sign
