#include "pipeline/sign/certificate.hpp"

#include <openssl/pem.h>

#include <algorithm>
#include <array>

#include "pipeline/sign/handles.hpp"
#include "pipeline/sign/times.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::sign {
namespace {

/// The last value of a name's attribute, NFC: where there are several, the last is the most specific one.
std::string name_part(const X509_NAME* name, int nid) {
  int at = -1;
  for (int next = -1; (next = X509_NAME_get_index_by_NID(name, nid, next)) >= 0;) at = next;
  if (at < 0) return {};
  std::uint8_t* utf8 = nullptr;
  const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
  if (size < 0) {
    ERR_clear_error();
    return {};
  }
  const std::string text(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size));
  OPENSSL_free(utf8);
  return text::nfc(text);
}

/// The common name; where a CA has none, its organisation.
std::string called(const X509_NAME* name) {
  for (const int nid : {NID_commonName, NID_organizationalUnitName, NID_organizationName}) {
    if (auto part = name_part(name, nid); !part.empty()) return part;
  }
  return {};
}

std::string hexadecimal(const ASN1_INTEGER& serial) {
  return to_hex({serial.data, static_cast<std::size_t>(serial.length)});
}

CertificateFacts facts_of(const X509& certificate, ByteView der) {
  const auto* subject = X509_get_subject_name(&certificate);
  return {.subject = called(subject),
          .organization = name_part(subject, NID_organizationName),
          .issuer = called(X509_get_issuer_name(&certificate)),
          .serial = hexadecimal(*X509_get0_serialNumber(&certificate)),
          .not_before = wall_time(X509_get0_notBefore(&certificate)).value_or(WallTime{}),
          .not_after = wall_time(X509_get0_notAfter(&certificate)).value_or(WallTime{}),
          .sha256 = sha256(der)};
}

void add_http_url(std::vector<std::string>& urls, const GENERAL_NAME& name) {
  if (name.type != GEN_URI) return;
  const auto* uri = name.d.uniformResourceIdentifier;
  std::string text(reinterpret_cast<const char*>(uri->data), static_cast<std::size_t>(uri->length));
  if (text.starts_with("http://") || text.starts_with("https://")) urls.push_back(std::move(text));
}

template <typename H>
H extension(const Certificate& certificate, int nid, int* critical = nullptr) {
  H found(static_cast<typename H::pointer>(X509_get_ext_d2i(certificate.get(), nid, critical, nullptr)));
  if (!found) ERR_clear_error();
  return found;
}

void add_crl_urls(std::vector<std::string>& urls, const CRL_DIST_POINTS* points) {
  for (int i = 0; i < sk_DIST_POINT_num(points); ++i) {
    const auto* point = sk_DIST_POINT_value(points, i);
    // A CRL of certain reasons only, or by another issuer, does not answer for the certificate.
    if (point->distpoint == nullptr || point->distpoint->type != 0 || point->reasons != nullptr) continue;
    const auto* names = point->distpoint->name.fullname;
    for (int j = 0; j < sk_GENERAL_NAME_num(names); ++j) add_http_url(urls, *sk_GENERAL_NAME_value(names, j));
  }
}

Result<std::vector<Certificate>> certificates_from_pem(ByteView pem) {
  const auto bio = memory_bio(pem);
  std::vector<Certificate> found;
  while (const auto one = X509Handle(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr))) {
    SOHOA_TRY(auto certificate, Certificate::from_der(der_of<i2d_X509>(one.get())));
    found.push_back(std::move(certificate));
  }
  ERR_clear_error();
  if (found.empty()) return Error{ErrorCode::invalid_input, "no certificate"};
  return found;
}

}  // namespace

Result<Certificate> Certificate::from_der(ByteView der) {
  auto handle = sign::from_der<X509Handle, d2i_X509>(der);
  if (!handle) return Error{ErrorCode::invalid_input, "malformed certificate"};
  // Computes what OpenSSL caches of the extensions; malformed ones are found here, once.
  if (X509_check_purpose(handle.get(), -1, 0) != 1 || (X509_get_extension_flags(handle.get()) & EXFLAG_INVALID) != 0) {
    ERR_clear_error();
    return Error{ErrorCode::invalid_input, "certificate with malformed extensions"};
  }
  auto facts = facts_of(*handle, der);
  std::shared_ptr<x509_st> shared(handle.release(), X509_free);
  return Certificate(
      std::make_shared<const Parts>(Parts{std::move(shared), Bytes(der.begin(), der.end()), std::move(facts)}));
}

bool Certificate::self_issued() const {
  return X509_NAME_cmp(X509_get_subject_name(get()), X509_get_issuer_name(get())) == 0;
}

Result<void> Certificate::check_issued_by(const Certificate& issuer) const {
  if (X509_check_issued(issuer.get(), get()) != X509_V_OK || X509_verify(get(), X509_get0_pubkey(issuer.get())) != 1) {
    ERR_clear_error();
    return Error{ErrorCode::invalid_input,
                 "\"" + facts().subject + "\" was not issued by \"" + issuer.facts().subject + "\""};
  }
  return {};
}

Result<std::vector<Certificate>> certificates_from(ByteView file) {
  if (as_text(file).find("-----BEGIN") != std::string_view::npos) return certificates_from_pem(file);
  SOHOA_TRY(auto one, Certificate::from_der(file));
  return std::vector{std::move(one)};
}

KeyStrength key_strength(const Certificate& certificate) {
  const auto* key = X509_get0_pubkey(certificate.get());
  if (key == nullptr) {
    ERR_clear_error();
    return {};
  }
  const int type = EVP_PKEY_get_base_id(key);
  const auto kind = type == EVP_PKEY_RSA || type == EVP_PKEY_RSA_PSS ? KeyKind::rsa
                    : type == EVP_PKEY_EC                            ? KeyKind::ec
                                                                     : KeyKind::other;
  return {kind, EVP_PKEY_get_bits(key)};
}

bool is_strong(KeyStrength key) {
  return (key.kind == KeyKind::rsa && key.bits >= 2048) || (key.kind == KeyKind::ec && key.bits >= 256);
}

bool signed_with_strong_hash(const Certificate& certificate) {
  int hash = NID_undef;
  if (X509_get_signature_info(certificate.get(), &hash, nullptr, nullptr, nullptr) != 1) {
    ERR_clear_error();
    return false;
  }
  constexpr std::array strong{NID_sha256, NID_sha384, NID_sha512, NID_sha3_256, NID_sha3_384, NID_sha3_512};
  return std::find(strong.begin(), strong.end(), hash) != strong.end();
}

bool may_sign_documents(const Certificate& certificate) {
  if (X509_check_ca(certificate.get()) == 1) return false;
  const auto usage = X509_get_key_usage(certificate.get());  // all bits where there is no such extension
  return (usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
}

bool may_timestamp(const Certificate& certificate) {
  const int at = X509_get_ext_by_NID(certificate.get(), NID_ext_key_usage, -1);
  if (at < 0 || X509_EXTENSION_get_critical(X509_get_ext(certificate.get(), at)) == 0) return false;
  return X509_get_extended_key_usage(certificate.get()) == XKU_TIMESTAMP;
}

bool is_never_revoked(const Certificate& certificate) {
  return X509_get_ext_by_NID(certificate.get(), NID_id_pkix_OCSP_noCheck, -1) >= 0;
}

CertificateUrls urls_of(const Certificate& certificate) {
  CertificateUrls urls;
  if (const auto points = extension<CrlPointsHandle>(certificate, NID_crl_distribution_points)) {
    add_crl_urls(urls.crl, points.get());
  }
  const auto access = extension<AccessHandle>(certificate, NID_info_access);
  for (int i = 0; access && i < sk_ACCESS_DESCRIPTION_num(access.get()); ++i) {
    const auto* one = sk_ACCESS_DESCRIPTION_value(access.get(), i);
    const int method = OBJ_obj2nid(one->method);
    if (method == NID_ad_OCSP) add_http_url(urls.ocsp, *one->location);
    if (method == NID_ad_ca_issuers) add_http_url(urls.issuers, *one->location);
  }
  return urls;
}

}  // namespace sohoa::sign
