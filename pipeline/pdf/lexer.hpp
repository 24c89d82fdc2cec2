#pragma once

#include <cstdint>
#include <string>

#include "pipeline/base/bytes.hpp"

namespace sohoa::pdf {

/// One token of PDF's syntax (ISO 32000-1, 7.2 and 7.3).
struct Token {
  enum class Kind : std::uint8_t {
    end,
    integer,
    real,
    string,
    hex_string,
    name,
    keyword,  ///< obj, R, true, an operator, ...
    array_open,
    array_close,
    dictionary_open,
    dictionary_close,
    malformed  ///< a string without an end, a brace, ...
  };
  Kind kind = Kind::end;
  bool odd_hex = false;    ///< of a hexadecimal string: an odd number of digits
  bool alien_hex = false;  ///< and: something that is neither a digit nor white space
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::int64_t integer = 0;  ///< clamped to what fits
  double real = 0;           ///< an integer's, too
  std::string text;          ///< a string's or a name's bytes, decoded; a keyword

  [[nodiscard]] bool is(Kind wanted) const { return kind == wanted; }
  [[nodiscard]] bool is_keyword(std::string_view word) const { return kind == Kind::keyword && text == word; }
};

[[nodiscard]] bool is_white(std::uint8_t byte);      ///< NUL, tab, LF, FF, CR, space
[[nodiscard]] bool is_delimiter(std::uint8_t byte);  ///< ( ) < > [ ] { } / %

/// Cuts bytes into tokens. Never fails; what is no token comes as malformed and is stepped over.
class Lexer {
 public:
  explicit Lexer(ByteView bytes, std::uint64_t at = 0) : bytes_(bytes), at_(at) {}

  /// The next token; it stays until the next call.
  const Token& next();
  [[nodiscard]] const Token& token() const { return token_; }  ///< the one given last
  /// Behind the token given last.
  [[nodiscard]] std::uint64_t at() const { return at_; }
  void seek(std::uint64_t at) { at_ = at; }
  [[nodiscard]] ByteView bytes() const { return bytes_; }

 private:
  void skip_white_and_comments();
  void read_string();
  void read_hex_string();
  void read_name();
  void read_number_or_keyword();
  void finish(Token::Kind kind, std::uint64_t length);

  ByteView bytes_;
  std::uint64_t at_;
  Token token_;
};

}  // namespace sohoa::pdf
