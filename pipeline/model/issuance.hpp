#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/clock.hpp"
#include "pipeline/model/actor.hpp"
#include "pipeline/model/codes.hpp"
#include "pipeline/model/document.hpp"
#include "pipeline/model/signature.hpp"

namespace sohoa {

/// As what a document is issued (Decree 45/2020, art. 10 and 14; Circular 01/2023, art. 8).
enum class IssueKind : std::uint8_t {
  digitized_copy,   ///< converted from paper: the digitizer signs; for licences the agency as well
  electronic_copy,  ///< SAO Y, SAO LỤC, TRÍCH SAO: the agency signs (Decree 30/2020)
  certified_copy,   ///< certified against the original: who certified, then the agency
  result,           ///< of a procedure: the competent agency signs
};
[[nodiscard]] std::string_view name_of(IssueKind kind);  ///< "digitized_copy", ...
[[nodiscard]] std::optional<IssueKind> issue_kind_of(std::string_view name);

/// The form of an electronic copy (Decree 30/2020, art. 25).
enum class CopyForm : std::uint8_t { none, sao_y, sao_luc, trich_sao };
[[nodiscard]] std::string_view name_of(CopyForm form);  ///< "", "sao_y", "sao_luc", "trich_sao"
[[nodiscard]] std::optional<CopyForm> copy_form_of(std::string_view name);

/// One signature of an issued file, as it was made.
struct MadeSignature {
  enum class Role : std::uint8_t { person, agency };
  Role role = Role::person;
  CertificateFacts certificate;
  WallTime at{};
  bool timestamped = false;  ///< by a timestamp of its own
  bool operator==(const MadeSignature&) const = default;
};
[[nodiscard]] std::string_view name_of(MadeSignature::Role role);  ///< "person", "agency"

/// What a document was issued as: a signed PDF/A with its code and marks.
struct Issuance {
  DocumentId document;
  std::uint32_t number = 0;   ///< counts the document's issuances from 1
  std::uint32_t version = 1;  ///< of the document that was issued
  IssueKind kind = IssueKind::digitized_copy;
  CopyForm form = CopyForm::none;
  PaperCode code;
  Actor by;
  std::string by_name;  ///< full name of who issued it
  WallTime at{};
  StoredObject pdf;
  SignatureLevel level = SignatureLevel::b_b;
  bool timestamp_pending = false;  ///< signed; the timestamp follows by itself
  std::vector<MadeSignature> signatures;
};

}  // namespace sohoa
