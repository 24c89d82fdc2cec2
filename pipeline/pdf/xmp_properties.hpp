#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/pdf/xml.hpp"

namespace sohoa::pdf {

inline constexpr std::string_view rdf_space = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
inline constexpr std::string_view pdfaid_space = "http://www.aiim.org/pdfa/ns/id/";
inline constexpr std::string_view dc_space = "http://purl.org/dc/elements/1.1/";
inline constexpr std::string_view xmp_space = "http://ns.adobe.com/xap/1.0/";
inline constexpr std::string_view pdf_space = "http://ns.adobe.com/pdf/1.3/";

/// A property of an XMP packet.
struct XmpProperty {
  XmlName name;
  std::string text;                     ///< of a simple value
  const XmlElement* element = nullptr;  ///< null where it was written as an attribute
};
/// All properties of the packet's resource. Errors: invalid_input (no rdf:RDF, or not what RDF/XML allows there).
[[nodiscard]] Result<std::vector<XmpProperty>> properties_of(const XmlElement& root);

/// The type of a property of the predefined schemas (XMP Specification 2005), as a letter of value_fits; 'n' where they
/// do not have it, '?' where its schema has no table here.
[[nodiscard]] char predefined_type(const XmlName& name);
/// Type letters: t text, d date, i integer, r real, b boolean, L language alternative, B bag, S sequence, A alternative
/// of texts, D sequence of dates, s structure, * anything.
[[nodiscard]] bool value_fits(const XmpProperty& property, char type);
/// Items of a bag, sequence or alternative; none of anything else.
[[nodiscard]] std::vector<const XmlElement*> items_of(const XmlElement& element);

}  // namespace sohoa::pdf
