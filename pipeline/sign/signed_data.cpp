#include "pipeline/sign/signed_data.hpp"

#include <algorithm>

#include "pipeline/sign/handles.hpp"
#include "pipeline/sign/oids.hpp"
#include "pipeline/sign/verify_digest.hpp"

namespace sohoa::sign {
namespace {

using der::Reader;
using der::Tag;

Error malformed(std::string_view what) {
  return {ErrorCode::invalid_input, std::string(what)};
}

bool same(ByteView one, ByteView other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end());
}

Result<std::vector<Attribute>> attributes_of(ByteView content) {
  std::vector<Attribute> all;
  Reader list(content);
  while (list.ok() && !list.at_end()) {
    auto parts = list.inside(Tag::sequence);
    Attribute attribute{as_text(parts.next(Tag::object_id).content), {}};
    auto values = parts.inside(Tag::set);
    while (values.ok() && !values.at_end()) attribute.values.push_back(values.next());
    if (!values.ok() || !parts.done() || attribute.values.empty()) return malformed("an attribute is malformed");
    if (has(all, attribute.type)) return malformed("an attribute comes twice");
    all.push_back(std::move(attribute));
  }
  if (!list.ok() || all.empty()) return malformed("the attributes are malformed");
  return all;
}

/// X.509 certificates only. Attribute certificates and other forms would make the version another one, and are not used
/// in PDF.
Result<void> read_certificates(ByteView content, SignedData& into) {
  Reader list(content);
  while (list.ok() && !list.at_end()) {
    SOHOA_TRY(auto certificate, Certificate::from_der(list.next(Tag::sequence).whole));
    into.certificates.push_back(std::move(certificate));
  }
  if (!list.ok()) return malformed("the certificates are malformed");
  return {};
}

Result<void> read_crls(ByteView content, SignedData& into) {
  Reader list(content);
  while (list.ok() && !list.at_end()) {
    const auto element = list.next(Tag::sequence);
    if (!from_der<CrlHandle, d2i_X509_CRL>(element.whole)) return malformed("a CRL is malformed");
    into.crls.push_back(element.whole);
  }
  if (!list.ok()) return malformed("the CRLs are malformed");
  return {};
}

Result<void> read_content(Reader info, SignedData& into) {
  into.content_type = as_text(info.next(Tag::object_id).content);
  if (info.sees(der::context(0))) {
    auto wrapped = info.inside(der::context(0));
    into.content = der::octets(wrapped.next());
    if (!wrapped.done() || !into.content) return malformed("the content is malformed");
  }
  if (!info.done()) return malformed("the content is malformed");
  return {};
}

/// SignerInfo; its version is 1 where the signer is named by issuer and number, else 3 (RFC 5652, 5.3).
Result<std::uint64_t> read_signer(Reader info, SignedData& into) {
  const auto version = info.number();
  const bool by_key = info.sees(der::context_primitive(0));
  if (by_key) {
    into.signer_key_id = info.next().content;
  } else {
    auto id = info.inside(Tag::sequence);
    into.signer_name = id.next(Tag::sequence);
    into.signer_serial = id.next(Tag::integer);
    if (!id.done()) return malformed("the signer's name is malformed");
  }
  if (!info.ok() || version != (by_key ? 3U : 1U)) return malformed("a signer of a wrong version");
  into.digest_algorithm = info.next(Tag::sequence);
  if (const auto attributes = info.next_if(der::context(0))) {
    into.signed_attributes_content = attributes->content;
    SOHOA_TRY(into.signed_attributes, attributes_of(attributes->content));
  }
  into.signature_algorithm = info.next(Tag::sequence);
  if (const auto signature = info.next_if(Tag::octet_string)) {
    into.signature.assign(signature->content.begin(), signature->content.end());
  } else {
    info.fail();
  }
  if (const auto attributes = info.next_if(der::context(1))) {
    SOHOA_TRY(into.unsigned_attributes, attributes_of(attributes->content));
  }
  if (!info.done()) return malformed("the signer's part is malformed");
  return version;
}

/// The set names the signer's hash, so that a reader can compute it on its way through the content.
bool names_hash(ByteView set, const der::Element& wanted) {
  const auto hash = hash_of(wanted);
  bool named = false;
  Reader list(set);
  while (list.ok() && !list.at_end()) named |= hash_of(list.next(Tag::sequence)) == hash;
  return list.ok() && named;
}

Result<SignedData> read(Reader parts) {
  SignedData data;
  const auto version = parts.number();
  const auto hashes = parts.next(Tag::set);
  SOHOA_DO(read_content(parts.inside(Tag::sequence), data));
  if (const auto list = parts.next_if(der::context(0))) SOHOA_DO(read_certificates(list->content, data));
  if (const auto list = parts.next_if(der::context(1))) SOHOA_DO(read_crls(list->content, data));
  auto signers = parts.inside(Tag::set);
  SOHOA_TRY(const auto signer_version, read_signer(signers.inside(Tag::sequence), data));
  if (!parts.done() || !signers.done()) return malformed("not one signer's SignedData");
  const bool plain = data.content_type == oid::data && signer_version == 1;
  if (version != (plain ? 1U : 3U)) return malformed("SignedData of a wrong version");
  if (!names_hash(hashes.content, data.digest_algorithm)) return malformed("the hashes do not name the signer's");
  return data;
}

}  // namespace

std::optional<der::Element> only_value(const std::vector<Attribute>& attributes, std::string_view type) {
  const auto found =
      std::find_if(attributes.begin(), attributes.end(), [&](const Attribute& one) { return one.type == type; });
  if (found == attributes.end() || found->values.size() != 1) return std::nullopt;
  return found->values.front();
}

bool has(const std::vector<Attribute>& attributes, std::string_view type) {
  return std::any_of(attributes.begin(), attributes.end(), [&](const Attribute& one) { return one.type == type; });
}

const Certificate* SignedData::signer_among(const std::vector<Certificate>& pool) const {
  const auto is_signer = [&](const Certificate& one) {
    auto* x509 = one.get();
    if (!signer_key_id.empty()) {
      const auto* id = X509_get0_subject_key_id(x509);
      return id != nullptr &&
             same(signer_key_id, {ASN1_STRING_get0_data(id), static_cast<std::size_t>(ASN1_STRING_length(id))});
    }
    return same(signer_serial.whole, der_of<i2d_ASN1_INTEGER>(X509_get0_serialNumber(x509))) &&
           same(signer_name.whole, der_of<i2d_X509_NAME>(X509_get_issuer_name(x509)));
  };
  const auto found = std::find_if(pool.begin(), pool.end(), is_signer);
  return found == pool.end() ? nullptr : &*found;
}

Bytes SignedData::signed_attributes_set() const {
  return der::element(Tag::set, signed_attributes_content.value_or(ByteView{}));
}

Result<SignedData> parse_signed_data(ByteView cms) {
  Reader input(cms);
  auto outer = input.inside(Tag::sequence);
  if (as_text(outer.next(Tag::object_id).content) != oid::signed_data) return malformed("no CMS SignedData");
  auto wrapped = outer.inside(der::context(0));
  const auto parts = wrapped.inside(Tag::sequence);
  if (!input.done() || !outer.done() || !wrapped.done()) return malformed("no CMS SignedData");
  return read(parts);
}

}  // namespace sohoa::sign
