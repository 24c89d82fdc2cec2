#include "pipeline/pdf/xml.hpp"

#include <algorithm>
#include <map>

#include "pipeline/text/unicode.hpp"

namespace sohoa::pdf {
namespace {

constexpr int deepest = 100;
constexpr std::size_t most_nodes = 1'000'000;
constexpr std::size_t most_attributes = 1'000;  // of one element

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_name_char(char c) {
  return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

bool is_character(char32_t c) {  // XML 1.0, production 2
  return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
         (c >= 0x10000 && c <= 0x10FFFF);
}

using Spaces = std::map<std::string, std::string, std::less<>>;

class XmlParser {
 public:
  explicit XmlParser(std::string_view text) : text_(text) {}

  Result<XmlDocument> parse() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    XmlDocument document;
    SOHOA_DO(skip_around(&document));
    const Spaces spaces{{"xml", "http://www.w3.org/XML/1998/namespace"}};
    SOHOA_DO(element(document.root, spaces, 0));
    SOHOA_DO(skip_around(&document));
    if (at_ != text_.size()) return wrong("something behind the root");
    return document;
  }

 private:
  Error wrong(const char* what) const {
    return {ErrorCode::invalid_input, std::string(what) + " at byte " + std::to_string(at_) + " of the XML"};
  }
  [[nodiscard]] bool at(std::string_view word) const { return text_.substr(at_).starts_with(word); }
  bool take(std::string_view word) {
    if (!at(word)) return false;
    at_ += word.size();
    return true;
  }
  bool skip_space() {
    const auto begin = at_;
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    return at_ > begin;
  }
  Result<std::string_view> until(std::string_view end) {
    const auto found = text_.find(end, at_);
    if (found == std::string_view::npos) return wrong("something without an end");
    const auto content = text_.substr(at_, found - at_);
    at_ = found + end.size();
    return content;
  }

  /// Comments, processing instructions and white space.
  Result<void> skip_around(XmlDocument* document) {
    for (;;) {
      skip_space();
      if (at_ >= text_.size() || text_[at_] != '<') return {};
      if (take("<!--")) {
        SOHOA_DO(until("-->"));
      } else if (take("<?")) {
        SOHOA_TRY(const auto content, until("?>"));
        const auto name_end = std::min(content.find_first_of(" \t\r\n"), content.size());
        document->instructions.emplace_back(content.substr(0, name_end), content.substr(name_end));
      } else {
        return {};
      }
    }
  }

  Result<std::string> raw_name() {
    const auto begin = at_;
    if (at_ >= text_.size() || !is_name_start(text_[at_])) return wrong("a name is missing");
    while (at_ < text_.size() && is_name_char(text_[at_])) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }
  Result<XmlName> name() {
    SOHOA_TRY(auto first, raw_name());
    if (!take(":")) return XmlName{"", "", std::move(first)};
    SOHOA_TRY(auto second, raw_name());
    return XmlName{"", std::move(first), std::move(second)};
  }
  Result<void> resolve(XmlName& name, const Spaces& spaces) const {
    const auto found = spaces.find(name.prefix);
    if (found != spaces.end()) {
      name.space = found->second;
    } else if (!name.prefix.empty()) {
      return wrong("a prefix without a namespace");
    }
    return {};
  }

  Result<std::string> unescaped(std::string_view raw) {
    std::string result;
    for (std::size_t i = 0; i < raw.size(); ++i) {
      if (raw[i] == '<') return wrong("< where it cannot stand");
      if (raw[i] != '&') {
        result.push_back(raw[i]);
        continue;
      }
      const auto end = raw.find(';', i);
      if (end == std::string_view::npos) return wrong("& without ;");
      SOHOA_TRY(const auto c, entity(raw.substr(i + 1, end - i - 1)));
      result += text::utf8(std::u32string(1, c));
      i = end;
    }
    for (const char32_t c : text::code_points(result)) {
      if (!is_character(c)) return wrong("a character that XML does not have");
    }
    return result;
  }
  Result<char32_t> entity(std::string_view name) const {
    static const std::map<std::string_view, char32_t> known = {
        {"amp", U'&'}, {"lt", U'<'}, {"gt", U'>'}, {"quot", U'"'}, {"apos", U'\''}};
    if (const auto found = known.find(name); found != known.end()) return found->second;
    if (name.size() < 2 || name[0] != '#' || name.size() > 10) return wrong("an unknown entity");
    const bool hex = name[1] == 'x';
    char32_t value = 0;
    for (const char digit : name.substr(hex ? 2 : 1)) {
      const int d = digit >= '0' && digit <= '9'          ? digit - '0'
                    : hex && digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
                    : hex && digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
                                                          : -1;
      if (d < 0) return wrong("an unknown entity");
      value = value * (hex ? 16 : 10) + static_cast<char32_t>(d);
      if (value > 0x10FFFF) return wrong("an unknown entity");
    }
    if (!is_character(value)) return wrong("a character that XML does not have");
    return value;
  }

  Result<void> attributes(XmlElement& element, Spaces& spaces) {
    while (skip_space() && at_ < text_.size() && text_[at_] != '>' && text_[at_] != '/') {
      XmlAttribute attribute;
      SOHOA_TRY(attribute.name, name());
      skip_space();
      if (!take("=")) return wrong("an attribute without a value");
      skip_space();
      const bool single = at("'");
      if (!single && !at("\"")) return wrong("an attribute without a value");
      ++at_;
      SOHOA_TRY(const auto raw, until(single ? "'" : "\""));
      SOHOA_TRY(attribute.value, unescaped(raw));
      if (attribute.name.prefix == "xmlns") {
        spaces[attribute.name.local] = attribute.value;
      } else if (attribute.name.prefix.empty() && attribute.name.local == "xmlns") {
        spaces[""] = attribute.value;
      } else {
        element.attributes.push_back(std::move(attribute));
      }
      if (++nodes_ > most_nodes || element.attributes.size() > most_attributes) return wrong("too much");
    }
    return {};
  }

  Result<void> element(XmlElement& element, const Spaces& outer, int depth) {
    if (depth > deepest || ++nodes_ > most_nodes) return wrong("too much");
    if (!take("<")) return wrong("an element is missing");
    SOHOA_TRY(element.name, name());
    Spaces spaces = outer;
    SOHOA_DO(attributes(element, spaces));
    SOHOA_DO(resolve(element.name, spaces));
    for (auto& attribute : element.attributes) {
      if (!attribute.name.prefix.empty()) SOHOA_DO(resolve(attribute.name, spaces));
    }
    SOHOA_DO(check_unique(element));
    if (take("/>")) return {};
    if (!take(">")) return wrong("a tag without an end");
    SOHOA_DO(content(element, spaces, depth));
    SOHOA_TRY(const auto closing, name());
    if (closing.prefix != element.name.prefix || closing.local != element.name.local)
      return wrong("another closing tag");
    skip_space();
    if (!take(">")) return wrong("a tag without an end");
    return {};
  }

  Result<void> check_unique(const XmlElement& element) const {
    for (std::size_t i = 0; i < element.attributes.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const auto &a = element.attributes[i].name, &b = element.attributes[j].name;
        if (a.space == b.space && a.local == b.local) return wrong("an attribute stands twice");
      }
    }
    return {};
  }

  /// Up to and with the </ of the closing tag.
  Result<void> content(XmlElement& element, const Spaces& spaces, int depth) {
    for (;;) {
      const auto next = std::min(text_.find('<', at_), text_.size());
      const auto raw = text_.substr(at_, next - at_);
      if (raw.find("]]>") != std::string_view::npos) return wrong("]]> where it cannot stand");
      SOHOA_TRY(const auto characters, unescaped(raw));
      element.text += characters;
      at_ = next;
      if (at_ >= text_.size()) return wrong("an element without an end");
      if (take("</")) return {};
      if (take("<!--")) {
        SOHOA_DO(until("-->"));
      } else if (take("<![CDATA[")) {
        SOHOA_TRY(const auto data, until("]]>"));
        element.text += data;
      } else if (take("<?")) {
        SOHOA_DO(until("?>"));
      } else {
        SOHOA_DO(this->element(element.children.emplace_back(), spaces, depth + 1));
      }
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t nodes_ = 0;
};

}  // namespace

const XmlAttribute* XmlElement::attribute(std::string_view uri, std::string_view local) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const XmlAttribute& attribute) { return attribute.name.is(uri, local); });
  return found == attributes.end() ? nullptr : &*found;
}

Result<XmlDocument> parse_xml(std::string_view utf8) {
  return XmlParser(utf8).parse();
}

}  // namespace sohoa::pdf
