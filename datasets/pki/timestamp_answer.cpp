#include <openssl/err.h>

#include "datasets/pki/demo_pki.hpp"
#include "datasets/pki/openssl_handles.hpp"
#include "pipeline/base/digest.hpp"

namespace sohoa::pki {
namespace {

ASN1_INTEGER* random_serial(TS_RESP_CTX*, void*) {
  const auto bytes = random_bytes(8);
  auto* number = ASN1_INTEGER_new();
  ASN1_INTEGER_set_uint64(number, *reinterpret_cast<const std::uint64_t*>(bytes.data()) >> 1U);
  return number;
}

int time_of(TS_RESP_CTX*, void* data, long* seconds, long* microseconds) {
  const auto& at = *static_cast<const WallTime*>(data);
  const auto whole = std::chrono::floor<std::chrono::seconds>(at);
  *seconds = static_cast<long>(whole.time_since_epoch().count());
  *microseconds = static_cast<long>((at - whole).count()) * 1000;
  return 1;
}

void tell_lie(TS_REQ& request, Lie lie) {
  if (lie == Lie::nonce) {
    const IntegerHandle other(random_serial(nullptr, nullptr));
    TS_REQ_set_nonce(&request, other.get());
  }
  if (lie == Lie::imprint) {
    Bytes other(32, 0x5a);
    TS_MSG_IMPRINT_set_msg(TS_REQ_get_msg_imprint(&request), other.data(), static_cast<int>(other.size()));
  }
}

}  // namespace

Bytes DemoPki::timestamp(ByteView request, Lie lie, WallTime at) const {
  const auto asked = from_der<TsRequestHandle, d2i_TS_REQ>(request);
  if (!asked) return {};
  tell_lie(*asked, lie);
  const TsContextHandle context(TS_RESP_CTX_new());
  const BorrowedX509s chain(sk_X509_new_null());
  sk_X509_push(chain.get(), issuing_.certificate());
  const ObjectHandle policy(OBJ_txt2obj("1.3.6.1.4.1.99999.1", 1));
  TS_RESP_CTX_set_serial_cb(context.get(), random_serial, nullptr);
  TS_RESP_CTX_set_time_cb(context.get(), time_of, &at);
  TS_RESP_CTX_set_signer_cert(context.get(), timestamper_.certificate());
  TS_RESP_CTX_set_signer_key(context.get(), timestamper_.key());
  TS_RESP_CTX_set_signer_digest(context.get(), EVP_sha256());
  TS_RESP_CTX_set_ess_cert_id_digest(context.get(), EVP_sha256());
  TS_RESP_CTX_set_certs(context.get(), chain.get());
  TS_RESP_CTX_set_def_policy(context.get(), policy.get());
  TS_RESP_CTX_set_clock_precision_digits(context.get(), 3);
  // Refusing is what OpenSSL does where it knows none of the hashes.
  if (lie != Lie::refusal) {
    for (const auto* hash : {EVP_sha256(), EVP_sha384(), EVP_sha512()}) TS_RESP_CTX_add_md(context.get(), hash);
  }
  const auto question = der_of<i2d_TS_REQ>(asked.get());
  const TsResponseHandle answer(TS_RESP_create_response(context.get(), memory_bio(question).get()));
  ERR_clear_error();
  return answer ? der_of<i2d_TS_RESP>(answer.get()) : Bytes{};
}

}  // namespace sohoa::pki
