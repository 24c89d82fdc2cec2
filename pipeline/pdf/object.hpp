#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/pdf/lexer.hpp"

namespace sohoa::pdf {

/// An object of a PDF (ISO 32000-1, 7.3) as it is written, and where.
struct Object {
  enum class Kind : std::uint8_t { null, boolean, integer, real, string, name, array, dictionary, stream, reference };
  Kind kind = Kind::null;
  bool boolean = false;
  bool hex = false;          ///< a string between angle brackets
  bool odd_hex = false;      ///< Token
  bool alien_hex = false;    ///< Token
  bool twice_keyed = false;  ///< a dictionary with a key that stands in it twice
  std::uint64_t begin = 0;   ///< in the bytes it was read from: the file, or an object stream's data
  std::uint64_t end = 0;
  std::uint64_t data = 0;    ///< a stream's: where its data begin
  std::int64_t integer = 0;  ///< a reference's: the object's number
  std::int64_t generation = 0;
  double real = 0;            ///< an integer's, too
  std::string text;           ///< of a string or name
  std::vector<Object> items;  ///< of an array; of a dictionary or stream: key, value, key, value, ...

  [[nodiscard]] bool is(Kind wanted) const { return kind == wanted; }
  [[nodiscard]] bool is_null() const { return kind == Kind::null; }
  [[nodiscard]] bool is_name() const { return kind == Kind::name; }
  [[nodiscard]] bool is_name(std::string_view wanted) const { return kind == Kind::name && text == wanted; }
  [[nodiscard]] bool is_string() const { return kind == Kind::string; }
  [[nodiscard]] bool is_integer() const { return kind == Kind::integer; }
  [[nodiscard]] bool is_number() const { return kind == Kind::integer || kind == Kind::real; }
  [[nodiscard]] bool is_array() const { return kind == Kind::array; }
  [[nodiscard]] bool is_stream() const { return kind == Kind::stream; }
  [[nodiscard]] bool is_reference() const { return kind == Kind::reference; }
  /// A stream has a dictionary, too.
  [[nodiscard]] bool has_keys() const { return kind == Kind::dictionary || kind == Kind::stream; }

  /// An array's; none of anything else.
  [[nodiscard]] std::span<const Object> elements() const {
    return is_array() ? std::span<const Object>(items) : std::span<const Object>();
  }
  /// The value as it is written, a reference not followed; null where there is none. The last where there are two.
  [[nodiscard]] const Object& at(std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const { return !at(key).is_null(); }
};

/// What every missing object is.
extern const Object null_object;

/// Calls use(key, value) for each entry of a dictionary or stream.
template <typename Use>
void each_entry(const Object& object, Use&& use) {
  if (!object.has_keys()) return;
  for (std::size_t i = 0; i + 1 < object.items.size(); i += 2) use(object.items[i].text, object.items[i + 1]);
}

/// Reads objects off bytes. Nesting is limited to 100 levels.
class Parser {
 public:
  explicit Parser(ByteView bytes, std::uint64_t at = 0) : lexer_(bytes, at) {}

  /// The next object; no stream, as streams are indirect. Errors: invalid_input.
  Result<Object> object();
  [[nodiscard]] Lexer& lexer() { return lexer_; }

 private:
  Result<Object> object_from(const Token& token, int depth);
  Result<void> fill(Object& container, Token::Kind close, int depth);

  Lexer lexer_;
};

/// An indirect object as it stands in the file: 12 0 obj ... endobj.
struct Indirect {
  std::uint32_t number = 0;
  std::uint32_t generation = 0;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;  ///< behind endobj; of a stream: where its data begin, as its length is not known here
  Object value;
  /// The spacing that ISO 19005-2, 6.1.9 asks for around the numbers, obj and endobj. Of a stream the part before it.
  bool well_spaced = true;
  bool well_begun = true;  ///< LF or CR LF behind the keyword stream (6.1.7.1)
};

/// Reads the indirect object that begins at `at`. Errors: not_found (there is none), invalid_input (it is
/// malformed).
[[nodiscard]] Result<Indirect> indirect_at(ByteView bytes, std::uint64_t at);

/// LF, or CR LF, or CR.
[[nodiscard]] bool is_line_end(std::uint8_t byte);

}  // namespace sohoa::pdf
