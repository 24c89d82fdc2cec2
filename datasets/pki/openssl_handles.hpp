#pragma once

// Owners of what OpenSSL hands out. Private to this folder.

#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <memory>

#include "pipeline/base/bytes.hpp"

namespace sohoa::pki {

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
using X509Handle = Handle<X509, X509_free>;
using ExtensionHandle = Handle<X509_EXTENSION, X509_EXTENSION_free>;
using CrlHandle = Handle<X509_CRL, X509_CRL_free>;
using Pkcs12Handle = Handle<PKCS12, PKCS12_free>;
using TimeHandle = Handle<ASN1_TIME, ASN1_TIME_free>;
using IntegerHandle = Handle<ASN1_INTEGER, ASN1_INTEGER_free>;
using ObjectHandle = Handle<ASN1_OBJECT, ASN1_OBJECT_free>;
using OcspRequestHandle = Handle<OCSP_REQUEST, OCSP_REQUEST_free>;
using OcspResponseHandle = Handle<OCSP_RESPONSE, OCSP_RESPONSE_free>;
using OcspBasicHandle = Handle<OCSP_BASICRESP, OCSP_BASICRESP_free>;
using OcspIdHandle = Handle<OCSP_CERTID, OCSP_CERTID_free>;
using TsContextHandle = Handle<TS_RESP_CTX, TS_RESP_CTX_free>;
using TsRequestHandle = Handle<TS_REQ, TS_REQ_free>;
using TsResponseHandle = Handle<TS_RESP, TS_RESP_free>;
using BorrowedX509s = Handle<STACK_OF(X509), [](STACK_OF(X509) * list) { sk_X509_free(list); }>;

inline BioHandle memory_bio(ByteView bytes) {
  return BioHandle(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}
inline Bytes bytes_of(BIO& bio) {
  char* data = nullptr;
  const auto size = BIO_get_mem_data(&bio, &data);
  return {data, data + size};
}

template <auto encode, typename T>
Bytes der_of(T* object) {
  std::uint8_t* buffer = nullptr;
  const int size = encode(object, &buffer);
  if (size <= 0) return {};
  Bytes der(buffer, buffer + size);
  OPENSSL_free(buffer);
  return der;
}

template <typename H, auto decode>
H from_der(ByteView der) {
  const auto* at = der.data();
  return H(decode(nullptr, &at, static_cast<long>(der.size())));
}

}  // namespace sohoa::pki
