#include "pipeline/pdf/document_rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "pipeline/pdf/text_string.hpp"

namespace sohoa::pdf {
namespace {

constexpr std::size_t largest_attachment = 64 * 1024 * 1024;  // bytes, unpacked
constexpr std::size_t most_nodes = 100'000;                   // of a name tree or of the outlines

bool is_one_of(std::string_view value, std::initializer_list<std::string_view> values) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

/// Calls use(object) for everything below the tree's Kids, Names or Order, each once.
template <typename Use>
void each_below(const Judge& judge, const Object& top, std::initializer_list<std::string_view> keys, Use&& use) {
  std::vector<const Object*> open{&top};
  std::set<const Object*> seen;
  while (!open.empty() && seen.size() < most_nodes) {
    const Object* node = open.back();
    open.pop_back();
    if (!seen.insert(node).second) continue;
    use(*node);
    for (const auto key : keys) {
      const Object& value = judge.get(*node, key);
      if (value.has_keys()) open.push_back(&value);
      for (const auto& item : value.elements()) open.push_back(&judge.view().resolved(item));
    }
  }
}

// 6.8

void check_file_specification(Judge& judge, const Object& specification) {
  if (!specification.has("EF")) return;
  const auto where = judge.place_of(specification, "embedded file");
  judge.expect(specification.has("F") && specification.has("UF"), "6.8", 2, "an embedded file without F and UF", where);
  const Object& stream = judge.get(judge.get(specification, "EF"), "F");
  const auto bytes = judge.view().unpacked(stream, largest_attachment);
  const bool is_pdfa =
      bytes && as_text(*bytes).starts_with("%PDF-1.") && as_text(*bytes).find("pdfaid") != std::string_view::npos;
  judge.expect(is_pdfa, "6.8", 5, "an embedded file that is not PDF/A", where);
}

// 6.9

void check_configuration(Judge& judge, const Object& configuration, const std::set<const Object*>& groups,
                         std::set<std::string>& names) {
  const auto where = judge.place_of(configuration, "optional content");
  const auto name = text_of(judge.get(configuration, "Name"));
  judge.expect(!name.empty(), "6.9", 1, "an optional content configuration without a Name", where);
  if (!name.empty())
    judge.expect(names.insert(name).second, "6.9", 2, "two optional content configurations of one Name", where);
  judge.expect(!configuration.has("AS"), "6.9", 4, "an optional content configuration with AS", where);
  const Object& order = judge.get(configuration, "Order");
  if (order.is_null()) return;
  std::set<const Object*> listed;
  std::vector<const Object*> open{&order};
  while (!open.empty() && listed.size() < most_nodes) {
    const Object* node = open.back();
    open.pop_back();
    if (!listed.insert(node).second) continue;
    for (const auto& item : node->elements()) open.push_back(&judge.view().resolved(item));
  }
  const bool has_all =
      std::all_of(groups.begin(), groups.end(), [&](const Object* group) { return listed.contains(group); });
  judge.expect(has_all, "6.9", 3, "an optional content configuration whose Order leaves groups out", where);
}

void check_optional_content(Judge& judge, const Object& properties) {
  if (properties.is_null()) return;
  std::set<const Object*> groups;
  for (const auto& group : judge.get(properties, "OCGs").elements()) groups.insert(&judge.view().resolved(group));
  std::set<std::string> names;
  check_configuration(judge, judge.get(properties, "D"), groups, names);
  for (const auto& item : judge.get(properties, "Configs").elements()) {
    check_configuration(judge, judge.view().resolved(item), groups, names);
  }
}

// 6.1.12

void check_permissions(Judge& judge, const Object& permissions) {
  each_entry(permissions, [&](const std::string& key, const Object&) {
    judge.expect(key == "UR3" || key == "DocMDP", "6.1.12", 1, "the permission " + key, "catalogue");
  });
  if (!permissions.has("DocMDP")) return;
  for (const auto& field : fields_of(judge.view()).fields) {
    for (const auto& item : judge.get(*field.value, "Reference").elements()) {
      const Object& reference = judge.view().resolved(item);
      const bool has_digest =
          reference.has("DigestLocation") || reference.has("DigestMethod") || reference.has("DigestValue");
      judge.expect(!has_digest, "6.1.12", 2, "a signature reference with a digest of its own beside DocMDP",
                   "field " + field.name);
    }
  }
}

// 6.4.3

/// DER, one element at a time.
class DerReader {
 public:
  explicit DerReader(ByteView bytes) : rest_(bytes) {}
  struct Element {
    std::uint8_t tag = 0;
    ByteView content;
  };
  std::optional<Element> next() {
    if (rest_.size() < 2) return std::nullopt;
    const auto tag = rest_[0];
    std::size_t length = rest_[1], header = 2;
    if (length > 0x80) {
      const std::size_t digits = length - 0x80;
      if (digits > 4 || rest_.size() < 2 + digits) return std::nullopt;
      length = 0;
      for (std::size_t i = 0; i < digits; ++i) length = length << 8 | rest_[2 + i];
      header += digits;
    } else if (length == 0x80) {
      return std::nullopt;  // BER
    }
    if (length > rest_.size() - header) return std::nullopt;
    const auto content = rest_.subspan(header, length);
    rest_ = rest_.subspan(header + length);
    return Element{tag, content};
  }

 private:
  ByteView rest_;
};

struct SignedData {
  bool has_certificates = false;
  int signers = 0;
};
/// ContentInfo with SignedData (RFC 2315, 7 and 9.1).
std::optional<SignedData> signed_data_of(ByteView contents) {
  constexpr std::uint8_t sequence = 0x30, set = 0x31, context_0 = 0xA0;
  const auto info = DerReader(contents).next();
  if (!info || info->tag != sequence) return std::nullopt;
  DerReader in_info(info->content);
  if (!in_info.next()) return std::nullopt;
  const auto wrapped = in_info.next();
  if (!wrapped || wrapped->tag != context_0) return std::nullopt;
  const auto data = DerReader(wrapped->content).next();
  if (!data || data->tag != sequence) return std::nullopt;
  SignedData result;
  DerReader parts(data->content);
  std::optional<DerReader::Element> last;
  while (const auto part = parts.next()) {
    if (part->tag == context_0 && !part->content.empty()) result.has_certificates = true;
    last = part;
  }
  if (!last || last->tag != set) return std::nullopt;
  DerReader signers(last->content);
  while (const auto signer = signers.next()) result.signers += signer->tag == sequence ? 1 : 0;
  return result;
}

bool is_covered(const View& view, const Object& signature) {
  const auto range = view.get(signature, "ByteRange").elements();
  if (range.size() != 4) return false;
  std::array<std::uint64_t, 4> offsets{};
  for (std::size_t i = 0; i < 4; ++i) offsets[i] = static_cast<std::uint64_t>(view.resolved(range[i]).integer);
  const Object& contents = signature.at("Contents");
  const auto end = offsets[2] + offsets[3];
  const auto& revisions = view.file().revisions();
  const bool ends_revision = std::any_of(revisions.begin(), revisions.end(), [&](const Revision& revision) {
    return revision.marker <= end && end <= revision.end;
  });
  return offsets[0] == 0 && offsets[1] == contents.begin && offsets[2] == contents.end && ends_revision;
}

void check_signature(Judge& judge, const Object& signature, const std::string& where) {
  judge.expect(is_covered(judge.view(), signature), "6.4.3", 1,
               "a signature that does not cover the whole file as it was", where);
  const auto data = signed_data_of(as_bytes(judge.get(signature, "Contents").text));
  judge.expect(data.has_value(), "6.4.3", 0, "a signature that is not PKCS #7 in DER", where);
  if (!data) return;
  judge.expect(data->has_certificates, "6.4.3", 2, "a signature without its certificate", where);
  judge.expect(data->signers == 1, "6.4.3", 3, "a signature by more or less than one signer", where);
}

// 6.3

void check_appearance(Judge& judge, const Object& annotation, std::string_view type, const std::string& where) {
  const Object& appearance = judge.get(annotation, "AP");
  if (appearance.is_null()) {
    const auto rect = judge.get(annotation, "Rect").elements();
    const auto edge = [&](std::size_t i) { return judge.view().resolved(rect[i]).real; };
    const bool empty = rect.size() == 4 && edge(0) == edge(2) && edge(1) == edge(3);
    judge.expect(empty || type == "Popup" || type == "Link", "6.3.3", 1, "an annotation without an appearance", where);
    return;
  }
  judge.expect(appearance.items.size() == 2 && appearance.has("N"), "6.3.3", 2,
               "an appearance with something else than N", where);
  const Object& normal = judge.get(appearance, "N");
  const Object& own_kind = judge.get(annotation, "FT");
  const bool is_button =
      type == "Widget" &&
      (own_kind.is_null() ? judge.get(judge.get(annotation, "Parent"), "FT") : own_kind).is_name("Btn");
  if (is_button) {
    judge.expect(normal.is(Object::Kind::dictionary), "6.3.3", 3, "a button whose appearance has no states", where);
  } else {
    judge.expect(normal.is_stream(), "6.3.3", 4, "an appearance that is no stream", where);
  }
}

void check_additional_actions(Judge& judge, const Object& actions, const std::string& where) {
  each_entry(actions, [&](const std::string&, const Object& action) { check_action(judge, action, where); });
}

void check_annotation(Judge& judge, const Object& annotation, const std::string& where) {
  constexpr std::int64_t invisible = 1, hidden = 2, print = 4, no_view = 32, toggle_no_view = 256;
  const auto& type = judge.get(annotation, "Subtype").text;
  const bool allowed = is_one_of(
      type, {"Text",           "Link",      "FreeText",    "Line",      "Square",    "Circle", "Polygon", "PolyLine",
             "Highlight",      "Underline", "Squiggly",    "StrikeOut", "Stamp",     "Caret",  "Ink",     "Popup",
             "FileAttachment", "Widget",    "PrinterMark", "TrapNet",   "Watermark", "Redact"});
  judge.expect(allowed, "6.3.1", 1, "an annotation of the kind " + type, where);
  const Object& flags = judge.get(annotation, "F");
  judge.expect(type == "Popup" || flags.is_integer(), "6.3.2", 1, "an annotation without flags", where);
  if (flags.is_integer()) {
    const auto bad = invisible | hidden | no_view | toggle_no_view;
    judge.expect((flags.integer & print) != 0 && (flags.integer & bad) == 0, "6.3.2", 2,
                 "an annotation that is not printed, or is hidden", where);
  }
  check_appearance(judge, annotation, type, where);
  if (type == "Widget") {
    judge.expect(!annotation.has("A") && !annotation.has("AA"), "6.4.1", 1, "a widget with actions", where);
  }
  check_action(judge, annotation.at("A"), where);
  check_action(judge, annotation.at("PA"), where);
  check_additional_actions(judge, judge.get(annotation, "AA"), where);
}

// 6.1.13

void check_boxes(Judge& judge, const Page& page, const std::string& where) {
  constexpr double smallest = 3, largest = 14'400;
  for (const char* key : {"MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox"}) {
    const auto box = inherited(judge.view(), page, key).elements();
    if (box.size() != 4) {
      judge.expect(std::string_view(key) != "MediaBox", "6.1.13", 11, "a page without a MediaBox", where);
      continue;
    }
    const auto edge = [&](std::size_t i) { return judge.view().resolved(box[i]).real; };
    const double width = std::abs(edge(2) - edge(0)), height = std::abs(edge(3) - edge(1));
    const bool fits = width >= smallest && width <= largest && height >= smallest && height <= largest;
    judge.expect(fits, "6.1.13", 11, std::string("a ") + key + " that is too small or too large", where);
  }
}

}  // namespace

void check_action(Judge& judge, const Object& given, const std::string& where) {
  std::vector<const Object*> open{&judge.view().resolved(given)};
  while (!open.empty()) {
    const Object& action = *open.back();
    open.pop_back();
    if (!action.has_keys() || !judge.first_time(action, Judge::Purpose::action)) continue;
    const auto& kind = judge.get(action, "S").text;
    const bool allowed = is_one_of(kind, {"GoTo", "GoToR", "GoToE", "Thread", "URI", "Named", "SubmitForm"});
    judge.expect(allowed, "6.5.1", 1, "an action of the kind " + kind, where);
    if (kind == "Named") {
      const bool known = is_one_of(judge.get(action, "N").text, {"NextPage", "PrevPage", "FirstPage", "LastPage"});
      judge.expect(known, "6.5.1", 2, "the named action " + judge.get(action, "N").text, where);
    }
    const Object& next = judge.get(action, "Next");
    if (next.has_keys()) open.push_back(&next);
    for (const auto& item : next.elements()) open.push_back(&judge.view().resolved(item));
  }
}

void check_catalogue(Judge& judge) {
  const Object& root = judge.view().root();
  const std::string where = "catalogue";
  judge.expect(!root.has("AA"), "6.5.2", 1, "the catalogue has additional actions", where);
  judge.expect(!root.has("Requirements"), "6.11", 1, "the catalogue has requirements", where);
  const Object& rendering = judge.get(root, "NeedsRendering");
  judge.expect(!rendering.boolean, "6.4.2", 2, "the catalogue has NeedsRendering", where);
  check_permissions(judge, judge.get(root, "Perms"));
  check_optional_content(judge, judge.get(root, "OCProperties"));
  if (judge.get(root, "OpenAction").has_keys()) check_action(judge, root.at("OpenAction"), where);
  const Object& names = judge.get(root, "Names");
  judge.expect(!names.has("AlternatePresentations"), "6.10", 1, "the name dictionary has AlternatePresentations",
               where);
  each_below(judge, judge.get(names, "JavaScript"), {"Kids", "Names"}, [&](const Object& node) {
    if (node.has("S")) check_action(judge, node, "name dictionary");
  });
  each_below(judge, judge.get(root, "Outlines"), {"First", "Next"},
             [&](const Object& node) { check_action(judge, node.at("A"), judge.place_of(node, "outlines")); });
  const File& file = judge.view().file();
  for (const auto number : file.numbers()) {
    const Object& object = judge.view().object(number, file.stated(number, judge.view().revision()).generation());
    if (object.has("EF")) check_file_specification(judge, object);
  }
}

void check_form(Judge& judge) {
  const Object& form = judge.get(judge.view().root(), "AcroForm");
  if (form.is_null()) return;
  judge.expect(!judge.get(form, "NeedAppearances").boolean, "6.4.1", 3, "the form has NeedAppearances", "form");
  judge.expect(!form.has("XFA"), "6.4.2", 1, "the form has XFA", "form");
  for (const auto& field : fields_of(judge.view()).fields) {
    const auto where = "field " + field.name;
    bool has_actions = field.dictionary->has("A") || field.dictionary->has("AA");
    for (const Object* parent : field.parents) has_actions |= parent->has("A") || parent->has("AA");
    judge.expect(!has_actions, "6.4.1", 2, "a field with actions", where);
    if (field.type == "Sig" && field.value->has_keys()) check_signature(judge, *field.value, where);
  }
}

void check_page(Judge& judge, const Page& page, const std::string& where) {
  judge.expect(!page.dictionary->has("AA"), "6.5.2", 2, "a page with additional actions", where);
  judge.expect(!page.dictionary->has("PresSteps"), "6.10", 2, "a page with PresSteps", where);
  check_boxes(judge, page, where);
  for (const auto& annotation : annotations_of(judge.view(), page)) {
    if (!judge.first_time(*annotation.dictionary, Judge::Purpose::annotation)) continue;
    check_annotation(judge, *annotation.dictionary, judge.place_of(*annotation.dictionary, where));
  }
}

}  // namespace sohoa::pdf
