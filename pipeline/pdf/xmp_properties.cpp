#include "pipeline/pdf/xmp_properties.hpp"

#include <algorithm>
#include <regex>

namespace sohoa::pdf {
namespace {

constexpr std::string_view xml_space = "http://www.w3.org/XML/1998/namespace";

using Table = std::map<std::string_view, char, std::less<>>;

/// The predefined schemas (XMP Specification, September 2005, chapter 4). A null table: known, but not listed here.
const std::map<std::string_view, Table, std::less<>>& tables() {
  static const std::map<std::string_view, Table, std::less<>> all = {
      {dc_space,
       {{"contributor", 'B'},
        {"coverage", 't'},
        {"creator", 'S'},
        {"date", 'D'},
        {"description", 'L'},
        {"format", 't'},
        {"identifier", 't'},
        {"language", 'B'},
        {"publisher", 'B'},
        {"relation", 'B'},
        {"rights", 'L'},
        {"source", 't'},
        {"subject", 'B'},
        {"title", 'L'},
        {"type", 'B'}}},
      {xmp_space,
       {{"Advisory", 'B'},
        {"BaseURL", 't'},
        {"CreateDate", 'd'},
        {"CreatorTool", 't'},
        {"Identifier", '*'},
        {"Label", 't'},
        {"MetadataDate", 'd'},
        {"ModifyDate", 'd'},
        {"Nickname", 't'},
        {"Rating", 'r'},
        {"Thumbnails", '*'}}},
      {"http://ns.adobe.com/xap/1.0/rights/",
       {{"Certificate", 't'}, {"Marked", 'b'}, {"Owner", 'B'}, {"UsageTerms", 'L'}, {"WebStatement", 't'}}},
      {"http://ns.adobe.com/xap/1.0/mm/",
       {{"DerivedFrom", 's'},
        {"DocumentID", 't'},
        {"History", '*'},
        {"InstanceID", 't'},
        {"ManagedFrom", 's'},
        {"Manager", 't'},
        {"ManageTo", 't'},
        {"ManageUI", 't'},
        {"ManagerVariant", 't'},
        {"RenditionClass", 't'},
        {"RenditionParams", 't'},
        {"VersionID", 't'},
        {"Versions", '*'},
        {"LastURL", 't'},
        {"RenditionOf", 's'},
        {"SaveID", 'i'}}},
      {"http://ns.adobe.com/xap/1.0/bj/", {{"JobRef", '*'}}},
      {"http://ns.adobe.com/xap/1.0/t/pg/",
       {{"MaxPageSize", 's'}, {"NPages", 'i'}, {"Fonts", '*'}, {"Colorants", '*'}, {"PlateNames", 'S'}}},
      {pdf_space, {{"Keywords", 't'}, {"PDFVersion", 't'}, {"Producer", 't'}}},
      {pdfaid_space, {{"part", 'i'}, {"amd", 't'}, {"corr", 't'}, {"conformance", 't'}}},
      {"http://ns.adobe.com/photoshop/1.0/",
       {{"AuthorsPosition", 't'},
        {"CaptionWriter", 't'},
        {"Category", 't'},
        {"City", 't'},
        {"Country", 't'},
        {"Credit", 't'},
        {"DateCreated", 'd'},
        {"Headline", 't'},
        {"Instructions", 't'},
        {"Source", 't'},
        {"State", 't'},
        {"SupplementalCategories", 'B'},
        {"TransmissionReference", 't'},
        {"Urgency", 'i'}}},
      {"http://ns.adobe.com/tiff/1.0/", {}},
      {"http://ns.adobe.com/exif/1.0/", {}},
      {"http://ns.adobe.com/exif/1.0/aux/", {}},
      {"http://ns.adobe.com/camera-raw-settings/1.0/", {}},
      {"http://ns.adobe.com/xmp/1.0/DynamicMedia/", {}},
      {"http://www.aiim.org/pdfa/ns/extension/", {{"schemas", '*'}}},
  };
  return all;
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

bool is_date(std::string_view text) {  // ISO 8601 as XMP has it
  static const std::regex date(R"(\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?)?)?)");
  return text.size() < 40 && std::regex_match(text.begin(), text.end(), date);
}
bool is_integer(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_real(std::string_view text) {
  const auto point = std::min(text.find('.'), text.size());
  const auto behind = text.substr(std::min(point + 1, text.size()));
  return is_integer(text.substr(0, point)) && (behind.empty() || (is_integer(behind) && behind[0] != '-'));
}

bool is_simple(const XmpProperty& property) {
  return property.element == nullptr || property.element->children.empty();
}

bool is_list(const XmpProperty& property, std::string_view kind, bool (*fits)(const XmlElement&)) {
  if (property.element == nullptr || property.element->children.size() != 1) return false;
  const XmlElement& list = property.element->children[0];
  if (!list.name.is(rdf_space, kind)) return false;
  return std::all_of(list.children.begin(), list.children.end(),
                     [&](const XmlElement& item) { return item.name.is(rdf_space, "li") && fits(item); });
}

bool is_text_item(const XmlElement& item) {
  return item.children.empty();
}
bool is_language_item(const XmlElement& item) {
  return item.children.empty() && item.attribute(xml_space, "lang") != nullptr;
}
bool is_date_item(const XmlElement& item) {
  return item.children.empty() && is_date(trimmed(item.text));
}

void add_description(const XmlElement& description, std::vector<XmpProperty>& properties) {
  for (const auto& attribute : description.attributes) {
    if (attribute.name.space == rdf_space || attribute.name.space == xml_space) continue;
    properties.push_back({attribute.name, attribute.value, nullptr});
  }
  for (const auto& child : description.children) {
    std::string text(trimmed(child.text));
    if (const auto* resource = child.attribute(rdf_space, "resource")) text = resource->value;
    properties.push_back({child.name, std::move(text), &child});
  }
}

}  // namespace

Result<std::vector<XmpProperty>> properties_of(const XmlElement& root) {
  const XmlElement* rdf = root.name.is(rdf_space, "RDF") ? &root : nullptr;
  if (root.name.is("adobe:ns:meta/", "xmpmeta") || root.name.is("adobe:ns:meta/", "xapmeta")) {
    for (const auto& child : root.children) {
      if (child.name.is(rdf_space, "RDF")) rdf = &child;
    }
  }
  if (rdf == nullptr) return Error{ErrorCode::invalid_input, "an XMP packet without rdf:RDF"};
  std::vector<XmpProperty> properties;
  for (const auto& child : rdf->children) {
    if (!child.name.is(rdf_space, "Description")) {
      return Error{ErrorCode::invalid_input, "an XMP packet with something else than descriptions"};
    }
    add_description(child, properties);
  }
  for (const auto& property : properties) {
    if (property.name.space.empty()) return Error{ErrorCode::invalid_input, "a property without a namespace"};
  }
  return properties;
}

char predefined_type(const XmlName& name) {
  const auto table = tables().find(name.space);
  if (table == tables().end()) return 'n';
  if (table->second.empty()) return '?';
  const auto type = table->second.find(name.local);
  return type == table->second.end() ? 'n' : type->second;
}

bool value_fits(const XmpProperty& property, char type) {
  const auto text = trimmed(property.text);
  switch (type) {
    case 't': return is_simple(property);
    case 'd': return is_simple(property) && is_date(text);
    case 'i': return is_simple(property) && is_integer(text);
    case 'r': return is_simple(property) && is_real(text);
    case 'b': return is_simple(property) && (text == "True" || text == "False");
    case 'L': return is_list(property, "Alt", is_language_item);
    case 'A': return is_list(property, "Alt", is_text_item);
    case 'B': return is_list(property, "Bag", is_text_item);
    case 'S': return is_list(property, "Seq", is_text_item);
    case 'D': return is_list(property, "Seq", is_date_item);
    case 's':
      return property.element != nullptr &&
             (!property.element->children.empty() || !property.element->attributes.empty());
    default: return true;
  }
}

std::vector<const XmlElement*> items_of(const XmlElement& element) {
  std::vector<const XmlElement*> items;
  for (const auto& list : element.children) {
    const bool is_container = list.name.space == rdf_space &&
                              (list.name.local == "Bag" || list.name.local == "Seq" || list.name.local == "Alt");
    if (!is_container) continue;
    for (const auto& item : list.children) {
      if (item.name.is(rdf_space, "li")) items.push_back(&item);
    }
  }
  return items;
}

}  // namespace sohoa::pdf
