#pragma once

#include <string>
#include <vector>

#include "pipeline/issue/mark_places.hpp"
#include "pipeline/model/issuance.hpp"

namespace sohoa::issue {

/// What the marks tell.
struct MarkFacts {
  IssueKind kind = IssueKind::digitized_copy;
  CopyForm form = CopyForm::none;
  std::string code;       ///< of the paper
  std::string dossier;    ///< "" where it is in none
  std::string procedure;  ///< code
  std::string owner;      ///< the applicant's identifier
  std::string paper_name;
  std::string validity;  ///< of a result: "2026-11-23/..", "" where none is stated
  std::string system;    ///< that issues
  std::string agency;
  std::string by_name;  ///< full name of who converted or certified
  WallTime at{};
  bool person_signs = false, agency_signs = false;
};

/// Marks for page 1: QR, the mark of conversion or attestation, and the looks of the signatures, the person's first.
/// They stand in the top margin where it is free, and cover no text unless there is no other place.
[[nodiscard]] PageMarks plan_marks(const MarkFacts& facts, const RecognizedPage& page, PageExtent extent);

}  // namespace sohoa::issue
