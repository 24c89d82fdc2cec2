#include "pipeline/sign/verify_digest.hpp"

#include <openssl/rsa.h>

#include <algorithm>
#include <array>

#include "pipeline/sign/handles.hpp"
#include "pipeline/sign/oids.hpp"

namespace sohoa::sign {
namespace {

struct HashFacts {
  Hash hash;
  std::string_view name;
  std::string_view identifier;
  const EVP_MD* (*algorithm)();
};
constexpr std::array hashes{HashFacts{Hash::md5, "MD5", oid::md5, EVP_md5},
                            HashFacts{Hash::sha1, "SHA-1", oid::sha1, EVP_sha1},
                            HashFacts{Hash::sha224, "SHA-224", oid::sha224, EVP_sha224},
                            HashFacts{Hash::sha256, "SHA-256", oid::sha256, EVP_sha256},
                            HashFacts{Hash::sha384, "SHA-384", oid::sha384, EVP_sha384},
                            HashFacts{Hash::sha512, "SHA-512", oid::sha512, EVP_sha512}};

const HashFacts& facts_of(Hash hash) {
  return hashes[static_cast<std::size_t>(hash)];
}

struct NamedAlgorithm {
  std::string_view identifier;
  Scheme scheme;
  Hash hash;
};
constexpr std::array algorithms{NamedAlgorithm{oid::rsa_md5, Scheme::rsa_pkcs1, Hash::md5},
                                NamedAlgorithm{oid::rsa_sha1, Scheme::rsa_pkcs1, Hash::sha1},
                                NamedAlgorithm{oid::rsa_sha224, Scheme::rsa_pkcs1, Hash::sha224},
                                NamedAlgorithm{oid::rsa_sha256, Scheme::rsa_pkcs1, Hash::sha256},
                                NamedAlgorithm{oid::rsa_sha384, Scheme::rsa_pkcs1, Hash::sha384},
                                NamedAlgorithm{oid::rsa_sha512, Scheme::rsa_pkcs1, Hash::sha512},
                                NamedAlgorithm{oid::ecdsa_sha1, Scheme::ecdsa, Hash::sha1},
                                NamedAlgorithm{oid::ecdsa_sha224, Scheme::ecdsa, Hash::sha224},
                                NamedAlgorithm{oid::ecdsa_sha256, Scheme::ecdsa, Hash::sha256},
                                NamedAlgorithm{oid::ecdsa_sha384, Scheme::ecdsa, Hash::sha384},
                                NamedAlgorithm{oid::ecdsa_sha512, Scheme::ecdsa, Hash::sha512}};

/// Parameters are absent or NULL (RFC 3370, 2.1).
bool ends_plainly(der::Reader& identifier) {
  if (const auto null = identifier.next_if(der::Tag::null); null && !null->content.empty()) return false;
  return identifier.done();
}

/// RSASSA-PSS-params (RFC 4055, 3.1), whose defaults are SHA-1 and a salt of 20 bytes.
std::optional<SignatureAlgorithm> pss(der::Reader parameters) {
  SignatureAlgorithm algorithm{Scheme::rsa_pss, Hash::sha1, 20};
  std::optional<Hash> hash = Hash::sha1, mask = Hash::sha1;
  if (const auto element = parameters.next_if(der::context(0))) {
    hash = hash_of(der::Reader(element->content).next(der::Tag::sequence));
  }
  if (const auto element = parameters.next_if(der::context(1))) {
    auto generator = der::Reader(element->content).inside(der::Tag::sequence);
    if (as_text(generator.next(der::Tag::object_id).content) != oid::mgf1) return std::nullopt;
    mask = hash_of(generator.next(der::Tag::sequence));
  }
  if (const auto element = parameters.next_if(der::context(2))) {
    algorithm.salt = static_cast<int>(std::min<std::uint64_t>(der::Reader(element->content).number(), 1024));
  }
  if (const auto element = parameters.next_if(der::context(3))) {
    if (der::Reader(element->content).number() != 1) return std::nullopt;
  }
  // A mask of another hash exists in the standard and nowhere else.
  if (!parameters.done() || !hash || hash != mask) return std::nullopt;
  algorithm.hash = *hash;
  return algorithm;
}

bool fits(int key_type, Scheme scheme) {
  if (scheme == Scheme::ecdsa) return key_type == EVP_PKEY_EC;
  return key_type == EVP_PKEY_RSA || (key_type == EVP_PKEY_RSA_PSS && scheme == Scheme::rsa_pss);
}

bool set_padding(EVP_PKEY_CTX& context, const SignatureAlgorithm& algorithm, const EVP_MD* hash) {
  if (algorithm.scheme == Scheme::ecdsa) return true;
  if (algorithm.scheme == Scheme::rsa_pkcs1) return EVP_PKEY_CTX_set_rsa_padding(&context, RSA_PKCS1_PADDING) == 1;
  return EVP_PKEY_CTX_set_rsa_padding(&context, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_mgf1_md(&context, hash) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(&context, algorithm.salt) == 1;
}

}  // namespace

std::string_view name_of(Hash hash) {
  return facts_of(hash).name;
}

bool is_strong(Hash hash) {
  return hash >= Hash::sha256;
}

Bytes digest_of(Hash hash, ByteView bytes) {
  Bytes digest(EVP_MAX_MD_SIZE);
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, facts_of(hash).algorithm(), nullptr) != 1) size = 0;
  digest.resize(size);
  return digest;
}

std::string name_of(const SignatureAlgorithm& algorithm) {
  constexpr std::array<std::string_view, 3> schemes{"RSA PKCS#1 v1.5", "RSASSA-PSS", "ECDSA"};
  return std::string(schemes[static_cast<std::size_t>(algorithm.scheme)]) + ", " + std::string(name_of(algorithm.hash));
}

std::optional<Hash> hash_of(const der::Element& identifier) {
  der::Reader parts(identifier.content);
  const auto wanted = as_text(parts.next(der::Tag::object_id).content);
  const auto* found = std::find_if(hashes.begin(), hashes.end(), [&](auto& one) { return one.identifier == wanted; });
  if (found == hashes.end() || !ends_plainly(parts)) return std::nullopt;
  return found->hash;
}

std::optional<SignatureAlgorithm> algorithm_of(const der::Element& identifier, Hash hash) {
  der::Reader parts(identifier.content);
  const auto wanted = as_text(parts.next(der::Tag::object_id).content);
  if (wanted == oid::rsa_pss) {
    const auto parameters = parts.inside(der::Tag::sequence);
    return parts.done() ? pss(parameters) : std::nullopt;
  }
  if (!ends_plainly(parts)) return std::nullopt;
  if (wanted == oid::rsa) return SignatureAlgorithm{Scheme::rsa_pkcs1, hash, 0};
  const auto* found =
      std::find_if(algorithms.begin(), algorithms.end(), [&](auto& one) { return one.identifier == wanted; });
  if (found == algorithms.end()) return std::nullopt;
  return SignatureAlgorithm{found->scheme, found->hash, 0};
}

bool verifies(const Certificate& certificate, const SignatureAlgorithm& algorithm, ByteView digest,
              ByteView signature) {
  auto* key = X509_get0_pubkey(certificate.get());
  if (key == nullptr || !fits(EVP_PKEY_get_base_id(key), algorithm.scheme)) return false;
  const auto* hash = facts_of(algorithm.hash).algorithm();
  const KeyContextHandle context(EVP_PKEY_CTX_new(key, nullptr));
  const bool right =
      context && EVP_PKEY_verify_init(context.get()) == 1 && EVP_PKEY_CTX_set_signature_md(context.get(), hash) == 1 &&
      set_padding(*context, algorithm, hash) &&
      EVP_PKEY_verify(context.get(), signature.data(), signature.size(), digest.data(), digest.size()) == 1;
  ERR_clear_error();
  return right;
}

}  // namespace sohoa::sign
