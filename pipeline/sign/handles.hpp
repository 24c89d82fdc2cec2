#pragma once

// Owners of what OpenSSL hands out. Private to this folder.

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ocsp.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>
#include <string_view>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::sign {

template <auto free_one>
struct FreedBy {
  template <typename T>
  void operator()(T* handle) const {
    free_one(handle);
  }
};
template <typename T, auto free_one>
using Handle = std::unique_ptr<T, FreedBy<free_one>>;

using BioHandle = Handle<BIO, BIO_free_all>;
using KeyHandle = Handle<EVP_PKEY, EVP_PKEY_free>;
using KeyContextHandle = Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using DigestContextHandle = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;
using X509Handle = Handle<X509, X509_free>;
using CrlHandle = Handle<X509_CRL, X509_CRL_free>;
using StoreHandle = Handle<X509_STORE, X509_STORE_free>;
using StoreContextHandle = Handle<X509_STORE_CTX, X509_STORE_CTX_free>;
using Pkcs12Handle = Handle<PKCS12, PKCS12_free>;
using OcspRequestHandle = Handle<OCSP_REQUEST, OCSP_REQUEST_free>;
using OcspResponseHandle = Handle<OCSP_RESPONSE, OCSP_RESPONSE_free>;
using OcspBasicHandle = Handle<OCSP_BASICRESP, OCSP_BASICRESP_free>;
using OcspIdHandle = Handle<OCSP_CERTID, OCSP_CERTID_free>;
using BignumHandle = Handle<BIGNUM, BN_free>;
using IntegerHandle = Handle<ASN1_INTEGER, ASN1_INTEGER_free>;
using LibraryHandle = Handle<OSSL_LIB_CTX, OSSL_LIB_CTX_free>;
using ProviderHandle = Handle<OSSL_PROVIDER, OSSL_PROVIDER_unload>;
using CrlPointsHandle = Handle<CRL_DIST_POINTS, CRL_DIST_POINTS_free>;
using AccessHandle = Handle<AUTHORITY_INFO_ACCESS, AUTHORITY_INFO_ACCESS_free>;
using IssuingPointHandle = Handle<ISSUING_DIST_POINT, ISSUING_DIST_POINT_free>;

/// A list whose members belong to others (sk_X509_free) or to it (sk_X509_pop_free).
using BorrowedX509s = Handle<STACK_OF(X509), [](STACK_OF(X509) * list) { sk_X509_free(list); }>;
using OwnedX509s = Handle<STACK_OF(X509), [](STACK_OF(X509) * list) { sk_X509_pop_free(list, X509_free); }>;

inline BioHandle memory_bio(ByteView bytes) {
  return BioHandle(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

/// The DER of an OpenSSL object, by its i2d function.
template <auto encode, typename T>
Bytes der_of(T* object) {
  std::uint8_t* buffer = nullptr;
  const int size = encode(object, &buffer);
  if (size <= 0) return {};
  Bytes der(buffer, buffer + size);
  OPENSSL_free(buffer);
  return der;
}

/// An object out of DER that it must fill wholly, by its d2i function; none where it does not.
template <typename H, auto decode>
H from_der(ByteView der) {
  const auto* at = der.data();
  H object(decode(nullptr, &at, static_cast<long>(der.size())));
  if (object && at != der.data() + der.size()) object.reset();
  if (!object) ERR_clear_error();
  return object;
}

/// An Error with OpenSSL's reason, whose queue is emptied.
inline Error openssl_error(ErrorCode code, std::string_view doing) {
  const auto reason = ERR_peek_last_error();
  const char* text = reason == 0 ? nullptr : ERR_reason_error_string(reason);
  ERR_clear_error();
  return {code, std::string(doing) + (text == nullptr ? "" : ": " + std::string(text))};
}

}  // namespace sohoa::sign
