#pragma once

#include <string>

#include "pipeline/base/clock.hpp"
#include "pipeline/model/ids.hpp"

namespace sohoa::issue {

/// What a document says about itself, alike in the Info dictionary and in the XMP packet.
struct PdfMetadata {
  std::string title;  ///< well-formed UTF-8
  WallTime created;
  DocumentId id;
  std::string language = "vi";  ///< RFC 3066
};
inline constexpr const char* pdf_creator = "Sohoa";
inline constexpr const char* pdf_producer = "Sohoa " SOHOA_VERSION;

/// An XMP packet that states PDF/A-2b (ISO 19005-2, 6.6).
[[nodiscard]] std::string xmp_packet(const PdfMetadata& metadata);

}  // namespace sohoa::issue
