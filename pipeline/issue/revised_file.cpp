// Revisions (ISO 32000-1, 7.5.6) are appended with classic cross-reference tables, as our files have them. Nothing of
// what is there is written again but the dictionaries that change, so that a revision costs its own few kilobytes
// however large the file is.

#include "pipeline/issue/revised_file.hpp"

#include <algorithm>
#include <cassert>

#include "pipeline/base/digest.hpp"
#include "pipeline/base/file.hpp"

namespace sohoa::issue::pdf {
namespace {

constexpr std::size_t tail_bytes = 1024, table_piece = 1 << 16, largest_object = 1 << 20;
constexpr std::size_t entry_size = 20, largest_trailer = 8192;
constexpr std::uint64_t most_objects = 1 << 24;
constexpr int most_tables = 64;  // revisions of one file

Error damaged(const std::string& what) {
  return {ErrorCode::data_loss, "PDF: " + what};
}

}  // namespace

Result<std::string> RevisedFile::bytes(std::uint64_t from, std::size_t most) const {
  if (from >= size()) return damaged("a place beyond its end");
  const auto end = from + std::min<std::uint64_t>(most, size() - from);
  std::string text;
  if (from < base_size_) {
    SOHOA_DO(read_pieces(fd_, from, std::min(end, base_size_) - from, [&](ByteView piece) -> Result<void> {
      text += as_text(piece);
      return {};
    }));
  }
  if (end > base_size_) {
    const auto begin = std::max(from, base_size_) - base_size_;
    text += std::string_view(added_).substr(begin, end - base_size_ - begin);
  }
  return text;
}

Result<RevisedFile> RevisedFile::open(int fd) {
  RevisedFile file;
  file.fd_ = fd;
  SOHOA_TRY(file.base_size_, file_size(fd));
  const auto tail_from = file.base_size_ - std::min<std::uint64_t>(file.base_size_, tail_bytes);
  SOHOA_TRY(const auto tail, file.bytes(tail_from, tail_bytes));
  const auto start = tail.rfind("startxref");
  if (start == std::string::npos || !tail.ends_with("%%EOF\n")) return damaged("no end");
  std::size_t at = start + std::string_view("startxref").size();
  const auto newest = number_at(tail, at);
  if (!newest) return damaged("no cross-reference table");
  file.last_table_ = *newest;
  SOHOA_TRY(file.trailer_, file.read_table(*newest));
  WrittenDictionary trailer = file.trailer_;
  for (int count = 1; const auto previous = trailer.find("Prev"); ++count) {
    if (count == most_tables) return damaged("too many revisions");
    at = 0;
    const auto table = number_at(*previous, at);
    if (!table) return damaged("a damaged trailer");
    SOHOA_TRY(trailer, file.read_table(*table));
  }
  return file;
}

/// Takes in what the newer tables do not have. Returns its trailer.
Result<WrittenDictionary> RevisedFile::read_table(std::uint64_t at) {
  SOHOA_TRY(auto piece, bytes(at, table_piece));
  if (!piece.starts_with("xref\n")) return damaged("no cross-reference table where one should be");
  std::size_t place = 5;
  for (;;) {
    if (piece.size() - place < largest_trailer && at + piece.size() < size()) {  // goes on beyond what was read
      at += place;
      place = 0;
      SOHOA_TRY(piece, bytes(at, table_piece));
    }
    if (piece.compare(place, 7, "trailer") == 0)
      return WrittenDictionary::parse(std::string_view(piece).substr(place + 7));
    const auto first = number_at(piece, place), count = number_at(piece, place);
    if (!first || !count || *first + *count > most_objects) return damaged("a damaged cross-reference table");
    place = piece.find('\n', place);
    if (place == std::string::npos) return damaged("a damaged cross-reference table");
    ++place;
    if (offsets_.size() < *first + *count) offsets_.resize(*first + *count);
    for (auto number = *first; number < *first + *count; ++number) {
      if (piece.size() - place < entry_size) {
        at += place;
        place = 0;
        SOHOA_TRY(piece, bytes(at, table_piece));
        if (piece.size() < entry_size) return damaged("a cross-reference table without end");
      }
      auto digits = place;
      const auto offset = number_at(piece, digits);
      const bool used = piece[place + 17] == 'n';
      if (!offset) return damaged("a damaged cross-reference table");
      if (used && offsets_[number] == 0) offsets_[number] = *offset;
      place += entry_size;
    }
  }
}

Result<std::string> RevisedFile::object(Ref ref) const {
  if (ref.number >= offsets_.size() || offsets_[ref.number] == 0) {
    return damaged("object " + std::to_string(ref.number) + " is missing");
  }
  for (std::size_t most = 4096;; most *= 16) {
    SOHOA_TRY(auto text, bytes(offsets_[ref.number], most));
    const auto head = std::to_string(ref.number) + " 0 obj";
    if (!text.starts_with(head)) return damaged("object " + std::to_string(ref.number) + " is not where it should be");
    std::size_t at = head.size();
    skip_space(text, at);
    const auto end = at < text.size() ? end_of_value(text, at) : std::string::npos;
    if (end != std::string::npos && end < text.size()) return text.substr(at, end - at);
    if (most >= largest_object) return damaged("object " + std::to_string(ref.number) + " has no end");
  }
}

Result<WrittenDictionary> RevisedFile::dictionary(Ref ref) const {
  SOHOA_TRY(const auto text, object(ref));
  auto made = WrittenDictionary::parse(text);
  if (!made) return made.error().within("object " + std::to_string(ref.number));
  return made;
}

Result<std::string> RevisedFile::resolved(std::string_view value) const {
  const auto ref = ref_of(value);
  return ref ? object(*ref) : std::string(value);
}

Result<Ref> RevisedFile::catalog() const {
  const auto root = trailer_.find("Root");
  const auto ref = root ? ref_of(*root) : std::nullopt;
  if (!ref) return damaged("no catalog");
  return *ref;
}

/// A node without kids is a page.
Result<std::uint32_t> RevisedFile::pages_in(const WrittenDictionary& node) const {
  if (!node.find("Kids")) return 1U;
  std::size_t at = 0;
  const auto count = number_at(node.find("Count").value_or(""), at);
  if (!count || *count > most_objects) return damaged("a node of pages without their count");
  return static_cast<std::uint32_t>(*count);
}

Result<Ref> RevisedFile::page(std::uint32_t number) const {
  constexpr int deepest = 32;
  SOHOA_TRY(const auto root, catalog());
  SOHOA_TRY(const auto about, dictionary(root));
  auto next = ref_of(about.find("Pages").value_or(""));
  for (int depth = 0; next && number > 0 && depth < deepest; ++depth) {
    const auto here = *next;
    SOHOA_TRY(const auto node, dictionary(here));
    if (!node.find("Kids")) return number == 1 ? Result<Ref>(here) : damaged("no such page");
    next.reset();
    for (const auto& kid : refs_of(*node.find("Kids"))) {
      SOHOA_TRY(const auto child, dictionary(kid));
      SOHOA_TRY(const auto pages, pages_in(child));
      if (number <= pages) {
        next = kid;
        break;
      }
      number -= pages;
    }
  }
  return damaged("no such page");
}

void RevisedFile::add(Revision revision) {
  for (const auto& [number, offset] : revision.offsets_) {
    if (offsets_.size() <= number) offsets_.resize(number + 1);
    offsets_[number] = offset;
  }
  const auto table = revision.begin_ + revision.text_.size();
  added_ += revision.finish(trailer_, last_table_);
  last_table_ = table;
}

void RevisedFile::overwrite(std::uint64_t offset, std::string_view text) {
  assert(offset >= base_size_ && offset + text.size() <= size());
  added_.replace(offset - base_size_, text.size(), text);
}

Revision::Revision(const RevisedFile& file) : begin_(file.size()), next_(file.objects()) {}

void Revision::open_object(Ref ref) {
  assert(!offsets_.contains(ref.number));
  offsets_[ref.number] = begin_ + text_.size();
  text_ += std::to_string(ref.number) + " 0 obj\n";
}

std::uint64_t Revision::place_of_body(Ref ref) const {
  return offsets_.at(ref.number) + std::to_string(ref.number).size() + std::string_view(" 0 obj\n").size();
}

Result<void> Revision::object(Ref ref, std::string_view body) {
  open_object(ref);
  text_ += body;
  text_ += "\nendobj\n";
  return {};
}

Result<void> Revision::stream(Ref ref, Dictionary dictionary, ByteView data) {
  dictionary.add("Length", static_cast<std::int64_t>(data.size()));
  open_object(ref);
  text_ += dictionary.text() + "\nstream\n";
  text_ += as_text(data);
  text_ += "\nendstream\nendobj\n";
  return {};
}

/// The whole revision. The second half of the ID changes with every one (ISO 32000-1, 14.4).
std::string Revision::finish(WrittenDictionary& trailer, std::uint64_t previous_table) {
  const auto table = begin_ + text_.size();
  const Digest content = sha256(as_bytes(text_));
  text_ += "xref\n";
  for (auto first = offsets_.begin(); first != offsets_.end();) {
    auto end = first;
    std::uint32_t count = 0;
    while (end != offsets_.end() && end->first == first->first + count) ++end, ++count;
    text_ += std::to_string(first->first) + ' ' + std::to_string(count) + '\n';
    for (; first != end; ++first) text_ += table_entry(first->second);
  }
  trailer.set("Size", std::to_string(next_));
  trailer.set("Prev", std::to_string(previous_table));
  if (const auto id = trailer.find("ID")) {
    const auto halves = elements_of(*id);
    const auto first_half = halves.substr(0, end_of_value(halves, 0));
    trailer.set("ID", '[' + std::string(first_half) + hex_string(content.view().first(16)) + ']');
  }
  text_ += "trailer\n" + trailer.text() + "\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
  return std::move(text_);
}

}  // namespace sohoa::issue::pdf
