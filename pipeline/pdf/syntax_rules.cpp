#include "pipeline/pdf/syntax_rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "pipeline/text/unicode.hpp"

namespace sohoa::pdf {
namespace {

constexpr std::size_t longest_string = 32767, longest_name = 127;
constexpr std::size_t most_objects = 8'388'607;
constexpr double largest_real = 3.403e38, smallest_real = 1.175e-38;

bool is_utf8(std::string_view text) {
  return text::code_points(text).find(U'\xFFFD') == std::u32string::npos;
}

void check_header(Judge& judge) {
  const auto bytes = judge.view().file().bytes();
  const auto text = as_text(bytes);
  const bool is_header = text.size() > 9 && text.starts_with("%PDF-1.") && text[7] >= '0' && text[7] <= '7';
  std::size_t at = 8;
  const bool line_end = is_header && is_line_end(bytes[at]);
  judge.expect(line_end, "6.1.2", 1, "the file does not begin with %PDF-1.n and a line end", "header");
  if (!line_end) {
    const auto found = text.substr(0, 1024).find("%PDF-");
    if (found == std::string_view::npos) return;
    at = found + 5;
    while (at < bytes.size() && !is_line_end(bytes[at])) ++at;
  }
  if (at + 1 < bytes.size() && bytes[at] == '\r' && bytes[at + 1] == '\n') ++at;
  ++at;
  bool is_binary = at + 4 < bytes.size() && bytes[at] == '%';
  for (std::size_t i = 1; is_binary && i <= 4; ++i) is_binary = bytes[at + i] > 127;
  judge.expect(is_binary, "6.1.2", 2, "no comment of four bytes above 127 follows the header", "header");
}

void check_trailers(Judge& judge) {
  const File& file = judge.view().file();
  const auto bytes = file.bytes();
  for (const auto& revision : file.revisions()) {
    judge.expect(!revision.trailer().has("Encrypt"), "6.1.3", 2, "the file is encrypted", "trailer");
  }
  const auto id = judge.get(judge.view().trailer(), "ID").elements();
  bool is_id = id.size() == 2;
  for (const auto& part : id)
    is_id &= judge.view().resolved(part).is_string() && !judge.view().resolved(part).text.empty();
  judge.expect(is_id, "6.1.3", 1, "the trailer has no file identifier", "trailer");
  auto end = file.revisions().back().marker;
  if (end < bytes.size() && bytes[end] == '\r') ++end;
  if (end < bytes.size() && bytes[end] == '\n') ++end;
  judge.expect(end == bytes.size(), "6.1.3", 3, "something follows the last end-of-file marker", "end of the file");
  judge.expect(file.numbers().size() <= most_objects, "6.1.13", 7, "more than 8,388,607 objects", "file");
}

class ObjectRules {
 public:
  explicit ObjectRules(Judge& judge) : judge_(judge) {}

  void check(const Object& object, const std::string& where) {
    switch (object.kind) {
      case Object::Kind::integer:
      case Object::Kind::real: return check_number(object, where);
      case Object::Kind::string: return check_string(object, where);
      case Object::Kind::name: return check_name(object, where);
      case Object::Kind::array: check_colourants(object, where); break;
      case Object::Kind::dictionary:
      case Object::Kind::stream: check_names_of(object, where); break;
      default: return;
    }
    for (const auto& item : object.items) check(item, where);
  }

 private:
  void check_number(const Object& number, const std::string& where) {
    if (number.is_integer()) {
      judge_.expect(std::abs(number.real + 0.5) < 2147483648.0, "6.1.13", 1, "an integer beyond 32 bits", where);
    } else {
      judge_.expect(std::abs(number.real) <= largest_real, "6.1.13", 2, "a real number that is too large", where);
      judge_.expect(number.real == 0 || std::abs(number.real) >= smallest_real, "6.1.13", 5,
                    "a real number too close to zero", where);
    }
  }
  void check_string(const Object& string, const std::string& where) {
    judge_.expect(string.text.size() <= longest_string, "6.1.13", 3, "a string of more than 32,767 bytes", where);
    if (!string.hex) return;
    judge_.expect(!string.odd_hex, "6.1.6", 1, "a hexadecimal string with an odd number of digits", where);
    judge_.expect(!string.alien_hex, "6.1.6", 2, "a hexadecimal string with something else than digits", where);
  }
  void check_name(const Object& name, const std::string& where) {
    judge_.expect(name.text.size() <= longest_name, "6.1.13", 4, "a name of more than 127 bytes", where);
  }
  void expect_utf8(const Object& name, const std::string& where) {
    if (name.is_name()) judge_.expect(is_utf8(name.text), "6.1.8", 1, "a name that is not UTF-8", where);
  }
  void check_names_of(const Object& dictionary, const std::string& where) {
    for (const char* key : {"BaseFont", "FontName"}) expect_utf8(dictionary.at(key), where);
    if (dictionary.at("Type").is_name("StructElem") || dictionary.has("Pg")) expect_utf8(dictionary.at("S"), where);
  }
  void check_colourants(const Object& array, const std::string& where) {
    if (array.items.size() < 4) return;
    if (array.items[0].is_name("Separation")) expect_utf8(array.items[1], where);
    if (!array.items[0].is_name("DeviceN")) return;
    for (const auto& name : judge_.view().resolved(array.items[1]).elements()) expect_utf8(name, where);
  }

  Judge& judge_;
};

bool is_standard_filter(const std::string& name) {
  constexpr std::array standard = {"ASCIIHexDecode",  "ASCII85Decode",  "FlateDecode",
                                   "RunLengthDecode", "CCITTFaxDecode", "JBIG2Decode",
                                   "DCTDecode",       "JPXDecode",      "Crypt"};
  return std::find(standard.begin(), standard.end(), name) != standard.end();
}

void check_filters(Judge& judge, const View& view, const Object& stream, const std::string& where) {
  const Object& parameters = view.get(stream, "DecodeParms");
  for (const auto& filter : view.filters(stream)) {
    judge.expect(is_standard_filter(filter.name), "6.1.7.2", 1, "the filter " + filter.name, where);
    if (filter.name != "Crypt") continue;
    const Object& own =
        parameters.is_array() && !parameters.items.empty() ? view.resolved(parameters.items[0]) : parameters;
    const Object& name = view.get(own, "Name");
    judge.expect(name.is_null() || name.is_name("Identity"), "6.1.7.2", 1, "the filter Crypt with a key", where);
  }
}

void check_stream(Judge& judge, const View& view, const Indirect& indirect, const std::string& where) {
  const Object& stream = indirect.value;
  const auto extent = view.extent(stream);
  judge.expect(extent.has_value(), "6.1.7.1", 1, "the Length of a stream is not that of its data", where);
  judge.expect(indirect.well_begun, "6.1.7.1", 2, "no line end behind the keyword stream", where);
  if (extent) {
    judge.expect(extent->line_end, "6.1.7.1", 2, "no line end before the keyword endstream", where);
    judge.expect(extent->well_spaced, "6.1.9", 1, "no line ends around the keyword endobj", where);
  }
  const bool outside = stream.has("F") || stream.has("FFilter") || stream.has("FDecodeParms");
  judge.expect(!outside, "6.1.7.1", 3, "a stream whose data are in another file", where);
  check_filters(judge, view, stream, where);
}

void check_objects(Judge& judge) {
  File& file = judge.view().file();
  ObjectRules rules(judge);
  for (const auto& revision : file.revisions()) rules.check(revision.trailer(), "trailer");
  for (const auto number : file.numbers()) {
    const auto where = "object " + std::to_string(number);
    for (const auto& stated : file.all_stated(number)) {
      if (stated.entry.kind != Entry::Kind::in_file) continue;
      const Indirect& indirect = *file.at_offset(stated.entry.place);
      judge.expect(indirect.well_spaced, "6.1.9", 1, "white space that is not as it must be around obj or endobj",
                   where);
      const View view(file, stated.revision);
      if (indirect.value.is_stream()) check_stream(judge, view, indirect, where);
      rules.check(indirect.value, where);
    }
    if (file.stated(number, judge.view().revision()).entry.kind == Entry::Kind::in_stream) {
      rules.check(judge.view().object(number, 0), where);
    }
  }
}

}  // namespace

void check_syntax(Judge& judge) {
  check_header(judge);
  check_trailers(judge);
  check_objects(judge);
  for (const auto& flaw : judge.view().file().flaws()) {
    judge.breach(flaw.clause, flaw.rule, flaw.what, "byte " + std::to_string(flaw.at));
  }
}

void check_token(Judge& judge, const Token& token, const std::string& where) {
  Object object;
  switch (token.kind) {
    case Token::Kind::integer:
      if (token.integer <= std::numeric_limits<std::int32_t>::max() &&
          token.integer >= std::numeric_limits<std::int32_t>::min()) {
        return;
      }
      object.kind = Object::Kind::integer;
      break;
    case Token::Kind::real:
      if (token.real == 0 || (std::abs(token.real) <= largest_real && std::abs(token.real) >= smallest_real)) return;
      object.kind = Object::Kind::real;
      break;
    case Token::Kind::string:
    case Token::Kind::hex_string:
      if (token.text.size() <= longest_string &&
          (token.is(Token::Kind::string) || (!token.odd_hex && !token.alien_hex))) {
        return;
      }
      object.kind = Object::Kind::string;
      object.hex = token.is(Token::Kind::hex_string);
      object.odd_hex = token.odd_hex;
      object.alien_hex = token.alien_hex;
      break;
    case Token::Kind::name:
      if (token.text.size() <= longest_name) return;
      object.kind = Object::Kind::name;
      break;
    default: return;
  }
  object.integer = token.integer;
  object.real = token.real;
  object.text = token.text;
  ObjectRules(judge).check(object, where);
}

}  // namespace sohoa::pdf
