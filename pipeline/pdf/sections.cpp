// Cross-reference tables and streams (ISO 32000-1, 7.5.4 and 7.5.8). What readers differ in is no error where all agree
// on the meaning, but a flaw: ISO 19005-2, 6.1.4 wants one line end behind xref and one space within a subsection's
// header.

#include "pipeline/pdf/sections.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "pipeline/pdf/unpack.hpp"

namespace sohoa::pdf {
namespace {

constexpr std::size_t entry_size = 20;                    // bytes of a table's entry
constexpr std::size_t most_entries = 8'388'607;           // ISO 32000-1, annex C
constexpr std::size_t largest_stream = 64 * 1024 * 1024;  // bytes of a cross-reference stream, unpacked

Error broken(std::string what, std::uint64_t at) {
  return {ErrorCode::invalid_input, std::move(what) + " at byte " + std::to_string(at)};
}

std::uint64_t behind_white(ByteView bytes, std::uint64_t at) {
  while (at < bytes.size() && is_white(bytes[at])) ++at;
  return at;
}

/// Digits at `at`, or nothing.
std::optional<std::uint64_t> digits(ByteView bytes, std::uint64_t at, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto c = bytes[at + i];
    if (c < '0' || c > '9') return std::nullopt;
    value = 10 * value + (c - std::uint64_t{'0'});
  }
  return value;
}

class TableReader {
 public:
  TableReader(ByteView bytes, Section& section, std::vector<Flaw>& flaws)
      : bytes_(bytes), section_(section), flaws_(flaws) {}

  Result<void> read(std::uint64_t behind_keyword) {
    check_line_end(behind_keyword);
    Lexer lexer(bytes_, behind_keyword);
    for (;;) {
      const Token first = lexer.next();
      if (first.is_keyword("trailer")) return read_trailer(lexer.at());
      const Token count = lexer.next();
      if (!first.is(Token::Kind::integer) || !count.is(Token::Kind::integer) || first.integer < 0 ||
          count.integer < 0) {
        return broken("malformed cross-reference table", first.begin);
      }
      if (count.begin != first.end + 1 || bytes_[first.end] != ' ') flaw("no single space in a subsection's header", 1);
      SOHOA_TRY(const auto end, read_entries(count.end, static_cast<std::uint64_t>(first.integer),
                                             static_cast<std::uint64_t>(count.integer)));
      lexer.seek(end);
    }
  }

 private:
  void flaw(std::string what, std::uint8_t rule) { flaws_.push_back({"6.1.4", rule, std::move(what), section_.begin}); }

  void check_line_end(std::uint64_t at) {
    auto behind = at;
    if (behind < bytes_.size() && bytes_[behind] == '\r') ++behind;
    if (behind < bytes_.size() && bytes_[behind] == '\n') ++behind;
    if (behind == at || behind != behind_white(bytes_, at)) flaw("no single line end behind xref", 2);
  }

  Result<std::uint64_t> read_entries(std::uint64_t at, std::uint64_t first, std::uint64_t count) {
    at = behind_white(bytes_, at);
    bool exact = true;
    for (std::uint64_t i = 0; i < count; ++i) {
      if (section_.entries.size() >= most_entries || first + i > most_entries) {
        return Error{ErrorCode::resource_exhausted, "too many objects"};
      }
      const auto end = exact_entry(at);
      Entry entry;
      if (end) {
        entry = *end;
        at += entry_size;
      } else {
        exact = false;
        SOHOA_TRY(at, loose_entry(at, entry));
      }
      section_.entries.emplace_back(static_cast<std::uint32_t>(first + i), entry);
    }
    if (!exact) flaw("entries that are not of 20 bytes", 0);
    return at;
  }

  /// nnnnnnnnnn ggggg n, and two bytes of line end (7.5.4).
  std::optional<Entry> exact_entry(std::uint64_t at) const {
    if (at + entry_size > bytes_.size() || bytes_[at + 10] != ' ' || bytes_[at + 16] != ' ') return std::nullopt;
    const auto offset = digits(bytes_, at, 10);
    const auto generation = digits(bytes_, at + 11, 5);
    const auto kind = bytes_[at + 17];
    if (!offset || !generation || (kind != 'n' && kind != 'f')) return std::nullopt;
    const auto one = bytes_[at + 18], two = bytes_[at + 19];
    const bool line_end = (one == ' ' && is_line_end(two)) || (one == '\r' && two == '\n');
    if (!line_end) return std::nullopt;
    return made(kind == 'n', *offset, *generation);
  }

  static Entry made(bool used, std::uint64_t offset, std::uint64_t generation) {
    // Some writers mark free objects by an offset of 0.
    return {used && offset != 0 ? Entry::Kind::in_file : Entry::Kind::free, offset,
            static_cast<std::uint32_t>(generation)};
  }

  Result<std::uint64_t> loose_entry(std::uint64_t at, Entry& entry) const {
    Lexer lexer(bytes_, at);
    const Token offset = lexer.next();
    const Token generation = lexer.next();
    const Token kind = lexer.next();
    if (!offset.is(Token::Kind::integer) || !generation.is(Token::Kind::integer) || offset.integer < 0 ||
        generation.integer < 0 || generation.integer > 65535 || (!kind.is_keyword("n") && !kind.is_keyword("f"))) {
      return broken("malformed cross-reference entry", at);
    }
    entry = made(kind.text == "n", static_cast<std::uint64_t>(offset.integer),
                 static_cast<std::uint64_t>(generation.integer));
    return behind_white(bytes_, lexer.at());
  }

  Result<void> read_trailer(std::uint64_t at) {
    Parser parser(bytes_, at);
    SOHOA_TRY(section_.trailer, parser.object());
    if (!section_.trailer.is(Object::Kind::dictionary)) return broken("trailer without a dictionary", at);
    section_.end = section_.trailer.end;
    return {};
  }

  ByteView bytes_;
  Section& section_;
  std::vector<Flaw>& flaws_;
};

/// The one or more filters of a stream whose dictionary has no references, as a cross-reference stream's.
std::vector<Filter> direct_filters(const Object& stream) {
  std::vector<Filter> filters;
  const Object& names = stream.at("Filter");
  const Object& parameters = stream.at("DecodeParms");
  const auto add = [&](const Object& name, const Object& parms) {
    Filter filter{name.text};
    const auto take = [&](std::string_view key, std::int64_t& value) {
      if (parms.at(key).is_integer()) value = parms.at(key).integer;
    };
    take("Predictor", filter.predictor);
    take("Colors", filter.colours);
    take("BitsPerComponent", filter.bits);
    take("Columns", filter.columns);
    filters.push_back(std::move(filter));
  };
  if (names.is_name())
    add(names, parameters.is_array() && !parameters.items.empty() ? parameters.items[0] : parameters);
  if (names.is_array()) {
    for (std::size_t i = 0; i < names.items.size(); ++i) {
      add(names.items[i], parameters.is_array() && i < parameters.items.size() ? parameters.items[i] : null_object);
    }
  }
  return filters;
}

std::uint64_t big_endian(ByteView bytes) {
  std::uint64_t value = 0;
  for (const auto byte : bytes) value = value << 8 | byte;
  return value;
}

struct Widths {
  std::array<std::size_t, 3> of{};
  [[nodiscard]] std::size_t total() const { return of[0] + of[1] + of[2]; }
};

Result<Widths> widths_of(const Object& stream) {
  const Object& w = stream.at("W");
  Widths widths;
  if (!w.is_array() || w.items.size() < 3) return broken("cross-reference stream without W", stream.begin);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto value = w.items[i].is_integer() ? w.items[i].integer : -1;
    if (value < 0 || value > 8) return broken("cross-reference stream with a wrong W", stream.begin);
    widths.of[i] = static_cast<std::size_t>(value);
  }
  if (widths.total() == 0) return broken("cross-reference stream with a wrong W", stream.begin);
  return widths;
}

Entry entry_of(ByteView row, const Widths& widths) {
  const auto [type_width, place_width, detail_width] = widths.of;
  const auto type = type_width == 0 ? 1 : big_endian(row.first(type_width));
  const auto place = big_endian(row.subspan(type_width, place_width));
  const auto detail = big_endian(row.subspan(type_width + place_width, detail_width));
  constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
  const auto kind = type == 1 ? Entry::Kind::in_file : type == 2 ? Entry::Kind::in_stream : Entry::Kind::free;
  return {kind, place, static_cast<std::uint32_t>(std::min(detail, most))};
}

Result<void> read_rows(ByteView data, const Object& stream, Section& section) {
  SOHOA_TRY(const auto widths, widths_of(stream));
  std::vector<std::int64_t> index;
  for (const auto& item : stream.at("Index").elements()) index.push_back(item.is_integer() ? item.integer : -1);
  if (index.empty()) index = {0, stream.at("Size").integer};
  if (index.size() % 2 != 0) return broken("cross-reference stream with a wrong Index", section.begin);
  for (std::size_t i = 0; i < index.size(); i += 2) {
    const auto first = index[i], count = index[i + 1];
    if (first < 0 || count < 0) return broken("cross-reference stream with a wrong Index", section.begin);
    for (std::int64_t n = 0; n < count; ++n) {
      if (data.size() < widths.total()) return broken("cross-reference stream is cut off", section.begin);
      if (section.entries.size() >= most_entries || first + n > static_cast<std::int64_t>(most_entries)) {
        return Error{ErrorCode::resource_exhausted, "too many objects"};
      }
      section.entries.emplace_back(static_cast<std::uint32_t>(first + n), entry_of(data, widths));
      data = data.subspan(widths.total());
    }
  }
  return {};
}

Result<void> read_stream(ByteView bytes, std::uint64_t at, Section& section) {
  auto read = indirect_at(bytes, at);
  if (!read) return broken("no cross-reference section", at);
  Indirect& indirect = *read;
  Object& stream = indirect.value;
  if (!stream.is_stream() || !stream.at("Type").is_name("XRef")) return broken("no cross-reference section", at);
  const Object& length = stream.at("Length");
  if (!length.is_integer() || length.integer < 0 ||
      static_cast<std::uint64_t>(length.integer) > bytes.size() - stream.data) {
    return broken("cross-reference stream with a wrong Length", at);
  }
  const auto size = static_cast<std::size_t>(length.integer);
  Lexer lexer(bytes, stream.data + size);
  if (!lexer.next().is_keyword("endstream") || !lexer.next().is_keyword("endobj")) {
    return broken("cross-reference stream with a wrong Length", at);
  }
  section.end = lexer.at();
  section.is_stream = true;
  SOHOA_TRY(const auto data, unpack(bytes.subspan(stream.data, size), direct_filters(stream), largest_stream));
  SOHOA_DO(read_rows(data, stream, section));
  section.trailer = std::move(stream);
  return {};
}

void note_doubles(const Section& section, std::vector<Flaw>& flaws) {
  std::vector<std::uint32_t> numbers;
  numbers.reserve(section.entries.size());
  for (const auto& [number, entry] : section.entries) numbers.push_back(number);
  std::sort(numbers.begin(), numbers.end());
  const auto twice = std::adjacent_find(numbers.begin(), numbers.end());
  if (twice == numbers.end()) return;
  flaws.push_back(
      {"6.1.4", 0, "object " + std::to_string(*twice) + " stands twice in one cross-reference section", section.begin});
}

}  // namespace

std::vector<Tail> find_tails(ByteView bytes) {
  constexpr std::string_view keyword = "startxref", marker = "%%EOF";
  const auto text = as_text(bytes);
  std::vector<Tail> tails;
  for (auto at = text.find(keyword); at != std::string_view::npos; at = text.find(keyword, at + keyword.size())) {
    Tail tail;
    tail.begin = at;
    auto place = behind_white(bytes, at + keyword.size());
    std::uint64_t target = 0;
    const auto number_begin = place;
    while (place < bytes.size() && bytes[place] >= '0' && bytes[place] <= '9' && place < number_begin + 18) {
      target = 10 * target + (bytes[place++] - std::uint64_t{'0'});
    }
    if (place == number_begin) continue;
    tail.target = target < bytes.size() ? behind_white(bytes, target) : target;
    place = behind_white(bytes, place);
    if (text.substr(place).starts_with(marker)) tail.marker = place + marker.size();
    tails.push_back(tail);
  }
  return tails;
}

Result<Section> read_section(ByteView bytes, std::uint64_t at, std::vector<Flaw>& flaws) {
  Section section;
  section.begin = at;
  if (at >= bytes.size()) return broken("no cross-reference section", at);
  Lexer lexer(bytes, at);
  const Token first = lexer.next();
  section.begin = first.begin;
  if (first.is_keyword("xref")) {
    SOHOA_DO(TableReader(bytes, section, flaws).read(first.end));
  } else {
    SOHOA_DO(read_stream(bytes, first.begin, section));
  }
  note_doubles(section, flaws);
  return section;
}

}  // namespace sohoa::pdf
