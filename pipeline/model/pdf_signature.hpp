#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "pipeline/base/wire.hpp"
#include "pipeline/model/signature.hpp"

namespace sohoa {

/// What a later revision of a PDF did to what was signed (ISO 32000-1, 12.8.2.2; ETSI EN 319 142-1, 5.4).
struct PdfChange {
  enum class Kind : std::uint8_t {
    signature,        ///< a further signature or document timestamp, in a field of its own
    validation_data,  ///< a DSS dictionary
    form_value,       ///< a form field was filled in
    annotation,       ///< an annotation was added, changed or taken away
    page,             ///< what a page shows, or which pages there are
    metadata,         ///< the information dictionary or XMP, which no page shows
    other             ///< anything else: catalogue, actions, a field taken away, bytes that belong to nothing, ...
  };
  Kind kind = Kind::other;
  std::uint32_t revision = 0;  ///< of the file, from 1
  std::uint32_t page = 0;      ///< from 1; 0: of no one page
  std::string what;            ///< "object 12 of page 3: /Contents"

  static constexpr auto fields = [](auto& self) { return std::tie(self.kind, self.revision, self.page, self.what); };
};

/// A signature dictionary as it stands in a PDF, with what can be told without cryptography.
struct PdfSignature {
  std::string field;       ///< full name of its field
  std::string sub_filter;  ///< "ETSI.CAdES.detached"
  std::string name, reason, location;
  std::string claimed_time;               ///< M, ISO 8601; "" where there is none or it is malformed
  Bytes contents;                         ///< DER without the padding
  std::vector<std::uint64_t> byte_range;  ///< as written: four numbers, if it is any good
  /// Why the ByteRange is no good: it does not start at 0, leaves out more or less than Contents, goes beyond the file,
  /// overlaps, ends within a revision; "": it is good.
  std::string byte_range_fault;
  Bytes sha1, sha256, sha384, sha512;  ///< of the bytes it covers; empty where it has a fault
  bool covers_file = false;            ///< nothing was added after it
  std::uint32_t revision = 0;          ///< the one it ends, from 1
  std::uint32_t page = 0;              ///< on which it is shown; 0: it is not
  std::uint8_t certification = 0;      ///< DocMDP's P, 1..3; 0: no certification signature
  std::vector<PdfChange> changes;      ///< made by later revisions

  static constexpr auto fields = [](auto& self) {
    return std::tie(self.field, self.sub_filter, self.name, self.reason, self.location, self.claimed_time,
                    self.contents, self.byte_range, self.byte_range_fault, self.sha1, self.sha256, self.sha384,
                    self.sha512, self.covers_file, self.revision, self.page, self.certification, self.changes);
  };
};

/// All signatures of a PDF, in the order of their revisions, and the validation data that it carries.
struct PdfSignatures {
  std::uint32_t revisions = 0;
  std::vector<PdfSignature> signatures;
  ValidationData validation;
  std::vector<std::string> findings;  ///< what is suspicious of the file as a whole: shadowed objects, two xrefs, ...

  static constexpr auto fields = [](auto& self) {
    return std::tie(self.revisions, self.signatures, self.validation, self.findings);
  };
};

template <>
inline constexpr int wire::enum_last<PdfChange::Kind> = static_cast<int>(PdfChange::Kind::other);

/// A rule of PDF/A-2b that a file breaks.
struct PdfaFinding {
  std::string clause;     ///< of ISO 19005-2: "6.2.11.4.1"
  std::uint8_t rule = 0;  ///< of the clause, as veraPDF's profile PDF/A-2B counts them; 0: it has none for this
  std::string what;       ///< "the font program is not embedded"
  std::string where;      ///< "object 12", "page 3"

  static constexpr auto fields = [](auto& self) { return std::tie(self.clause, self.rule, self.what, self.where); };
};
struct PdfaReport {
  std::vector<PdfaFinding> findings;  ///< at most 100
  static constexpr auto fields = [](auto& self) { return std::tie(self.findings); };
};

}  // namespace sohoa
