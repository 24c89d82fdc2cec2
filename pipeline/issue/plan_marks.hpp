#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/issue/mark_places.hpp"
#include "pipeline/model/fields.hpp"
#include "pipeline/model/issuance.hpp"

namespace sohoa::issue {

/// Where a document is signed: between the signer's title and name, on one page.
struct SignaturePlace {
  std::uint32_t page = 1;
  PointRect between;  ///< points
};
/// From the fields of the signer; nothing where they were not found beneath one another on one page. `page` is that
/// of both, `extent` its size in points.
[[nodiscard]] std::optional<SignaturePlace> signature_place(const Field& title, const Field& name,
                                                            const RecognizedPage& page, PageExtent extent);

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
  std::shared_ptr<const ImageStream> seal, handwriting;  ///< images for results; null: type alone
  std::optional<SignaturePlace> signature_place;         ///< of a result
};

/// Marks for page 1: QR, the mark of conversion or attestation, and the looks of the signatures, the person's first.
/// They stand in the top margin where it is free, and cover no text unless there is no other place.
[[nodiscard]] PageMarks plan_marks(const MarkFacts& facts, const RecognizedPage& page, PageExtent extent);

}  // namespace sohoa::issue
