#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "pipeline/sign/certificate.hpp"
#include "pipeline/sign/der_reader.hpp"

namespace sohoa::sign {

enum class Hash : std::uint8_t { md5, sha1, sha224, sha256, sha384, sha512 };
[[nodiscard]] std::string_view name_of(Hash hash);  ///< "SHA-256"
[[nodiscard]] bool is_strong(Hash hash);            ///< SHA-256 or better
[[nodiscard]] Bytes digest_of(Hash hash, ByteView bytes);

enum class Scheme : std::uint8_t { rsa_pkcs1, rsa_pss, ecdsa };
struct SignatureAlgorithm {
  Scheme scheme = Scheme::rsa_pkcs1;
  Hash hash = Hash::sha256;
  int salt = 0;  ///< bytes, of RSASSA-PSS
};
[[nodiscard]] std::string name_of(const SignatureAlgorithm& algorithm);  ///< "RSASSA-PSS, SHA-256"

/// An AlgorithmIdentifier's hash; nothing where it is unknown or has parameters other than NULL.
[[nodiscard]] std::optional<Hash> hash_of(const der::Element& identifier);
/// A SignerInfo's signatureAlgorithm. `hash`: what its digestAlgorithm says, for identifiers that name none.
[[nodiscard]] std::optional<SignatureAlgorithm> algorithm_of(const der::Element& identifier, Hash hash);

/// Whether `signature` over `digest` is by the certificate's key.
[[nodiscard]] bool verifies(const Certificate& certificate, const SignatureAlgorithm& algorithm, ByteView digest,
                            ByteView signature);

}  // namespace sohoa::sign
