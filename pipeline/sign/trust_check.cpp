#include "pipeline/sign/trust_check.hpp"

#include <algorithm>

#include "pipeline/sign/handles.hpp"
#include "pipeline/sign/revocation_evidence.hpp"

namespace sohoa::sign {
namespace {

constexpr auto clock_tolerance = std::chrono::minutes(5);
using State = RevocationFacts::State;

/// A revocation, whenever it was told, is one. That all is well counts only where it was said at a time that matters,
/// and while the certificate lasted: lists drop what has expired (RFC 5280, 3.3).
bool counts(const RevocationEvidence& evidence, const Certificate& certificate, const TrustMaterial& material,
            WallTime at) {
  if (*evidence.facts.said_at > material.now + clock_tolerance) return false;
  if (evidence.facts.state == State::revoked) return true;
  return evidence.facts.state == State::good && evidence.speaks_for(at) &&
         *evidence.facts.said_at <= certificate.facts().not_after;
}

/// A revocation goes before anything; else the latest word.
bool is_better(const RevocationFacts& one, const RevocationFacts& other) {
  if (one.state != other.state) return one.state > other.state;
  return one.said_at > other.said_at;
}

class RevocationSearch {
 public:
  RevocationSearch(const Certificate& certificate, const Certificate& issuer, const TrustMaterial& material,
                   WallTime at)
      : certificate_(certificate), issuer_(issuer), material_(material), at_(at) {}

  RevocationFacts embedded() {
    for (const auto& one : material_.ocsp_responses) consider(read_ocsp(one, certificate_, issuer_));
    for (const auto& one : material_.crls) consider(read_crl(one, certificate_, issuer_));
    return best_;
  }

  /// What the network tells goes before what the file says where it is a revocation, or all there is.
  RevocationFacts online() {
    const auto answer = material_.online == nullptr ? Error{ErrorCode::not_found, "nobody to ask"}
                                                    : material_.online->status(certificate_, issuer_);
    if (!answer) return best_;
    const RevocationEvidence evidence{answer->facts, std::nullopt, {}};
    if (!counts(evidence, certificate_, material_, std::min(at_, *answer->facts.said_at))) return best_;
    const bool first = best_.state == State::unknown;
    if (first || answer->facts.state == State::revoked) best_ = answer->facts;
    return best_;
  }

 private:
  void consider(const std::optional<RevocationEvidence>& evidence) {
    if (!evidence || !counts(*evidence, certificate_, material_, at_)) return;
    if (best_.state != State::unknown && !is_better(evidence->facts, best_)) return;
    best_ = evidence->facts;
    best_.embedded = true;
  }

  const Certificate& certificate_;
  const Certificate& issuer_;
  const TrustMaterial& material_;
  const WallTime at_;
  RevocationFacts best_;
};

/// Tokens of before the revocation remain good for these reasons (RFC 3161, 4.1).
bool key_was_safe(std::string_view reason) {
  return reason == "unspecified" || reason == "affiliationChanged" || reason == "superseded" ||
         reason == "cessationOfOperation";
}

/// What the revocation of one certificate of a path means.
std::optional<SignatureFinding> finding_of(const RevocationFacts& facts, const Certificate& certificate,
                                           const TrustMoment& moment) {
  const auto& name = certificate.facts().subject;
  if (facts.state == State::unknown) return SignatureFinding{SignatureProblem::revocation_unknown, name};
  if (facts.state == State::good) return std::nullopt;
  const bool later = facts.revoked_at.value_or(WallTime{}) > moment.revocation;
  if (later && (!moment.timestamping || key_was_safe(facts.reason))) return std::nullopt;
  return SignatureFinding{SignatureProblem::revoked, name};
}

}  // namespace

TrustCheck check_trust(const Certificate& certificate, const TrustMaterial& material, const TrustMoment& moment) {
  TrustCheck check{path_of(certificate, material.pool, material.anchors, moment.period), {}, {}, true};
  check.findings = check.path.findings;
  const auto& path = check.path.certificates;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    RevocationSearch search(path[i], path[i + 1], material, moment.revocation);
    auto facts = search.embedded();
    check.embedded &= facts.state != State::unknown;
    // Addresses in certificates that nobody vouches for are not followed.
    const bool ask = facts.state == State::unknown || moment.timestamping;
    if (ask && check.path.trusted) facts = search.online();
    if (i == 0) check.revocation = facts;
    const bool unknown_anyway = facts.state == State::unknown && !check.path.trusted;
    if (auto finding = finding_of(facts, path[i], moment); finding && !unknown_anyway) {
      check.findings.push_back(*std::move(finding));
    }
  }
  check.embedded &= path.size() > 1 && (check.path.trusted || path.back().self_issued());
  return check;
}

std::vector<SignatureFinding> stray_certificates(const std::vector<Certificate>& beside,
                                                 const std::vector<Certificate>& known, const TrustMaterial& material) {
  const auto is_known = [&](const Certificate& one) {
    return std::find(known.begin(), known.end(), one) != known.end();
  };
  const auto is_issued = [&](const Certificate& one) {
    const auto by = [&](const Certificate& issuer) { return one.check_issued_by(issuer).has_value(); };
    return std::any_of(material.pool.begin(), material.pool.end(), by) ||
           std::any_of(material.anchors.begin(), material.anchors.end(), by);
  };
  std::vector<SignatureFinding> findings;
  for (const auto& one : beside) {
    if (is_known(one) || is_issued(one)) continue;
    findings.push_back({SignatureProblem::certificate_invalid, one.facts().subject + ": issued by nobody known"});
  }
  ERR_clear_error();
  return findings;
}

}  // namespace sohoa::sign
