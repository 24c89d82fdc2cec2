#include "pipeline/pdf/object.hpp"

#include <algorithm>

namespace sohoa::pdf {
namespace {

using Kind = Object::Kind;
constexpr int deepest = 100;                      // levels of arrays and dictionaries; real files have some ten
constexpr std::int64_t most_objects = 8'388'607;  // ISO 32000-1, annex C

Error malformed(std::uint64_t at) {
  return {ErrorCode::invalid_input, "malformed object at byte " + std::to_string(at)};
}

bool has_a_key_twice(const Object& dictionary) {
  std::vector<std::string_view> keys;
  each_entry(dictionary, [&](const std::string& key, const Object&) { keys.push_back(key); });
  std::sort(keys.begin(), keys.end());
  return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

/// 12 0 R: the two integers give way to the reference.
bool become_reference(std::vector<Object>& items, std::uint64_t end) {
  if (items.size() < 2) return false;
  const Object& generation = items.back();
  Object& number = items[items.size() - 2];
  if (!generation.is_integer() || !number.is_integer()) return false;
  if (number.integer < 0 || number.integer > most_objects || generation.integer < 0 || generation.integer > 65535) {
    return false;
  }
  number.kind = Kind::reference;
  number.generation = generation.integer;
  number.end = end;
  items.pop_back();
  return true;
}

}  // namespace

const Object null_object;

const Object& Object::at(std::string_view key) const {
  if (!has_keys()) return null_object;
  for (std::size_t i = items.size(); i >= 2; i -= 2) {
    if (items[i - 2].text == key) return items[i - 1];
  }
  return null_object;
}

bool is_line_end(std::uint8_t byte) {
  return byte == '\n' || byte == '\r';
}

Result<Object> Parser::object() {
  SOHOA_TRY(auto value, object_from(lexer_.next(), 0));
  if (!value.is_integer()) return value;
  // An indirect object that is nothing but a reference: rare, but allowed.
  const auto behind = lexer_.at();
  const Token generation = lexer_.next();
  if (generation.is(Token::Kind::integer) && lexer_.next().is_keyword("R")) {
    Object second;
    second.kind = Kind::integer;
    second.integer = generation.integer;
    std::vector<Object> two{value, second};
    if (become_reference(two, lexer_.at())) return two.front();
  }
  lexer_.seek(behind);
  return value;
}

Result<Object> Parser::object_from(const Token& token, int depth) {
  if (depth > deepest) return malformed(token.begin);
  Object value;
  value.begin = token.begin;
  value.end = token.end;
  switch (token.kind) {
    case Token::Kind::integer:
      value.kind = Kind::integer;
      value.integer = token.integer;
      value.real = token.real;
      return value;
    case Token::Kind::real:
      value.kind = Kind::real;
      value.real = token.real;
      return value;
    case Token::Kind::hex_string:
      value.hex = true;
      value.odd_hex = token.odd_hex;
      value.alien_hex = token.alien_hex;
      [[fallthrough]];
    case Token::Kind::string:
      value.kind = Kind::string;
      value.text = token.text;
      return value;
    case Token::Kind::name:
      value.kind = Kind::name;
      value.text = token.text;
      return value;
    case Token::Kind::array_open:
      value.kind = Kind::array;
      SOHOA_DO(fill(value, Token::Kind::array_close, depth));
      return value;
    case Token::Kind::dictionary_open:
      value.kind = Kind::dictionary;
      SOHOA_DO(fill(value, Token::Kind::dictionary_close, depth));
      if (value.items.size() % 2 != 0) return malformed(value.begin);
      for (std::size_t i = 0; i < value.items.size(); i += 2) {
        if (!value.items[i].is_name()) return malformed(value.items[i].begin);
      }
      value.twice_keyed = has_a_key_twice(value);
      return value;
    case Token::Kind::keyword:
      if (token.text == "null") return value;
      if (token.text == "true" || token.text == "false") {
        value.kind = Kind::boolean;
        value.boolean = token.text == "true";
        return value;
      }
      return malformed(token.begin);
    default: return malformed(token.begin);
  }
}

Result<void> Parser::fill(Object& container, Token::Kind close, int depth) {
  for (;;) {
    const Token& token = lexer_.next();
    if (token.is(close)) break;
    if (token.is_keyword("R")) {
      if (!become_reference(container.items, token.end)) return malformed(token.begin);
      continue;
    }
    SOHOA_TRY(auto item, object_from(token, depth + 1));
    container.items.push_back(std::move(item));
  }
  container.end = lexer_.at();
  container.items.shrink_to_fit();
  return {};
}

namespace {

bool one_white(ByteView bytes, std::uint64_t from, std::uint64_t to) {
  return to == from + 1 && is_white(bytes[from]);
}

bool line_end_before(ByteView bytes, std::uint64_t at) {
  return at > 0 && is_line_end(bytes[at - 1]);
}
bool line_end_behind(ByteView bytes, std::uint64_t at) {
  return at >= bytes.size() || is_line_end(bytes[at]);
}

/// Steps behind the line end that follows the keyword stream.
std::uint64_t behind_line_end(ByteView bytes, std::uint64_t at) {
  if (at < bytes.size() && bytes[at] == '\r') ++at;
  if (at < bytes.size() && bytes[at] == '\n') ++at;
  return at;
}

}  // namespace

Result<Indirect> indirect_at(ByteView bytes, std::uint64_t at) {
  if (at >= bytes.size()) return malformed(at);
  Parser parser(bytes, at);
  Lexer& lexer = parser.lexer();
  const Token number = lexer.next();
  const Token generation = lexer.next();
  const Token keyword = lexer.next();
  if (!number.is(Token::Kind::integer) || !generation.is(Token::Kind::integer) || !keyword.is_keyword("obj")) {
    return Error{ErrorCode::not_found, "no object at byte " + std::to_string(at)};
  }
  if (number.integer < 1 || number.integer > most_objects || generation.integer < 0 || generation.integer > 65535) {
    return malformed(at);
  }
  Indirect indirect;
  indirect.number = static_cast<std::uint32_t>(number.integer);
  indirect.generation = static_cast<std::uint32_t>(generation.integer);
  indirect.begin = number.begin;
  indirect.well_spaced = number.begin == at && line_end_before(bytes, at) &&
                         one_white(bytes, number.end, generation.begin) &&
                         one_white(bytes, generation.end, keyword.begin) && line_end_behind(bytes, keyword.end);
  const auto body = lexer.at();
  if (!lexer.next().is_keyword("endobj")) {  // an object without a value is null
    lexer.seek(body);
    SOHOA_TRY(indirect.value, parser.object());
    lexer.next();
  }
  const Token& last = lexer.token();
  if (last.is_keyword("endobj")) {
    indirect.end = last.end;
    indirect.well_spaced &= line_end_before(bytes, last.begin) && line_end_behind(bytes, last.end);
    return indirect;
  }
  if (!last.is_keyword("stream") || !indirect.value.is(Kind::dictionary)) return malformed(last.begin);
  indirect.value.kind = Kind::stream;
  indirect.value.data = behind_line_end(bytes, last.end);
  indirect.value.end = indirect.value.data;
  indirect.end = indirect.value.data;
  indirect.well_begun = indirect.value.data > last.end && bytes[indirect.value.data - 1] == '\n';
  return indirect;
}

}  // namespace sohoa::pdf
