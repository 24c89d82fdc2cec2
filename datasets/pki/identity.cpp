#include "datasets/pki/identity.hpp"

#include <openssl/ec.h>
#include <openssl/rsa.h>

#include "datasets/pki/openssl_handles.hpp"
#include "pipeline/base/digest.hpp"

namespace sohoa::pki {
namespace {

Error failure(std::string_view what) {
  return {ErrorCode::internal, "cannot make " + std::string(what)};
}

KeyHandle new_key(KeyType type) {
  switch (type) {
    case KeyType::rsa1024: return KeyHandle(EVP_RSA_gen(1024U));
    case KeyType::rsa2048: return KeyHandle(EVP_RSA_gen(2048U));
    case KeyType::p256: break;
  }
  return KeyHandle(EVP_EC_gen("P-256"));
}

std::time_t unix_time(WallTime time) {
  return std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(time));
}

bool set_name(X509_NAME* name, const IdentityOptions& options) {
  const auto add = [&](const char* type, const std::string& value) {
    return X509_NAME_add_entry_by_txt(name, type, MBSTRING_UTF8, reinterpret_cast<const std::uint8_t*>(value.data()),
                                      static_cast<int>(value.size()), -1, 0) == 1;
  };
  return add("C", "VN") && (options.organization.empty() || add("O", options.organization)) &&
         add("CN", options.common_name);
}

bool set_serial(X509* certificate) {
  auto bytes = random_bytes(16);
  bytes.front() = static_cast<std::uint8_t>((bytes.front() & 0x3fU) | 0x40U);  // positive, of full length
  return ASN1_STRING_set(X509_get_serialNumber(certificate), bytes.data(), static_cast<int>(bytes.size())) == 1;
}

bool add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const ExtensionHandle extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

struct RoleExtensions {
  const char* constraints;
  const char* usage;
  const char* extended;
};
RoleExtensions extensions_of(Role role) {
  switch (role) {
    case Role::root: return {"critical,CA:TRUE", "critical,keyCertSign,cRLSign", ""};
    case Role::intermediate: return {"critical,CA:TRUE,pathlen:0", "critical,keyCertSign,cRLSign", ""};
    case Role::signer: return {"critical,CA:FALSE", "critical,digitalSignature,nonRepudiation", ""};
    case Role::encryption: return {"critical,CA:FALSE", "critical,keyEncipherment", ""};
    case Role::timestamp: return {"critical,CA:FALSE", "critical,digitalSignature", "critical,timeStamping"};
    case Role::ocsp: return {"critical,CA:FALSE", "critical,digitalSignature", "OCSPSigning"};
  }
  return {};
}

bool add_urls(X509* certificate, X509* issuer, const AuthorityUrls& urls) {
  std::string access;
  if (!urls.ocsp.empty()) access = "OCSP;URI:" + urls.ocsp;
  if (!urls.issuer.empty()) access += std::string(access.empty() ? "" : ",") + "caIssuers;URI:" + urls.issuer;
  return (access.empty() || add_extension(certificate, issuer, NID_info_access, access)) &&
         (urls.crl.empty() || add_extension(certificate, issuer, NID_crl_distribution_points, "URI:" + urls.crl));
}

bool add_extensions(X509* certificate, X509* issuer, Role role, const AuthorityUrls& urls) {
  const auto wanted = extensions_of(role);
  return add_extension(certificate, issuer, NID_basic_constraints, wanted.constraints) &&
         add_extension(certificate, issuer, NID_key_usage, wanted.usage) &&
         (*wanted.extended == '\0' || add_extension(certificate, issuer, NID_ext_key_usage, wanted.extended)) &&
         (role != Role::ocsp || add_extension(certificate, issuer, NID_id_pkix_OCSP_noCheck, "ignored")) &&
         add_extension(certificate, issuer, NID_subject_key_identifier, "hash") &&
         (role == Role::root || add_extension(certificate, issuer, NID_authority_key_identifier, "keyid:always")) &&
         add_urls(certificate, issuer, urls);
}

}  // namespace

Identity::Identity(EVP_PKEY* key, X509* certificate) : key_(key, EVP_PKEY_free), certificate_(certificate, X509_free) {}

Result<Identity> Identity::issue(const IdentityOptions& options, const Identity* issuer, const AuthorityUrls& urls) {
  auto key = new_key(options.key);
  X509Handle certificate(X509_new());
  if (!key || !certificate) return failure("a key");
  auto* x509 = certificate.get();
  auto* above = issuer == nullptr ? x509 : issuer->certificate();
  const bool filled = X509_set_version(x509, X509_VERSION_3) == 1 && set_serial(x509) &&
                      set_name(X509_get_subject_name(x509), options) &&
                      X509_set_issuer_name(x509, X509_get_subject_name(above)) == 1 &&
                      ASN1_TIME_set(X509_getm_notBefore(x509), unix_time(options.not_before)) != nullptr &&
                      ASN1_TIME_set(X509_getm_notAfter(x509), unix_time(options.not_after)) != nullptr &&
                      X509_set_pubkey(x509, key.get()) == 1 &&
                      add_extensions(x509, above, options.role, options.with_urls ? urls : AuthorityUrls{});
  auto* signing = issuer == nullptr ? key.get() : issuer->key();
  if (!filled || X509_sign(x509, signing, options.sha1 ? EVP_sha1() : EVP_sha256()) <= 0) {
    return failure("a certificate for " + options.common_name);
  }
  // Read back, so that extensions are cached as in a certificate that came from elsewhere.
  auto read = from_der<X509Handle, d2i_X509>(der_of<i2d_X509>(x509));
  if (!read) return failure("a certificate");
  return Identity(key.release(), read.release());
}

Result<Identity> Identity::from_pem(ByteView key_pem, ByteView certificate_pem) {
  KeyHandle key(PEM_read_bio_PrivateKey(memory_bio(key_pem).get(), nullptr, nullptr, nullptr));
  X509Handle certificate(PEM_read_bio_X509(memory_bio(certificate_pem).get(), nullptr, nullptr, nullptr));
  if (!key || !certificate) return Error{ErrorCode::invalid_input, "no key or no certificate"};
  return Identity(key.release(), certificate.release());
}

Bytes Identity::der() const {
  return der_of<i2d_X509>(certificate_.get());
}

Bytes Identity::certificate_pem() const {
  const BioHandle bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(bio.get(), certificate_.get());
  return bytes_of(*bio);
}

Bytes Identity::key_pem() const {
  const BioHandle bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(bio.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return bytes_of(*bio);
}

std::string Identity::serial() const {
  const auto* number = X509_get0_serialNumber(certificate_.get());
  return to_hex({number->data, static_cast<std::size_t>(number->length)});
}

Bytes Identity::pkcs12(const std::string& password, const std::vector<Identity>& chain) const {
  const BorrowedX509s others(sk_X509_new_null());
  for (const auto& one : chain) sk_X509_push(others.get(), one.certificate());
  const Pkcs12Handle container(
      PKCS12_create(password.c_str(), "sohoa", key_.get(), certificate_.get(), others.get(), 0, 0, 0, 0, 0));
  return container ? der_of<i2d_PKCS12>(container.get()) : Bytes{};
}

}  // namespace sohoa::pki
