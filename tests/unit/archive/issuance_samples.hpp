#pragma once

// Issuances for tests, with every member filled.

#include <tuple>

#include "pipeline/model/issuance.hpp"
#include "tests/unit/archive/samples.hpp"

namespace sohoa::test {

inline CertificateFacts some_certificate(const std::string& subject) {
  return {subject,
          "UBND xã Một",
          "CA thử",
          "0a1b",
          WallTime(std::chrono::milliseconds(1'700'000'000'000)),
          WallTime(std::chrono::milliseconds(1'900'000'000'000)),
          digest_of(subject)};
}

/// Signed by its officer and the agency, neither timestamped yet.
inline Issuance some_issuance(const DocumentId& document, const StoredObject& pdf) {
  Issuance issuance;
  issuance.document = document;
  issuance.kind = IssueKind::electronic_copy;
  issuance.form = CopyForm::sao_y;
  issuance.code = {"H12.1.GKS.01"};
  issuance.by = {Actor::Kind::officer, "an"};
  issuance.by_name = "Nguyễn Văn An";
  issuance.at = WallTime(std::chrono::milliseconds(1'795'000'200'789));
  issuance.pdf = pdf;
  issuance.level = SignatureLevel::b_b;
  issuance.timestamp_pending = true;
  issuance.signatures = {{MadeSignature::Role::person, some_certificate("Nguyễn Văn An"), issuance.at, false},
                         {MadeSignature::Role::agency, some_certificate("UBND xã Một"), issuance.at, false}};
  return issuance;
}

/// The same with its timestamps; `pdf` is the file that has them.
inline Issuance completed(Issuance issuance, const StoredObject& pdf) {
  issuance.pdf = pdf;
  issuance.level = SignatureLevel::b_lt;
  issuance.timestamp_pending = false;
  for (auto& signature : issuance.signatures) signature.timestamped = true;
  return issuance;
}

/// All of it, to compare with ==.
inline auto all_of(const Issuance& it) {
  return std::tie(it.document, it.number, it.version, it.kind, it.form, it.code, it.by, it.by_name, it.at,
                  it.pdf.digest, it.pdf.size, it.level, it.timestamp_pending, it.signatures);
}

}  // namespace sohoa::test
