#include "pipeline/sign/revocation_evidence.hpp"

#include <algorithm>
#include <array>

#include "pipeline/sign/der_writer.hpp"
#include "pipeline/sign/handles.hpp"
#include "pipeline/sign/times.hpp"

namespace sohoa::sign {
namespace {

using std::chrono::hours;
constexpr auto validity_without_next_update = hours(24);

/// Names of RFC 5280, 5.3.1.
std::string reason_name(int reason) {
  constexpr std::array<std::string_view, 11> names{
      "unspecified",   "keyCompromise",        "cACompromise",    "affiliationChanged",
      "superseded",    "cessationOfOperation", "certificateHold", "",
      "removeFromCRL", "privilegeWithdrawn",   "aACompromise"};
  return reason >= 0 && static_cast<std::size_t>(reason) < names.size()
             ? std::string(names[static_cast<std::size_t>(reason)])
             : std::string();
}

bool is_strong_algorithm(const X509_ALGOR& algorithm) {
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, &algorithm);
  int hash = NID_undef;
  const int nid = OBJ_obj2nid(object);
  // RSASSA-PSS names its hash in the parameters; who uses it does not use SHA-1.
  if (nid == NID_rsassaPss) return true;
  if (OBJ_find_sigid_algs(nid, &hash, nullptr) != 1) return false;
  return hash != NID_sha1 && hash != NID_md5;
}

/// A store that trusts the issuer alone, as of `at`.
StoreHandle trusting(const Certificate& issuer, WallTime at) {
  StoreHandle store(X509_STORE_new());
  X509_STORE_add_cert(store.get(), issuer.get());
  auto* rules = X509_STORE_get0_param(store.get());
  X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_time(rules, unix_time(at));
  return store;
}

OcspBasicHandle basic_response(ByteView response) {
  const auto outer = from_der<OcspResponseHandle, d2i_OCSP_RESPONSE>(response);
  if (!outer || OCSP_response_status(outer.get()) != OCSP_RESPONSE_STATUS_SUCCESSFUL) return {};
  return OcspBasicHandle(OCSP_response_get1_basic(outer.get()));
}

/// Compared by the hash that the answer uses: SHA-1 as a rule, SHA-256 by a few.
OCSP_SINGLERESP* answer_about(OCSP_BASICRESP& basic, const Certificate& certificate, const Certificate& issuer) {
  for (const auto* hash : {EVP_sha1(), EVP_sha256()}) {
    const OcspIdHandle id(OCSP_cert_to_id(hash, certificate.get(), issuer.get()));
    const int at = id ? OCSP_resp_find(&basic, id.get(), -1) : -1;
    if (at >= 0) return OCSP_resp_get0(&basic, at);
  }
  return nullptr;
}

std::optional<RevocationEvidence> evidence_of(OCSP_BASICRESP& basic, OCSP_SINGLERESP& single) {
  int reason = -1;
  ASN1_GENERALIZEDTIME *revoked = nullptr, *from = nullptr, *to = nullptr;
  const int status = OCSP_single_get0_status(&single, &reason, &revoked, &from, &to);
  RevocationEvidence evidence;
  evidence.facts.source = RevocationFacts::Source::ocsp;
  evidence.facts.said_at = wall_time(from);
  evidence.next_update = wall_time(to);
  if (!evidence.facts.said_at || status < 0) return std::nullopt;
  if (status == V_OCSP_CERTSTATUS_GOOD) evidence.facts.state = RevocationFacts::State::good;
  if (status == V_OCSP_CERTSTATUS_REVOKED) {
    evidence.facts.state = RevocationFacts::State::revoked;
    evidence.facts.revoked_at = wall_time(revoked);
    evidence.facts.reason = reason_name(reason);
    if (!evidence.facts.revoked_at) return std::nullopt;
  }
  const auto* certificates = OCSP_resp_get0_certs(&basic);
  for (int i = 0; i < sk_X509_num(certificates); ++i) {
    auto one = Certificate::from_der(der_of<i2d_X509>(sk_X509_value(certificates, i)));
    if (one) evidence.responder.push_back(*std::move(one));
  }
  return evidence;
}

/// A CRL that speaks of all certificates of its issuer (RFC 5280, 5.2.5 and 5.2.4).
bool is_complete(const X509_CRL& crl) {
  if (X509_CRL_get_ext_by_NID(&crl, NID_delta_crl, -1) >= 0) return false;
  int critical = 0;
  const IssuingPointHandle point(
      static_cast<ISSUING_DIST_POINT*>(X509_CRL_get_ext_d2i(&crl, NID_issuing_distribution_point, &critical, nullptr)));
  if (!point) return critical == -1;  // there is none
  return point->indirectCRL == 0 && point->onlyCA == 0 && point->onlyattr == 0 && point->onlyuser == 0 &&
         point->onlysomereasons == nullptr;
}

bool is_signed_by(X509_CRL& crl, const Certificate& issuer) {
  const X509_ALGOR* algorithm = nullptr;
  X509_CRL_get0_signature(&crl, nullptr, &algorithm);
  const bool named = X509_NAME_cmp(X509_CRL_get_issuer(&crl), X509_get_subject_name(issuer.get())) == 0;
  const bool allowed = (X509_get_key_usage(issuer.get()) & KU_CRL_SIGN) != 0;  // all bits where there is no usage
  return named && allowed && is_strong_algorithm(*algorithm) &&
         X509_CRL_verify(&crl, X509_get0_pubkey(issuer.get())) == 1;
}

void note_entry(RevocationFacts& facts, X509_REVOKED& entry) {
  int critical = 0;
  const Handle<ASN1_ENUMERATED, ASN1_ENUMERATED_free> reason(
      static_cast<ASN1_ENUMERATED*>(X509_REVOKED_get_ext_d2i(&entry, NID_crl_reason, &critical, nullptr)));
  const long code = reason ? ASN1_ENUMERATED_get(reason.get()) : -1;
  if (code == CRL_REASON_REMOVE_FROM_CRL) return;
  facts.state = RevocationFacts::State::revoked;
  facts.revoked_at = wall_time(X509_REVOKED_get0_revocationDate(&entry));
  facts.reason = reason_name(static_cast<int>(code));
}

}  // namespace

bool RevocationEvidence::speaks_for(WallTime at) const {
  const auto from = *facts.said_at;
  return at <= from || at <= next_update.value_or(from + validity_without_next_update);
}

std::optional<RevocationEvidence> read_ocsp(ByteView response, const Certificate& certificate,
                                            const Certificate& issuer) {
  const auto basic = basic_response(response);
  auto* single = basic ? answer_about(*basic, certificate, issuer) : nullptr;
  if (single == nullptr || !is_strong_algorithm(*OCSP_resp_get0_tbs_sigalg(basic.get()))) {
    ERR_clear_error();
    return std::nullopt;
  }
  const auto produced = wall_time(OCSP_resp_get0_produced_at(basic.get()));
  const auto store = trusting(issuer, produced.value_or(WallTime{}));
  const BorrowedX509s others(sk_X509_new_null());
  sk_X509_push(others.get(), issuer.get());
  const bool right = produced && OCSP_basic_verify(basic.get(), others.get(), store.get(), 0) == 1;
  ERR_clear_error();
  return right ? evidence_of(*basic, *single) : std::nullopt;
}

std::optional<RevocationEvidence> read_crl(ByteView der, const Certificate& certificate, const Certificate& issuer) {
  const auto crl = from_der<CrlHandle, d2i_X509_CRL>(der);
  if (!crl || !is_complete(*crl) || !is_signed_by(*crl, issuer)) {
    ERR_clear_error();
    return std::nullopt;
  }
  RevocationEvidence evidence;
  evidence.facts.source = RevocationFacts::Source::crl;
  evidence.facts.state = RevocationFacts::State::good;
  evidence.facts.said_at = wall_time(X509_CRL_get0_lastUpdate(crl.get()));
  evidence.next_update = wall_time(X509_CRL_get0_nextUpdate(crl.get()));
  if (!evidence.facts.said_at) return std::nullopt;
  X509_REVOKED* entry = nullptr;
  auto* serial = X509_get_serialNumber(certificate.get());
  if (X509_CRL_get0_by_serial(crl.get(), &entry, serial) != 0) note_entry(evidence.facts, *entry);
  return evidence;
}

Bytes ocsp_request(const Certificate& certificate, const Certificate& issuer, ByteView nonce) {
  const OcspRequestHandle request(OCSP_REQUEST_new());
  OcspIdHandle id(OCSP_cert_to_id(EVP_sha1(), certificate.get(), issuer.get()));
  if (!request || !id || OCSP_request_add0_id(request.get(), id.get()) == nullptr) return {};
  id.release();  // the request's now
  Bytes copy(nonce.begin(), nonce.end());
  OCSP_request_add1_nonce(request.get(), copy.data(), static_cast<int>(copy.size()));
  return der_of<i2d_OCSP_REQUEST>(request.get());
}

bool nonce_fits(ByteView response, ByteView nonce) {
  const auto basic = basic_response(response);
  if (!basic) return false;
  const int at = OCSP_BASICRESP_get_ext_by_NID(basic.get(), NID_id_pkix_OCSP_Nonce, -1);
  if (at < 0) return true;
  const auto* value = X509_EXTENSION_get_data(OCSP_BASICRESP_get_ext(basic.get(), at));
  const auto wanted = der::octet_string(nonce);
  const ByteView given(ASN1_STRING_get0_data(value), static_cast<std::size_t>(ASN1_STRING_length(value)));
  return std::equal(given.begin(), given.end(), wanted.begin(), wanted.end());
}

}  // namespace sohoa::sign
