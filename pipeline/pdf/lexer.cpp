// A tokenizer of our own beside qpdf's: what is judged here is how things are written (odd hexadecimal strings, places
// of strings, limits of numbers), which qpdf no longer knows once it has read them; and content streams, where a page
// has thousands of tokens, take 30 ns a token instead of 500.

#include "pipeline/pdf/lexer.hpp"

#include <array>
#include <charconv>
#include <limits>

namespace sohoa::pdf {
namespace {

enum Class : std::uint8_t { regular, white, delimiter };

constexpr std::array<Class, 256> classes = [] {
  std::array<Class, 256> table{};
  for (const char c : {'\0', '\t', '\n', '\f', '\r', ' '}) table[static_cast<unsigned char>(c)] = white;
  for (const char c : {'(', ')', '<', '>', '[', ']', '{', '}', '/', '%'})
    table[static_cast<unsigned char>(c)] = delimiter;
  return table;
}();

int hex_value(std::uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_digit(std::uint8_t c) {
  return c >= '0' && c <= '9';
}

/// [+-] digits [. digits], as PDF has it: no exponent.
bool is_number(ByteView word) {
  std::size_t i = word.empty() || (word[0] != '+' && word[0] != '-') ? 0 : 1;
  std::size_t digits = 0, points = 0;
  for (; i < word.size(); ++i) {
    if (is_digit(word[i])) {
      ++digits;
    } else if (word[i] == '.') {
      ++points;
    } else {
      return false;
    }
  }
  return digits > 0 && points <= 1;
}

}  // namespace

bool is_white(std::uint8_t byte) {
  return classes[byte] == white;
}
bool is_delimiter(std::uint8_t byte) {
  return classes[byte] == delimiter;
}

void Lexer::skip_white_and_comments() {
  while (at_ < bytes_.size()) {
    if (classes[bytes_[at_]] == white) {
      ++at_;
    } else if (bytes_[at_] == '%') {
      while (at_ < bytes_.size() && bytes_[at_] != '\n' && bytes_[at_] != '\r') ++at_;
    } else {
      return;
    }
  }
}

void Lexer::finish(Token::Kind kind, std::uint64_t length) {
  at_ += length;
  token_.kind = kind;
  token_.end = at_;
}

const Token& Lexer::next() {
  using Kind = Token::Kind;
  skip_white_and_comments();
  token_.begin = at_;
  token_.text.clear();
  if (at_ >= bytes_.size()) {
    finish(Kind::end, 0);
    return token_;
  }
  const auto following = at_ + 1 < bytes_.size() ? bytes_[at_ + 1] : std::uint8_t{0};
  switch (bytes_[at_]) {
    case '[': finish(Kind::array_open, 1); break;
    case ']': finish(Kind::array_close, 1); break;
    case '(': read_string(); break;
    case '/': read_name(); break;
    case '<':
      if (following == '<') {
        finish(Kind::dictionary_open, 2);
      } else {
        read_hex_string();
      }
      break;
    case '>':
      if (following == '>') {
        finish(Kind::dictionary_close, 2);
      } else {
        finish(Kind::malformed, 1);
      }
      break;
    case ')':
    case '{':
    case '}': finish(Kind::malformed, 1); break;
    default: read_number_or_keyword();
  }
  return token_;
}

void Lexer::read_string() {
  auto i = at_ + 1;
  for (int depth = 1; i < bytes_.size(); ++i) {
    auto c = bytes_[i];
    if (c == '(') ++depth;
    if (c == ')' && --depth == 0) return finish(Token::Kind::string, i + 1 - at_);
    if (c == '\r') {  // any end of line counts as LF
      if (i + 1 < bytes_.size() && bytes_[i + 1] == '\n') ++i;
      c = '\n';
    } else if (c == '\\' && i + 1 < bytes_.size()) {
      c = bytes_[++i];
      switch (c) {
        case 'n': c = '\n'; break;
        case 'r': c = '\r'; break;
        case 't': c = '\t'; break;
        case 'b': c = '\b'; break;
        case 'f': c = '\f'; break;
        case '\r':
          if (i + 1 < bytes_.size() && bytes_[i + 1] == '\n') ++i;
          continue;
        case '\n': continue;
        default:
          if (c >= '0' && c <= '7') {
            unsigned value = 0;
            for (int n = 0; n < 3 && i < bytes_.size() && bytes_[i] >= '0' && bytes_[i] <= '7'; ++n, ++i) {
              value = 8 * value + (bytes_[i] - unsigned{'0'});
            }
            --i;
            c = static_cast<std::uint8_t>(value);
          }
      }
    }
    token_.text.push_back(static_cast<char>(c));
  }
  finish(Token::Kind::malformed, bytes_.size() - at_);
}

void Lexer::read_hex_string() {
  token_.odd_hex = token_.alien_hex = false;
  int high = -1;
  for (auto i = at_ + 1; i < bytes_.size(); ++i) {
    const auto c = bytes_[i];
    if (c == '>') {
      token_.odd_hex = high >= 0;
      if (high >= 0) token_.text.push_back(static_cast<char>(high << 4));
      return finish(Token::Kind::hex_string, i + 1 - at_);
    }
    const int value = hex_value(c);
    if (value < 0) {
      token_.alien_hex |= classes[c] != white;
    } else if (high < 0) {
      high = value;
    } else {
      token_.text.push_back(static_cast<char>(high << 4 | value));
      high = -1;
    }
  }
  finish(Token::Kind::malformed, bytes_.size() - at_);
}

void Lexer::read_name() {
  auto i = at_ + 1;
  for (; i < bytes_.size() && classes[bytes_[i]] == regular; ++i) {
    auto c = static_cast<char>(bytes_[i]);
    if (c == '#' && i + 2 < bytes_.size()) {
      const int high = hex_value(bytes_[i + 1]), low = hex_value(bytes_[i + 2]);
      if (high >= 0 && low >= 0) {
        c = static_cast<char>(high << 4 | low);
        i += 2;
      }
    }
    token_.text.push_back(c);
  }
  finish(Token::Kind::name, i - at_);
}

void Lexer::read_number_or_keyword() {
  auto i = at_;
  while (i < bytes_.size() && classes[bytes_[i]] == regular) ++i;
  const auto word = bytes_.subspan(at_, i - at_);
  const auto text = as_text(word);
  if (!is_number(word)) {
    token_.text.assign(text);
    return finish(Token::Kind::keyword, word.size());
  }
  const char* first = text.data() + (text[0] == '+' ? 1 : 0);
  const char* last = text.data() + text.size();
  std::from_chars(first, last, token_.real);
  if (text.find('.') != std::string_view::npos) return finish(Token::Kind::real, word.size());
  if (std::from_chars(first, last, token_.integer).ec != std::errc()) {
    using Limits = std::numeric_limits<std::int64_t>;
    token_.integer = text[0] == '-' ? Limits::min() : Limits::max();
  }
  finish(Token::Kind::integer, word.size());
}

}  // namespace sohoa::pdf
