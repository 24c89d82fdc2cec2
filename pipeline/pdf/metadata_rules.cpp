#include "pipeline/pdf/metadata_rules.hpp"

#include <algorithm>
#include <set>

#include "pipeline/pdf/text_string.hpp"
#include "pipeline/pdf/xmp_properties.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::pdf {
namespace {

constexpr std::size_t largest_packet = 16 * 1024 * 1024;  // bytes
constexpr std::string_view extension_space = "http://www.aiim.org/pdfa/ns/extension/";
constexpr std::string_view schema_space = "http://www.aiim.org/pdfa/ns/schema#";
constexpr std::string_view property_space = "http://www.aiim.org/pdfa/ns/property#";
constexpr std::string_view type_space = "http://www.aiim.org/pdfa/ns/type#";
constexpr std::string_view field_space = "http://www.aiim.org/pdfa/ns/field#";

/// A part of a description: by element, by attribute, or within an rdf:Description of its own.
const XmlElement* child_of(const XmlElement& element, std::string_view uri, std::string_view local) {
  for (const auto& child : element.children) {
    if (child.name.is(uri, local)) return &child;
    if (child.name.is(rdf_space, "Description")) return child_of(child, uri, local);
  }
  return nullptr;
}
std::optional<std::string> text_in(const XmlElement& element, std::string_view uri, std::string_view local) {
  if (const auto* attribute = element.attribute(uri, local)) return attribute->value;
  for (const auto& child : element.children) {
    if (child.name.is(rdf_space, "Description")) return text_in(child, uri, local);
  }
  const auto* child = child_of(element, uri, local);
  if (child == nullptr || !child->children.empty()) return std::nullopt;
  return child->text;
}

/// What the packet's extension schemas define.
class Extensions {
 public:
  Extensions(Judge& judge, std::string where) : judge_(judge), where_(std::move(where)) {}

  void read(const XmpProperty& schemas) {
    const bool is_bag = schemas.name.prefix == "pdfaExtension" && schemas.element != nullptr &&
                        schemas.element->children.size() == 1 && schemas.element->children[0].name.is(rdf_space, "Bag");
    judge_.expect(is_bag, "6.6.2.3.3", 1, "pdfaExtension:schemas is no bag", where_);
    if (!is_bag) return;
    for (const auto* schema : items_of(*schemas.element)) read_schema(*schema);
  }
  [[nodiscard]] const std::map<std::string, std::set<std::string>>& names() const { return names_; }
  void add(const std::pair<const std::string, std::set<std::string>>& of_space) { names_.insert(of_space); }
  [[nodiscard]] bool defines(const XmlName& name) const {
    const auto found = names_.find(name.space);
    return found != names_.end() && found->second.contains(name.local);
  }

 private:
  struct Part {
    const char* name;
    int rule;
  };
  /// Parts that must be there as plain texts.
  void expect_texts(const XmlElement& element, std::string_view uri, std::initializer_list<Part> parts) {
    for (const auto& part : parts) {
      const auto* child = child_of(element, uri, part.name);
      judge_.expect(child == nullptr || child->name.prefix == prefix_of(uri), "6.6.2.3.3", part.rule,
                    std::string("another prefix than ") + std::string(prefix_of(uri)), where_);
      judge_.expect(text_in(element, uri, part.name).has_value(), "6.6.2.3.3", part.rule,
                    std::string("an extension schema without ") + part.name, where_);
    }
  }
  /// Which prefix each of the four schemas must have (6.6.2.3.3).
  static std::string_view prefix_of(std::string_view uri) {
    if (uri == schema_space) return "pdfaSchema";
    if (uri == property_space) return "pdfaProperty";
    return uri == type_space ? "pdfaType" : "pdfaField";
  }
  void expect_sequence(const XmlElement* list, int rule) {
    if (list == nullptr) return;
    const bool is_sequence = list->children.size() == 1 && list->children[0].name.is(rdf_space, "Seq");
    judge_.expect(is_sequence, "6.6.2.3.3", rule, "a list of an extension schema is no sequence", where_);
  }
  /// Nothing else than the tables of 6.6.2.3.3 have.
  void expect_only(const XmlElement& element, std::string_view uri, std::initializer_list<std::string_view> known) {
    for (const auto& child : element.children) {
      if (child.name.is(rdf_space, "Description")) {
        expect_only(child, uri, known);
      } else {
        const bool is_known =
            child.name.space == uri && std::find(known.begin(), known.end(), child.name.local) != known.end();
        judge_.expect(is_known, "6.6.2.3.2", 1, "an extension schema with the unknown part " + child.name.local,
                      where_);
      }
    }
  }

  void read_schema(const XmlElement& schema) {
    expect_texts(schema, schema_space, {{"schema", 2}, {"namespaceURI", 3}, {"prefix", 4}});
    expect_only(schema, schema_space, {"schema", "namespaceURI", "prefix", "property", "valueType"});
    auto& names = names_[text_in(schema, schema_space, "namespaceURI").value_or("")];
    const auto* properties = child_of(schema, schema_space, "property");
    const auto* types = child_of(schema, schema_space, "valueType");
    expect_sequence(properties, 5);
    expect_sequence(types, 6);
    if (properties != nullptr) {
      for (const auto* property : items_of(*properties)) {
        expect_texts(*property, property_space, {{"name", 7}, {"valueType", 8}, {"category", 9}, {"description", 10}});
        expect_only(*property, property_space, {"name", "valueType", "category", "description"});
        const auto category = text_in(*property, property_space, "category").value_or("external");
        judge_.expect(category == "external" || category == "internal", "6.6.2.3.3", 9,
                      "a category that is neither external nor internal", where_);
        names.insert(text_in(*property, property_space, "name").value_or(""));
      }
    }
    if (types != nullptr) {
      for (const auto* type : items_of(*types)) read_type(*type);
    }
  }

  void read_type(const XmlElement& type) {
    expect_texts(type, type_space, {{"type", 11}, {"namespaceURI", 12}, {"prefix", 13}, {"description", 14}});
    expect_only(type, type_space, {"type", "namespaceURI", "prefix", "description", "field"});
    const auto* fields = child_of(type, type_space, "field");
    expect_sequence(fields, 15);
    if (fields == nullptr) return;
    for (const auto* field : items_of(*fields)) {
      expect_texts(*field, field_space, {{"name", 16}, {"valueType", 17}, {"description", 18}});
      expect_only(*field, field_space, {"name", "valueType", "description"});
    }
  }

  Judge& judge_;
  const std::string where_;
  std::map<std::string, std::set<std::string>> names_;
};

class PacketRules {
 public:
  PacketRules(Judge& judge, const Object& stream, std::string where)
      : judge_(judge), stream_(stream), where_(std::move(where)) {}

  /// Whether it can be read at all.
  bool read() {
    const auto bytes = judge_.view().unpacked(stream_, largest_packet);
    if (!bytes) {
      judge_.breach("6.6.2.1", 4, "a metadata stream that cannot be unpacked", where_);
      return false;
    }
    const auto text = as_text(*bytes);
    const bool is_utf8 = text::code_points(text).find(U'\xFFFD') == std::u32string::npos ||
                         text.find("\xEF\xBF\xBD") != std::string_view::npos;
    judge_.expect(is_utf8, "6.6.2.1", 5, "an XMP packet that is not UTF-8", where_);
    auto parsed = parse_xml(text);
    if (!parsed) {
      judge_.breach("6.6.2.1", 4, "XMP that is not well-formed: " + parsed.error().message, where_);
      return false;
    }
    document_ = *std::move(parsed);
    auto properties = properties_of(document_.root);
    if (!properties) {
      judge_.breach("6.6.2.1", 4, properties.error().message, where_);
      return false;
    }
    properties_ = *std::move(properties);
    return true;
  }

  void check_header() {
    for (const auto& [name, content] : document_.instructions) {
      if (name != "xpacket") continue;
      judge_.expect(content.find(" bytes=") == std::string::npos, "6.6.2.1", 2, "the XMP packet's header has bytes",
                    where_);
      judge_.expect(content.find(" encoding=") == std::string::npos, "6.6.2.1", 3,
                    "the XMP packet's header has encoding", where_);
    }
  }

  /// `of_all`: what the document's main packet defines, for all packets.
  Extensions check_schemas(const Extensions& of_all) {
    Extensions extensions(judge_, where_);
    for (const auto& property : properties_) {
      if (property.name.is(extension_space, "schemas")) extensions.read(property);
    }
    for (const auto& property : properties_) {
      const auto name = property.name.prefix + ":" + property.name.local;
      const char type = predefined_type(property.name);
      judge_.expect(type != 'n' || extensions.defines(property.name) || of_all.defines(property.name), "6.6.2.3.1", 1,
                    "the property " + name + " belongs to no schema that is predefined or described", where_);
      if (type == 'n' || type == '?') continue;
      judge_.expect(value_fits(property, type), "6.6.2.3.1", 2, "the value of " + name + " is of the wrong type",
                    where_);
    }
    return extensions;
  }

  void check_identification() {
    const auto* part = find(pdfaid_space, "part");
    const auto* conformance = find(pdfaid_space, "conformance");
    judge_.expect(part != nullptr && conformance != nullptr, "6.6.4", 1, "XMP does not say that this is PDF/A", where_);
    if (part != nullptr) judge_.expect(part->text == "2", "6.6.4", 2, "pdfaid:part is not 2", where_);
    if (conformance != nullptr) {
      const bool is_level = conformance->text == "B" || conformance->text == "U" || conformance->text == "A";
      judge_.expect(is_level, "6.6.4", 3, "pdfaid:conformance is not B", where_);
    }
    struct Prefixed {
      const char* name;
      int rule;
    };
    for (const auto& [name, rule] : {Prefixed{"part", 4}, {"conformance", 5}, {"amd", 6}, {"corr", 7}}) {
      const auto* property = find(pdfaid_space, name);
      judge_.expect(property == nullptr || property->name.prefix == "pdfaid", "6.6.4", rule,
                    std::string("the prefix of ") + name + " is not pdfaid", where_);
    }
  }

  /// What both say must be the same: a reader of either must not be misled.
  void check_information() {
    const Object& info = judge_.get(judge_.view().trailer(), "Info");
    struct Same {
      const char* key;
      std::string_view space;
      const char* property;
    };
    for (const auto& [key, space, property] : {Same{"Title", dc_space, "title"},
                                               {"Author", dc_space, "creator"},
                                               {"Subject", dc_space, "description"},
                                               {"Keywords", pdf_space, "Keywords"},
                                               {"Creator", xmp_space, "CreatorTool"},
                                               {"Producer", pdf_space, "Producer"}}) {
      const auto* stated = find(space, property);
      const Object& value = judge_.get(info, key);
      if (stated == nullptr || !value.is_string()) continue;
      judge_.expect(first_text(*stated) == text_of(value), "6.1.5", 0, std::string("Info and XMP differ in ") + key,
                    "information dictionary");
    }
    for (const auto& [key, property] : {std::pair("CreationDate", "CreateDate"), std::pair("ModDate", "ModifyDate")}) {
      const auto* stated = find(xmp_space, property);
      const Object& value = judge_.get(info, key);
      if (stated == nullptr || !value.is_string()) continue;
      judge_.expect(is_same_time(stated->text, iso_date_of(value)), "6.1.5", 0,
                    std::string("Info and XMP differ in ") + key, "information dictionary");
    }
  }

 private:
  const XmpProperty* find(std::string_view space, std::string_view local) const {
    const auto found = std::find_if(properties_.begin(), properties_.end(),
                                    [&](const XmpProperty& property) { return property.name.is(space, local); });
    return found == properties_.end() ? nullptr : &*found;
  }
  static std::string first_text(const XmpProperty& property) {
    if (property.element == nullptr) return property.text;
    const auto items = items_of(*property.element);
    return text::nfc(items.empty() ? property.text : items.front()->text);
  }
  /// To the second; an offset may be written in two ways.
  static bool is_same_time(std::string_view xmp, std::string_view info) {
    if (xmp.substr(0, 19) != info.substr(0, 19)) return false;
    const auto offset_of = [](std::string_view time) {
      const auto at = time.find_first_of("Z+-", 19);
      const auto offset = at == std::string_view::npos ? std::string_view("Z") : time.substr(at);
      return offset == "+00:00" || offset == "-00:00" ? std::string_view("Z") : offset;
    };
    return xmp.size() < 19 || info.size() < 19 || offset_of(xmp) == offset_of(info);
  }

  Judge& judge_;
  const Object& stream_;
  const std::string where_;
  XmlDocument document_;
  std::vector<XmpProperty> properties_;
};

}  // namespace

void check_metadata(Judge& judge) {
  const Object& main = judge.get(judge.view().root(), "Metadata");
  const bool is_metadata =
      main.is_stream() && judge.get(main, "Type").is_name("Metadata") && judge.get(main, "Subtype").is_name("XML");
  judge.expect(is_metadata, "6.6.2.1", 1, "the catalogue has no metadata stream", "catalogue");
  Extensions extensions(judge, "metadata");
  if (main.is_stream()) {
    PacketRules packet(judge, main, judge.place_of(main, "metadata"));
    if (packet.read()) {
      packet.check_header();
      const auto defined = packet.check_schemas(extensions);
      for (const auto& of_space : defined.names()) extensions.add(of_space);
      packet.check_identification();
      packet.check_information();
    }
  }
  const File& file = judge.view().file();
  for (const auto number : file.numbers()) {
    const Object& stream = judge.view().object(number, file.stated(number, judge.view().revision()).generation());
    if (&stream == &main || !stream.is_stream() || !stream.at("Type").is_name("Metadata")) continue;
    PacketRules packet(judge, stream, "object " + std::to_string(number));
    if (!packet.read()) continue;
    packet.check_header();
    packet.check_schemas(extensions);
  }
}

}  // namespace sohoa::pdf
