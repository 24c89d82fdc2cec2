#include "pipeline/sign/check_signed_data.hpp"

#include <algorithm>

#include "pipeline/sign/handles.hpp"
#include "pipeline/sign/oids.hpp"
#include "pipeline/sign/times.hpp"

namespace sohoa::sign {
namespace {

using der::Reader;
using der::Tag;
using enum SignatureProblem;

bool same(ByteView one, ByteView other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end());
}

/// One check of one SignedData, step by step; each adds what it finds.
class Check {
 public:
  Check(const SignedData& data, Profile profile, const ContentDigest& digest)
      : data_(data), profile_(profile), digest_(digest) {}

  CheckedSigner run(const std::vector<Certificate>& pool) {
    find_certificate(pool);
    const bool content = content_fits();
    const bool attributes = attributes_fit();
    const bool key = signature_fits();
    signer_.intact = content && attributes && key;
    look_at_strength();
    look_at_unsigned_attributes();
    return std::move(signer_);
  }

 private:
  void add(SignatureProblem problem, std::string detail = {}) {
    signer_.findings.push_back({problem, std::move(detail)});
  }

  void find_certificate(const std::vector<Certificate>& pool) {
    const auto* found = data_.signer_among(data_.certificates);
    if (found == nullptr) found = data_.signer_among(pool);
    if (found == nullptr) return add(no_certificate);
    signer_.certificate = *found;
  }

  /// The digest of the signed content, by the signer's hash.
  [[nodiscard]] Bytes content_digest(Hash hash) const {
    return data_.content ? digest_of(hash, *data_.content) : digest_(hash);
  }

  /// The attribute message-digest holds the content's, where there are signed attributes (RFC 5652, 5.4 and 11.2).
  bool content_fits() {
    signer_.content_hash = hash_of(data_.digest_algorithm);
    if (!signer_.content_hash) {
      add(unsupported_algorithm);
      return false;
    }
    const auto digest = content_digest(*signer_.content_hash);
    if (digest.empty()) {
      add(unsupported_algorithm, std::string(name_of(*signer_.content_hash)));
      return false;
    }
    if (!data_.signed_attributes_content) return true;  // then the signature itself tells
    const auto value = only_value(data_.signed_attributes, oid::message_digest);
    if (!value || !value->is(Tag::octet_string)) {
      add(malformed, "message-digest");
      return false;
    }
    if (same(value->content, digest)) return true;
    add(hash_failure);
    return false;
  }

  bool attributes_fit() {
    if (const auto time = only_value(data_.signed_attributes, oid::signing_time)) {
      const auto text = as_text(time->content);
      signer_.claimed_time = time->is(Tag::generalized_time) ? generalized_time(text) : utc_time(text);
    }
    if (profile_ == Profile::pades && has(data_.signed_attributes, oid::signing_time)) add(signing_time_in_pades);
    return content_type_fits() && signing_certificate_fits();
  }

  bool content_type_fits() {
    const auto wanted = profile_ == Profile::timestamp ? oid::timestamp_info : oid::data;
    const auto value = only_value(data_.signed_attributes, oid::content_type);
    const bool attribute = value && value->is(Tag::object_id) && as_text(value->content) == wanted;
    if (data_.content_type == wanted && (attribute || !data_.signed_attributes_content)) return true;
    add(malformed, "content-type");
    return false;
  }

  /// signing-certificate (RFC 2634, 5.4, by SHA-1) or signing-certificate-v2 (RFC 5035, 3): the first names the signer.
  bool signing_certificate_fits() {
    const bool second = has(data_.signed_attributes, oid::signing_certificate_v2);
    if (!second && !has(data_.signed_attributes, oid::signing_certificate)) {
      if (profile_ != Profile::legacy) add(signing_certificate_missing);
      return true;
    }
    if (!signer_.certificate) return true;  // told already
    const auto value =
        only_value(data_.signed_attributes, second ? oid::signing_certificate_v2 : oid::signing_certificate);
    if (value && value->is(Tag::sequence) && names_signer(Reader(value->content), second)) return true;
    add(signing_certificate_wrong);
    return false;
  }

  [[nodiscard]] bool names_signer(Reader attribute, bool second) const {
    auto ids = attribute.inside(Tag::sequence);
    auto first = ids.inside(Tag::sequence);
    std::optional<Hash> hash = second ? Hash::sha256 : Hash::sha1;
    if (const auto named = second ? first.next_if(Tag::sequence) : std::nullopt) hash = hash_of(*named);
    const auto digest = first.next(Tag::octet_string);
    return first.ok() && hash && same(digest.content, digest_of(*hash, signer_.certificate->der()));
  }

  bool signature_fits() {
    if (!signer_.content_hash) return false;
    signer_.algorithm = algorithm_of(data_.signature_algorithm, *signer_.content_hash);
    if (!signer_.algorithm) {
      add(unsupported_algorithm);
      return false;
    }
    if (!signer_.certificate) return false;
    const auto hash = signer_.algorithm->hash;
    const auto digest =
        data_.signed_attributes_content ? digest_of(hash, data_.signed_attributes_set()) : content_digest(hash);
    if (verifies(*signer_.certificate, *signer_.algorithm, digest, data_.signature)) return true;
    add(crypto_failure);
    return false;
  }

  void look_at_strength() {
    for (const auto hash :
         {signer_.content_hash, signer_.algorithm ? std::optional(signer_.algorithm->hash) : std::nullopt}) {
      if (!hash || is_strong(*hash)) continue;
      return add(weak_hash, std::string(name_of(*hash)));
    }
  }

  /// What is not signed can be added by anyone: of PAdES nothing but timestamps is expected there.
  void look_at_unsigned_attributes() {
    if (profile_ == Profile::legacy) return;
    for (const auto& attribute : data_.unsigned_attributes) {
      const bool expected = profile_ == Profile::pades && attribute.type == oid::signature_timestamp;
      if (!expected) add(unexpected_attribute);
    }
  }

  const SignedData& data_;
  const Profile profile_;
  const ContentDigest& digest_;
  CheckedSigner signer_;
};

}  // namespace

CheckedSigner check_signed_data(const SignedData& data, Profile profile, const ContentDigest& digest,
                                const std::vector<Certificate>& pool) {
  return Check(data, profile, digest).run(pool);
}

std::string description(const CheckedSigner& signer) {
  if (!signer.algorithm) return {};
  auto text = name_of(*signer.algorithm);
  if (signer.certificate) text += ", " + std::to_string(key_strength(*signer.certificate).bits) + " bits";
  return text;
}

}  // namespace sohoa::sign
