#include "pipeline/sign/certificate_path.hpp"

#include <algorithm>

#include "pipeline/sign/handles.hpp"
#include "pipeline/sign/times.hpp"

namespace sohoa::sign {
namespace {

bool is_one_of(const std::vector<Certificate>& certificates, X509* certificate) {
  return std::any_of(certificates.begin(), certificates.end(),
                     [&](const Certificate& one) { return X509_cmp(one.get(), certificate) == 0; });
}

SignatureProblem problem_of(int error) {
  switch (error) {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_UNTRUSTED: return SignatureProblem::unknown_issuer;
    case X509_V_ERR_CERT_HAS_EXPIRED: return SignatureProblem::expired;
    case X509_V_ERR_CERT_NOT_YET_VALID: return SignatureProblem::not_yet_valid;
    default: return SignatureProblem::certificate_invalid;
  }
}

void add(std::vector<SignatureFinding>& findings, SignatureFinding finding) {
  if (std::find(findings.begin(), findings.end(), finding) == findings.end()) findings.push_back(std::move(finding));
}

/// What OpenSSL's verification tells on its way.
struct Told {
  const std::vector<Certificate>* anchors = nullptr;
  std::vector<SignatureFinding> findings;
};

int note(int ok, X509_STORE_CTX* context) {
  if (ok == 1) return 1;
  auto& told = *static_cast<Told*>(X509_STORE_CTX_get_app_data(context));
  auto* certificate = X509_STORE_CTX_get_current_cert(context);
  const int error = X509_STORE_CTX_get_error(context);
  const auto problem = problem_of(error);
  const bool of_period = problem == SignatureProblem::expired || problem == SignatureProblem::not_yet_valid;
  if (of_period && certificate != nullptr && is_one_of(*told.anchors, certificate)) return 1;
  std::string detail;
  if (certificate != nullptr) {
    if (const auto read = Certificate::from_der(der_of<i2d_X509>(certificate))) detail = read->facts().subject;
  }
  if (problem == SignatureProblem::certificate_invalid) {
    detail += (detail.empty() ? "" : ": ") + std::string(X509_verify_cert_error_string(error));
  }
  add(told.findings, {problem, std::move(detail)});
  return 1;  // go on: all that is wrong is to be told
}

BorrowedX509s list_of(const std::vector<Certificate>& certificates) {
  BorrowedX509s list(sk_X509_new_null());
  for (const auto& one : certificates) sk_X509_push(list.get(), one.get());
  return list;
}

void add_strength(CertificatePath& path) {
  const auto count = path.certificates.size() - (path.trusted ? 1 : 0);
  for (std::size_t i = 0; i < path.certificates.size(); ++i) {
    const auto& one = path.certificates[i];
    if (!is_strong(key_strength(one))) add(path.findings, {SignatureProblem::weak_key, one.facts().subject});
    if (i < count && !one.self_issued() && !signed_with_strong_hash(one)) {
      add(path.findings, {SignatureProblem::weak_hash, one.facts().subject});
    }
  }
}

}  // namespace

CertificatePath path_of(const Certificate& certificate, const std::vector<Certificate>& pool,
                        const std::vector<Certificate>& anchors, WallTime at) {
  const StoreHandle store(X509_STORE_new());
  const StoreContextHandle context(X509_STORE_CTX_new());
  const auto others = list_of(pool);
  const auto trusted = list_of(anchors);
  Told told{&anchors, {}};
  CertificatePath path;
  if (!store || !context || X509_STORE_CTX_init(context.get(), store.get(), certificate.get(), others.get()) != 1) {
    path.findings.push_back({SignatureProblem::certificate_invalid, "out of memory"});
    return path;
  }
  X509_STORE_CTX_set0_trusted_stack(context.get(), trusted.get());
  X509_STORE_CTX_set_app_data(context.get(), &told);
  X509_STORE_CTX_set_verify_cb(context.get(), note);
  auto* rules = X509_STORE_CTX_get0_param(context.get());
  // An anchor may be an intermediate authority.
  X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_TRUSTED_FIRST);
  X509_VERIFY_PARAM_set_time(rules, unix_time(at));
  const int verified = X509_verify_cert(context.get());
  path.findings = std::move(told.findings);
  if (verified != 1 && path.findings.empty()) {
    add(path.findings, {SignatureProblem::certificate_invalid, certificate.facts().subject});
  }
  const auto* chain = X509_STORE_CTX_get0_chain(context.get());
  for (int i = 0; chain != nullptr && i < sk_X509_num(chain); ++i) {
    auto one = Certificate::from_der(der_of<i2d_X509>(sk_X509_value(chain, i)));
    if (one) path.certificates.push_back(*std::move(one));
  }
  if (path.certificates.empty()) path.certificates.push_back(certificate);
  path.trusted = is_one_of(anchors, path.certificates.back().get());
  if (!path.trusted && std::none_of(path.findings.begin(), path.findings.end(), [](const auto& finding) {
        return finding.problem == SignatureProblem::unknown_issuer;
      })) {
    add(path.findings, {SignatureProblem::unknown_issuer, path.certificates.back().facts().subject});
  }
  add_strength(path);
  ERR_clear_error();
  return path;
}

}  // namespace sohoa::sign
