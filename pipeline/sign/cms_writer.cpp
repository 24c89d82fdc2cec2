#include "pipeline/sign/cms_writer.hpp"

#include "pipeline/sign/der_writer.hpp"
#include "pipeline/sign/handles.hpp"
#include "pipeline/sign/oids.hpp"

namespace sohoa::sign {
namespace {

Bytes sha256_identifier() {
  return der::sequence({der::object_id(oid::sha256)});
}

/// RSASSA-PSS-params (RFC 4055, 3.1) and ecdsa-with-SHA256 (RFC 5758, 3.2). Not NULL but no parameters for SHA-256,
/// as RFC 5754, 2 wants it; within RSASSA-PSS peers look for NULL (RFC 4055, 2.1).
Bytes signature_algorithm(KeyKind kind) {
  if (kind == KeyKind::ec) return der::sequence({der::object_id(oid::ecdsa_sha256)});
  const auto hash = der::sequence({der::object_id(oid::sha256), der::null()});
  const auto mask = der::sequence({der::object_id(oid::mgf1), hash});
  return der::sequence({der::object_id(oid::rsa_pss),
                        der::sequence({der::element(der::context(0), {hash}), der::element(der::context(1), {mask}),
                                       der::element(der::context(2), {der::integer(32)})})});
}

Bytes attribute(std::string_view type, Bytes value) {
  return der::sequence({der::object_id(type), der::set_of({std::move(value)})});
}

Bytes issuer_name(const Certificate& certificate) {
  return der_of<i2d_X509_NAME>(X509_get_issuer_name(certificate.get()));
}

Bytes serial_number(const Certificate& certificate) {
  return der_of<i2d_ASN1_INTEGER>(X509_get0_serialNumber(certificate.get()));
}

/// SigningCertificateV2 (RFC 5035, 3): SHA-256 is ESSCertIDv2's default and left out.
Bytes signing_certificate(const Certificate& signer) {
  const auto issuer = der::sequence({der::element(der::context(4), {issuer_name(signer)})});
  const auto id =
      der::sequence({der::octet_string(signer.facts().sha256.view()), der::sequence({issuer, serial_number(signer)})});
  return der::sequence({der::sequence({id})});
}

/// The same elements under another tag: [n] IMPLICIT SET OF.
Bytes retagged(Bytes element, der::Tag tag) {
  element.front() = static_cast<std::uint8_t>(tag);
  return element;
}

}  // namespace

CmsWriter::CmsWriter(const Certificate& signer, const std::vector<Certificate>& others, const Digest& content)
    : signer_id_(der::sequence({issuer_name(signer), serial_number(signer)})),
      signed_attributes_(der::set_of({attribute(oid::content_type, der::object_id(oid::data)),
                                      attribute(oid::message_digest, der::octet_string(content.view())),
                                      attribute(oid::signing_certificate_v2, signing_certificate(signer))})),
      signature_algorithm_(signature_algorithm(key_strength(signer).kind)) {
  std::vector<Bytes> all{signer.der()};
  for (const auto& one : others) all.push_back(one.der());
  certificates_ = der::set_of(std::move(all), der::context(0));
}

Digest CmsWriter::to_be_signed() const {
  return sha256(signed_attributes_);
}

Bytes CmsWriter::finish(ByteView signature, const std::optional<Bytes>& timestamp) const {
  const auto unsigned_attributes =
      timestamp ? der::set_of({attribute(oid::signature_timestamp, *timestamp)}, der::context(1)) : Bytes{};
  const auto signer_info =
      der::sequence({der::integer(1), signer_id_, sha256_identifier(), retagged(signed_attributes_, der::context(0)),
                     signature_algorithm_, der::octet_string(signature), unsigned_attributes});
  const auto signed_data =
      der::sequence({der::integer(1), der::set_of({sha256_identifier()}), der::sequence({der::object_id(oid::data)}),
                     certificates_, der::set_of({signer_info})});
  return der::sequence({der::object_id(oid::signed_data), der::element(der::context(0), {signed_data})});
}

}  // namespace sohoa::sign
