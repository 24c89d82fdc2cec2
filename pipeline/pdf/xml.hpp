#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/result.hpp"

namespace sohoa::pdf {

/// A name with its namespace: the URI, not the prefix, tells which one it is.
struct XmlName {
  std::string space;
  std::string prefix;
  std::string local;
  [[nodiscard]] bool is(std::string_view uri, std::string_view name) const { return space == uri && local == name; }
};
struct XmlAttribute {
  XmlName name;
  std::string value;
};
struct XmlElement {
  XmlName name;
  std::vector<XmlAttribute> attributes;
  std::vector<XmlElement> children;
  std::string text;  ///< all character data directly within
  [[nodiscard]] const XmlAttribute* attribute(std::string_view uri, std::string_view local) const;
};
struct XmlDocument {
  XmlElement root;
  /// Of processing instructions before the root: "xpacket" and what follows it.
  std::vector<std::pair<std::string, std::string>> instructions;
};

/// A small strict parser of XML 1.0 with namespaces, as much as XMP needs: UTF-8, no document type (so no entities
/// beyond the five), 100 levels, a million nodes. Errors: invalid_input (not well-formed, or one of these).
[[nodiscard]] Result<XmlDocument> parse_xml(std::string_view utf8);

}  // namespace sohoa::pdf
