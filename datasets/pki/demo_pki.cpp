#include "datasets/pki/demo_pki.hpp"

#include <fstream>

#include "datasets/pki/openssl_handles.hpp"
#include "pipeline/base/digest.hpp"
#include "pipeline/base/file.hpp"

namespace sohoa::pki {
namespace {

using std::chrono::hours;
constexpr auto year = hours(24 * 365);
constexpr std::uint64_t most_bytes = 1 << 20;

constexpr std::array<const char*, 4> file_names{"root", "issuing", "timestamp", "ocsp"};

IdentityOptions authority(std::string name, Role role, KeyType key) {
  return {.common_name = std::move(name),
          .organization = "Sohoa - MẪU trình diễn, không có giá trị pháp lý",
          .role = role,
          .key = key,
          .not_before = now() - 20 * year,  // so that tests may look back
          .not_after = now() + 20 * year};
}

TimeHandle asn1_time(WallTime time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  return TimeHandle(ASN1_TIME_set(nullptr, std::chrono::system_clock::to_time_t(seconds)));
}

/// thisUpdate and nextUpdate of an answer as of `at`.
struct Period {
  TimeHandle from, to;
};
Period period_of(Lie lie, WallTime at) {
  const auto start = lie == Lie::stale ? at - year : at - std::chrono::minutes(1);
  return {asn1_time(start), asn1_time(start + hours(24))};
}

Result<Bytes> file(const std::filesystem::path& path) {
  return read_file(path, most_bytes);
}

}  // namespace

DemoPki::DemoPki(std::string url, Identity root, Identity issuing, Identity timestamper, Identity responder)
    : url_(std::move(url)),
      root_(std::move(root)),
      issuing_(std::move(issuing)),
      timestamper_(std::move(timestamper)),
      responder_(std::move(responder)) {}

AuthorityUrls DemoPki::urls_of(std::string_view authority) const {
  const auto name = std::string(authority);
  // The root answers by CRL alone, as offline roots do.
  return {name == "root" ? "" : url_ + "/ocsp", url_ + "/" + name + ".crl", url_ + "/" + name + ".cer"};
}

Result<std::unique_ptr<DemoPki>> DemoPki::create(const DemoPkiOptions& options) {
  const auto key = options.authority_key;
  const AuthorityUrls of_root{"", options.url + "/root.crl", options.url + "/root.cer"};
  const AuthorityUrls of_issuing{options.url + "/ocsp", options.url + "/issuing.crl", options.url + "/issuing.cer"};
  SOHOA_TRY(auto root, Identity::issue(authority("Chứng thực gốc MẪU", Role::root, key), nullptr, {}));
  SOHOA_TRY(auto issuing,
            Identity::issue(authority("Chứng thực cấp phát MẪU", Role::intermediate, key), &root, of_root));
  SOHOA_TRY(auto timestamper,
            Identity::issue(authority("Cấp dấu thời gian MẪU", Role::timestamp, key), &issuing, of_issuing));
  SOHOA_TRY(auto responder,
            Identity::issue(authority("Trạng thái chứng thư MẪU", Role::ocsp, key), &issuing, of_issuing));
  return std::unique_ptr<DemoPki>(
      new DemoPki(options.url, std::move(root), std::move(issuing), std::move(timestamper), std::move(responder)));
}

Result<std::unique_ptr<DemoPki>> DemoPki::load(const std::filesystem::path& folder) {
  std::vector<Identity> all;
  for (const std::string name : file_names) {
    SOHOA_TRY(const auto key, file(folder / (name + ".key.pem")));
    SOHOA_TRY(const auto certificate, file(folder / (name + ".pem")));
    SOHOA_TRY(auto identity, Identity::from_pem(key, certificate));
    all.push_back(std::move(identity));
  }
  SOHOA_TRY(const auto url, file(folder / "url"));
  std::unique_ptr<DemoPki> pki(new DemoPki(std::string(as_text(url)), all[0], all[1], all[2], all[3]));
  std::ifstream revoked(folder / "revoked");
  std::string serial;
  std::int64_t at = 0;
  for (int reason = 0; revoked >> serial >> at >> reason;) {
    pki->revoke(serial, WallTime(std::chrono::seconds(at)), reason);
  }
  return pki;
}

Result<void> DemoPki::save(const std::filesystem::path& folder) const {
  const std::array<const Identity*, 4> all{&root_, &issuing_, &timestamper_, &responder_};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string name = file_names[i];
    SOHOA_DO(write_file(folder / (name + ".pem"), all[i]->certificate_pem()));
    SOHOA_DO(write_file(folder / (name + ".key.pem"), all[i]->key_pem()));
    std::filesystem::permissions(folder / (name + ".key.pem"), std::filesystem::perms(0600));
  }
  return write_file(folder / "url", as_bytes(url_));
}

Result<Identity> DemoPki::issue(const IdentityOptions& options) const {
  return Identity::issue(options, &issuing_, urls_of("issuing"));
}

void DemoPki::revoke(const std::string& serial, WallTime at, int reason) {
  revocations_.with([&](Revocations& all) { all[serial] = {at, reason}; });
}

std::optional<DemoPki::Revocation> DemoPki::revocation_of(const std::string& serial) const {
  return revocations_.with([&](const Revocations& all) -> std::optional<Revocation> {
    const auto found = all.find(serial);
    return found == all.end() ? std::nullopt : std::optional(found->second);
  });
}

Bytes DemoPki::crl_of(const Identity& authority, Lie lie, WallTime at) const {
  const CrlHandle crl(X509_CRL_new());
  const auto period = period_of(lie, at);
  X509_CRL_set_version(crl.get(), X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(authority.certificate()));
  X509_CRL_set1_lastUpdate(crl.get(), period.from.get());
  X509_CRL_set1_nextUpdate(crl.get(), period.to.get());
  revocations_.with([&](const Revocations& all) {
    for (const auto& [serial, revocation] : all) {
      auto* entry = X509_REVOKED_new();
      BIGNUM* number = nullptr;
      BN_hex2bn(&number, serial.c_str());
      const IntegerHandle integer(BN_to_ASN1_INTEGER(number, nullptr));
      BN_free(number);
      X509_REVOKED_set_serialNumber(entry, integer.get());
      X509_REVOKED_set_revocationDate(entry, asn1_time(revocation.at).get());
      const Handle<ASN1_ENUMERATED, ASN1_ENUMERATED_free> reason(ASN1_ENUMERATED_new());
      ASN1_ENUMERATED_set(reason.get(), revocation.reason);
      X509_REVOKED_add1_ext_i2d(entry, NID_crl_reason, reason.get(), 0, 0);
      X509_CRL_add0_revoked(crl.get(), entry);
    }
  });
  X509_CRL_sort(crl.get());
  X509_CRL_sign(crl.get(), lie == Lie::signer ? responder_.key() : authority.key(), EVP_sha256());
  return der_of<i2d_X509_CRL>(crl.get());
}

Bytes DemoPki::ocsp(ByteView request, Lie lie, WallTime at) const {
  const auto asked = from_der<OcspRequestHandle, d2i_OCSP_REQUEST>(request);
  if (!asked || lie == Lie::refusal) {
    const int status = asked ? OCSP_RESPONSE_STATUS_TRYLATER : OCSP_RESPONSE_STATUS_MALFORMEDREQUEST;
    return der_of<i2d_OCSP_RESPONSE>(OcspResponseHandle(OCSP_response_create(status, nullptr)).get());
  }
  const OcspBasicHandle basic(OCSP_BASICRESP_new());
  const auto period = period_of(lie, at);
  for (int i = 0; i < OCSP_request_onereq_count(asked.get()); ++i) {
    auto* id = OCSP_onereq_get0_id(OCSP_request_onereq_get0(asked.get(), i));
    ASN1_INTEGER* serial = nullptr;
    OCSP_id_get0_info(nullptr, nullptr, nullptr, &serial, id);
    const auto revoked = revocation_of(to_hex({serial->data, static_cast<std::size_t>(serial->length)}));
    if (lie == Lie::imprint) serial->data[serial->length - 1] ^= 1;
    const auto revoked_at = revoked ? asn1_time(revoked->at) : TimeHandle();
    OCSP_basic_add1_status(basic.get(), id, revoked ? V_OCSP_CERTSTATUS_REVOKED : V_OCSP_CERTSTATUS_GOOD,
                           revoked ? revoked->reason : 0, revoked_at.get(), period.from.get(), period.to.get());
  }
  if (lie != Lie::nonce) OCSP_copy_nonce(basic.get(), asked.get());
  const auto& signer = lie == Lie::signer ? timestamper_ : responder_;
  OCSP_basic_sign(basic.get(), signer.certificate(), signer.key(), EVP_sha256(), nullptr, 0);
  const OcspResponseHandle response(OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get()));
  return der_of<i2d_OCSP_RESPONSE>(response.get());
}

}  // namespace sohoa::pki
