#include "pipeline/pdf/file.hpp"

#include <algorithm>
#include <set>

#include "pipeline/pdf/sections.hpp"

namespace sohoa::pdf {
namespace {

constexpr std::size_t most_sections = 4'000;  // of one file; each signature takes one or two
constexpr std::size_t most_flaws = 1'000;
constexpr std::size_t largest_object_stream = 64 * 1024 * 1024;        // bytes, unpacked
constexpr std::size_t all_object_streams = 4 * largest_object_stream;  // of one file

bool by_number(const auto& row, std::uint32_t number) {
  return row.number < number;
}

std::uint64_t behind_white(ByteView bytes, std::uint64_t at) {
  while (at < bytes.size() && is_white(bytes[at])) ++at;
  return at;
}

std::optional<std::uint64_t> offset_in(const Object& trailer, std::string_view key, ByteView bytes) {
  const Object& value = trailer.at(key);
  if (!value.is_integer() || value.integer < 0) return std::nullopt;
  return behind_white(bytes, static_cast<std::uint64_t>(value.integer));
}

}  // namespace

Result<File> File::open(ByteView bytes) {
  File file;
  file.bytes_ = bytes;
  SOHOA_DO(file.read_revisions());
  SOHOA_DO(file.check_order());
  file.index_entries();
  file.load_objects();
  return file;
}

bool File::is_encrypted() const {
  return std::any_of(revisions_.begin(), revisions_.end(),
                     [](const Revision& revision) { return revision.trailer().has("Encrypt"); });
}

void File::flaw(const char* clause, std::uint8_t rule, std::string what, std::uint64_t at) {
  if (flaws_.size() < most_flaws) flaws_.push_back({clause, rule, std::move(what), at});
}

/// From the newest section back along Prev; a table's XRefStm right behind it.
Result<std::vector<Section>> File::read_chain(std::uint64_t newest) {
  std::vector<Section> chain;
  std::set<std::uint64_t> seen;
  const auto read = [&](std::uint64_t at) -> Result<void> {
    if (!seen.insert(at).second) return Error{ErrorCode::invalid_input, "cross-reference sections run in a circle"};
    if (seen.size() > most_sections) return Error{ErrorCode::resource_exhausted, "too many revisions"};
    SOHOA_TRY(auto section, read_section(bytes_, at, flaws_));
    chain.push_back(std::move(section));
    return {};
  };
  for (auto next = std::optional(newest); next;) {
    SOHOA_DO(read(*next));
    const auto hybrid = chain.back().is_stream ? std::nullopt : offset_in(chain.back().trailer, "XRefStm", bytes_);
    next = offset_in(chain.back().trailer, "Prev", bytes_);
    if (hybrid) SOHOA_DO(read(*hybrid));
  }
  return chain;
}

Result<void> File::read_revisions() {
  const auto tails = find_tails(bytes_);
  if (tails.empty()) return Error{ErrorCode::invalid_input, "no startxref: not a PDF, or cut off"};
  for (const auto& tail : tails) {
    if (tail.marker != 0) markers_.push_back(tail.marker);
  }
  SOHOA_TRY(auto chain, read_chain(tails.back().target));
  for (auto& section : chain) {
    const auto tail = std::find_if(tails.begin(), tails.end(),
                                   [&](const Tail& one) { return one.target == section.begin && one.marker != 0; });
    if (tail != tails.end() || revisions_.empty()) {
      Revision& revision = revisions_.emplace_back();
      revision.marker = tail != tails.end() ? tail->marker : bytes_.size();
      revision.end = behind_white(bytes_, revision.marker);
    }
    revisions_.back().sections.push_back(std::move(section));
  }
  std::reverse(revisions_.begin(), revisions_.end());
  if (tails.back().marker == 0) flaw("6.1.3", 0, "no end-of-file marker", bytes_.size());
  return {};
}

Result<void> File::check_order() {
  std::uint64_t before = 0;
  for (const auto& revision : revisions_) {
    if (revision.marker <= before) return Error{ErrorCode::invalid_input, "revisions that are out of order"};
    before = revision.marker;
    for (const auto& section : revision.sections) {
      if (section.end > revision.marker) {
        return Error{ErrorCode::invalid_input, "a cross-reference section behind the end of its revision"};
      }
    }
  }
  return {};
}

/// Within a revision the newest section wins, but an object that a table calls free may stand in the stream beside it
/// (ISO 32000-1, 7.5.8.4).
void File::index_entries() {
  for (std::uint32_t index = 0; index < revisions_.size(); ++index) {
    std::unordered_map<std::uint32_t, Entry> merged;
    for (auto& section : revisions_[index].sections) {
      for (const auto& [number, entry] : section.entries) {
        const auto [place, is_new] = merged.emplace(number, entry);
        if (!is_new && place->second.kind == Entry::Kind::free) place->second = entry;
      }
      section.entries = {};
    }
    for (const auto& [number, entry] : merged) {
      if (number != 0) rows_.push_back({number, index, entry});
    }
  }
  std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
    return a.number != b.number ? a.number < b.number : a.revision < b.revision;
  });
}

void File::load_objects() {
  for (auto& row : rows_) {
    if (row.entry.kind == Entry::Kind::in_file && !holds(row)) row.entry.kind = Entry::Kind::free;
  }
}

/// Whether the object that the entry promises is there, and within the revision that promises it: what was signed must
/// not point to what came later.
bool File::holds(const Row& row) {
  const auto name = "object " + std::to_string(row.number);
  const auto offset = row.entry.place;
  const auto end = revisions_[row.revision].marker;
  if (offset >= end) {
    flaw("6.1.4", 0, name + " is said to stand behind the end of its revision", offset);
    return false;
  }
  const Indirect* indirect = at_offset(offset);
  if (indirect == nullptr) return false;
  if (indirect->number != row.number || indirect->generation != row.entry.detail) {
    flaw("6.1.4", 0, name + " is another one where it is said to stand", offset);
    return false;
  }
  if (indirect->end > end) {
    flaw("6.1.4", 0, name + " reaches beyond the end of its revision", offset);
    return false;
  }
  return true;
}

const Indirect* File::at_offset(std::uint64_t offset) {
  const auto [place, is_new] = indirects_.try_emplace(offset);
  if (is_new) {
    auto read = indirect_at(bytes_, offset);
    if (read) {
      place->second = std::make_unique<Indirect>(*std::move(read));
    } else {
      flaw(read.error().code == ErrorCode::not_found ? "6.1.4" : "6.1.9", 0, read.error().message, offset);
    }
  }
  return place->second.get();
}

std::vector<std::uint32_t> File::numbers() const {
  std::vector<std::uint32_t> all;
  for (const auto& row : rows_) {
    if (all.empty() || all.back() != row.number) all.push_back(row.number);
  }
  return all;
}

File::Stated File::stated(std::uint32_t number, std::size_t index) const {
  Stated result;
  auto row = std::lower_bound(rows_.begin(), rows_.end(), number,
                              [](const Row& a, std::uint32_t n) { return by_number(a, n); });
  for (; row != rows_.end() && row->number == number && row->revision <= index; ++row) {
    result = {row->entry, row->revision};
  }
  return result;
}

std::vector<File::Stated> File::all_stated(std::uint32_t number) const {
  std::vector<Stated> all;
  auto row = std::lower_bound(rows_.begin(), rows_.end(), number,
                              [](const Row& a, std::uint32_t n) { return by_number(a, n); });
  for (; row != rows_.end() && row->number == number; ++row) all.push_back({row->entry, row->revision});
  return all;
}

const Object& View::object(std::uint32_t number, std::int64_t generation) const {
  const auto entry = file_.stated(number, revision_).entry;
  if (entry.kind == Entry::Kind::in_file && entry.detail == generation) {
    const Indirect* indirect = file_.at_offset(entry.place);
    return indirect == nullptr ? null_object : indirect->value;
  }
  if (entry.kind == Entry::Kind::in_stream && generation == 0) {
    const Object* found = in_stream(number, entry);
    return found == nullptr ? null_object : *found;
  }
  return null_object;
}

const Object& View::resolved(const Object& object) const {
  constexpr int longest_chain = 16;
  const Object* current = &object;
  for (int i = 0; current->is_reference(); ++i) {
    if (i == longest_chain) return null_object;
    current = &this->object(static_cast<std::uint32_t>(current->integer), current->generation);
  }
  return *current;
}

Result<View::Extent> View::extent(const Object& stream) const {
  const auto broken = [&](const char* what) {
    return Error{ErrorCode::invalid_input, std::string(what) + " at byte " + std::to_string(stream.begin)};
  };
  if (!stream.is_stream()) return broken("no stream");
  const Object& length = get(stream, "Length");
  const auto bytes = file_.bytes().first(end());
  if (!length.is_integer() || length.integer < 0 || stream.data > bytes.size() ||
      static_cast<std::uint64_t>(length.integer) > bytes.size() - stream.data) {
    return broken("a stream with a wrong Length");
  }
  Extent extent;
  extent.data = bytes.subspan(stream.data, static_cast<std::size_t>(length.integer));
  const auto data_end = stream.data + extent.data.size();
  auto keyword = data_end;
  if (keyword < bytes.size() && bytes[keyword] == '\r') ++keyword;
  if (keyword < bytes.size() && bytes[keyword] == '\n') ++keyword;
  if (!as_text(bytes.subspan(keyword)).starts_with("endstream")) return broken("a stream with a wrong Length");
  extent.line_end = keyword > data_end;
  Lexer lexer(bytes, keyword);
  lexer.next();
  if (!lexer.next().is_keyword("endobj")) return broken("a stream without endobj");
  extent.end = lexer.at();
  extent.well_spaced =
      is_line_end(bytes[lexer.token().begin - 1]) && (extent.end >= bytes.size() || is_line_end(bytes[extent.end]));
  return extent;
}

std::vector<Filter> View::filters(const Object& stream) const {
  std::vector<Filter> filters;
  const Object& names = get(stream, "Filter");
  const Object& parameters = get(stream, "DecodeParms");
  const auto add = [&](const Object& name, const Object& parms) {
    Filter filter{name.text};
    const auto take = [&](std::string_view key, std::int64_t& value) {
      const Object& given = get(parms, key);
      if (given.is_integer()) value = given.integer;
    };
    take("Predictor", filter.predictor);
    take("Colors", filter.colours);
    take("BitsPerComponent", filter.bits);
    take("Columns", filter.columns);
    take("EarlyChange", filter.early_change);
    filters.push_back(std::move(filter));
  };
  const auto parameters_of = [&](std::size_t i) -> const Object& {
    if (!parameters.is_array()) return i == 0 ? parameters : null_object;
    return i < parameters.items.size() ? resolved(parameters.items[i]) : null_object;
  };
  if (names.is_name()) add(names, parameters_of(0));
  if (names.is_array()) {
    for (std::size_t i = 0; i < names.items.size(); ++i) add(resolved(names.items[i]), parameters_of(i));
  }
  return filters;
}

Result<Bytes> View::unpacked(const Object& stream, std::size_t limit) const {
  SOHOA_TRY(const auto extent, this->extent(stream));
  return unpack(extent.data, filters(stream), limit);
}

File::Unpacked* View::opened_stream(std::uint64_t number) const {
  if (number > 0xFFFFFFFF) return nullptr;
  const auto entry = file_.stated(static_cast<std::uint32_t>(number), revision_).entry;
  if (entry.kind != Entry::Kind::in_file) return nullptr;
  const auto [place, is_new] = file_.unpacked_.try_emplace(entry.place);
  auto& kept = place->second;  // stays where it is while others are put beside it
  if (!is_new) return kept.get();
  const Indirect* indirect = file_.at_offset(entry.place);
  if (indirect == nullptr || !indirect->value.is_stream() || !get(indirect->value, "Type").is_name("ObjStm")) {
    file_.flaw("6.1.4", 0, "object stream " + std::to_string(number) + " is none", entry.place);
    return nullptr;
  }
  const Object& count = get(indirect->value, "N");
  const Object& first = get(indirect->value, "First");
  auto data = unpacked(indirect->value, std::min(largest_object_stream, all_object_streams - file_.unpacked_bytes_));
  if (!data || !count.is_integer() || !first.is_integer() || first.integer < 0 ||
      static_cast<std::uint64_t>(first.integer) > data->size()) {
    file_.flaw("6.1.7.1", 0, "object stream " + std::to_string(number) + " cannot be unpacked", entry.place);
    return nullptr;
  }
  auto opened = std::make_unique<File::Unpacked>();
  opened->data = *std::move(data);
  file_.unpacked_bytes_ += opened->data.size();
  Lexer lexer(ByteView(opened->data).first(static_cast<std::size_t>(first.integer)));
  for (std::int64_t i = 0; i < count.integer; ++i) {
    const Token object = lexer.next();
    const Token offset = lexer.next();
    if (!object.is(Token::Kind::integer) || !offset.is(Token::Kind::integer) || offset.integer < 0) break;
    opened->index.emplace_back(static_cast<std::uint32_t>(object.integer),
                               static_cast<std::uint64_t>(first.integer) + static_cast<std::uint64_t>(offset.integer));
  }
  opened->objects.resize(opened->index.size());
  kept = std::move(opened);
  return kept.get();
}

const Object* View::in_stream(std::uint32_t number, const Entry& entry) const {
  auto* opened = opened_stream(entry.place);
  if (opened == nullptr) return nullptr;
  if (entry.detail >= opened->index.size() || opened->index[entry.detail].first != number) {
    file_.flaw("6.1.4", 0, "object " + std::to_string(number) + " is not where it is said to be in an object stream",
               0);
    return nullptr;
  }
  auto& object = opened->objects[entry.detail];
  if (!object) {
    auto read = Parser(opened->data, opened->index[entry.detail].second).object();
    if (!read) file_.flaw("6.1.9", 0, "object " + std::to_string(number) + " is malformed in its object stream", 0);
    object = std::make_unique<Object>(read ? *std::move(read) : Object());
  }
  return object.get();
}

}  // namespace sohoa::pdf
