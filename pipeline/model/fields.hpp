#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "pipeline/base/units.hpp"
#include "pipeline/model/quality.hpp"
#include "pipeline/model/text.hpp"

namespace sohoa {

/// What can be known of a document (Decree 30/2020, annex I; Circular 01/2023, art. 9). The names in results are those
/// of name_of.
enum class FieldName : std::uint8_t {
  issuing_agency,           ///< its lines as one
  parent_agency,            ///< the one printed above the issuer
  number_symbol,            ///< "47/QĐ-UBND", without blanks
  place,                    ///< of issue
  issue_date,               ///< ISO 8601: "2025-01-17", or "2025-01" where the day was not read
  document_type,            ///< as printed, in capitals: "QUYẾT ĐỊNH"; "Công văn", which prints none
  abstract,                 ///< "Về việc ...", "V/v ..."
  addressees,               ///< each of "Kính gửi:"
  signer_title,             ///< authority and title, a line each: "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
  signer_name,              ///< without academic titles
  recipients,               ///< each of "Nơi nhận:"
  secrecy,                  ///< "MẬT", "TỐI MẬT", "TUYỆT MẬT"
  urgency,                  ///< "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"
  validity,                 ///< ISO 8601 interval "2025-02-01/..", "../2030-05-04", duration "P6M", or "unlimited"
  personal_identifiers,     ///< 12 digits
  old_identity_numbers,     ///< 9 digits, of cards before 2016
  tax_codes,                ///< 10 digits, or with "-NNN"
  travel_document_numbers,  ///< of a passport's or card's machine-readable zone
  owner_names               ///< of whom a personal paper speaks: "Lê Thị Mẫu", however it is printed
};
inline constexpr FieldName last_field_name = FieldName::owner_names;
[[nodiscard]] std::string_view name_of(FieldName name);  ///< "issuing_agency"
[[nodiscard]] std::optional<FieldName> field_name_of(std::string_view name);
/// Whether a document may have several of it; each is then a Field of its own.
[[nodiscard]] bool is_list(FieldName name);

/// One thing found, with what it was found by.
struct Field {
  FieldName name = FieldName::issuing_agency;
  std::string value;                     ///< normalised, NFC; may be partial or empty where `review` says why
  std::string raw;                       ///< as it was read, lines parted by '\n'
  PageNumber page;                       ///< where it stands
  PixelRect box;                         ///< there, pixels of the page as it is shown
  float confidence = 0;                  ///< 0..1 that `value` is right
  std::string rule;                      ///< what found it: "head.number"
  std::string review;                    ///< why an officer must look; "": nobody must
  std::optional<Correction> correction;  ///< then the field is locked: no reading replaces it

  [[nodiscard]] bool needs_review() const { return !review.empty(); }
};

/// What kind of paper a document is.
struct Classification {
  std::string type;                  ///< "quyet_dinh"; "" where it is not known
  std::string abbreviation;          ///< of Decree 30/2020, annex III: "QĐ"; "" where there is none
  std::string name;                  ///< "Quyết định"
  float confidence = 0;              ///< 0..1
  std::vector<std::string> reasons;  ///< "heading", "symbol", ...
  std::string review;                ///< why an officer must look; "": nobody must
};

/// What is known of a document as a whole.
struct DocumentFields {
  Classification classification;
  std::vector<Field> fields;  ///< in the order of FieldName
  std::vector<Finding> findings;

  /// The first of that name.
  [[nodiscard]] const Field* find(FieldName name) const;
};

/// Puts fields that officers set right in the place of what was found: of a field that is one, it; of several, the one
/// whose value is what was corrected (none where the correction is a further one). They come out in the order of
/// FieldName.
void lock_fields(DocumentFields& found, const std::vector<Field>& locked);

}  // namespace sohoa
