// Reads the text corpus. Its big file (80 MB unpacked) is streamed through liblzma and thinned: of the lines that make
// good paragraphs every 20th run of 12 is kept, so that neighbouring sentences still belong together and all source
// documents take part. Numbering is taken off a line's head, for the composer numbers anew.

#include "datasets/corpus.hpp"

#include <lzma.h>

#include <array>
#include <charconv>
#include <functional>
#include <string_view>

#include "datasets/phrases.hpp"
#include "pipeline/base/file.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::datasets {
namespace {

constexpr std::uint64_t largest_file = 256U << 20;
constexpr std::size_t run_length = 12;
constexpr std::size_t keep_every_run = 20;

using LineSink = std::function<void(std::string_view)>;

/// Hands over complete lines; what is left without an end stays in `rest`.
void split_lines(std::string& rest, const LineSink& sink) {
  std::size_t start = 0;
  for (auto end = rest.find('\n'); end != std::string::npos; end = rest.find('\n', start)) {
    sink(std::string_view(rest).substr(start, end - start));
    start = end + 1;
  }
  rest.erase(0, start);
}

Result<void> each_line_of_xz(const std::filesystem::path& path, const LineSink& sink) {
  SOHOA_TRY(const auto packed, read_file(path, largest_file));
  lzma_stream stream = LZMA_STREAM_INIT;
  if (lzma_stream_decoder(&stream, UINT64_MAX, LZMA_CONCATENATED) != LZMA_OK)
    return Error{ErrorCode::resource_exhausted, "no memory to unpack " + path.string()};
  stream.next_in = packed.data();
  stream.avail_in = packed.size();
  std::array<char, 1 << 16> piece;
  std::string rest;
  lzma_ret state = LZMA_OK;
  while (state == LZMA_OK) {
    stream.next_out = reinterpret_cast<std::uint8_t*>(piece.data());
    stream.avail_out = piece.size();
    state = lzma_code(&stream, LZMA_FINISH);
    rest.append(piece.data(), piece.size() - stream.avail_out);
    split_lines(rest, sink);
  }
  lzma_end(&stream);
  if (state != LZMA_STREAM_END) return Error{ErrorCode::data_loss, path.string() + " is not a whole xz file"};
  return {};
}

/// Letters, digits and the punctuation that every font of the generator has.
bool is_printable(std::string_view line) {
  constexpr std::u32string_view punctuation = U" .,;:()/-+%&\"'“”–?!";
  for (const char32_t c : text::code_points(line)) {
    if (text::is_letter(c) || (c >= U'0' && c <= U'9')) continue;
    if (punctuation.find(c) == std::u32string_view::npos) return false;
  }
  return true;
}

/// Without "Điều 5.", "12.", "a)", "-" and the like at its head.
std::string_view without_numbering(std::string_view line) {
  for (const std::string_view word : {"Điều ", "Khoản ", "Mục "}) {
    if (line.starts_with(word)) line.remove_prefix(word.size());
  }
  const auto head = line.find(' ');
  if (head == std::string_view::npos || head > 8) return line;
  const char last = line[head - (head > 0 ? 1 : 0)];
  const bool numbered = last == '.' || last == ')' || line.substr(0, head) == "-" || line.substr(0, head) == "+";
  return numbered ? line.substr(head + 1) : line;
}

bool is_paragraph(std::string_view line) {
  constexpr std::size_t shortest = 60;  // bytes; less is a heading or a table cell
  constexpr std::size_t longest = 700;  // bytes, about seven lines
  if (line.size() < shortest || line.size() > longest) return false;
  if (!text::is_upper(text::code_points(line.substr(0, 4)).front())) return false;
  return (line.back() == '.' || line.back() == ';' || line.back() == ':') && is_printable(line);
}

void add_legal_line(Corpus& corpus, std::size_t& seen, std::string_view line) {
  constexpr std::string_view about = "Về việc ";
  if (line.starts_with("Căn cứ ") && line.ends_with(';') && line.size() < 320) {
    if (seen++ % keep_every_run == 0 && is_printable(line)) corpus.bases.emplace_back(line);
    return;
  }
  if (line.starts_with(about)) {
    const bool whole = line.size() < 220 && line.find_first_of("()/") == std::string_view::npos &&
                       !line.ends_with('-') && !line.ends_with('.') && !line.ends_with(';') && !line.ends_with(':');
    if (whole && is_printable(line)) corpus.subjects.emplace_back(line.substr(about.size()));
    return;
  }
  line = without_numbering(line);
  if (line.size() < 4 || !is_paragraph(line)) return;
  if (seen++ / run_length % keep_every_run == 0) corpus.paragraphs.emplace_back(line);
}

std::vector<std::string_view> columns(std::string_view line) {
  std::vector<std::string_view> found;
  for (std::size_t tab = line.find('\t'); tab != std::string_view::npos; tab = line.find('\t')) {
    found.push_back(line.substr(0, tab));
    line.remove_prefix(tab + 1);
  }
  found.push_back(line);
  return found;
}

/// The lists have some names in the encodings of before Unicode ("Buøi", "BĂši").
bool is_vietnamese(std::string_view name) {
  constexpr std::u32string_view small =
      U"aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ ";
  static const auto capital = text::code_points(capitals(text::utf8(small)));
  bool begins = true;
  for (const char32_t c : text::code_points(name)) {
    const auto& own = begins ? std::u32string_view(capital) : small;
    if (own.find(c) == std::u32string_view::npos) return false;
    begins = c == U' ';
  }
  return true;
}

/// A name's weight, so that common names come often: one entry for each 20 counted, at most 40.
std::size_t weight(std::string_view number) {
  int count = 1;
  std::from_chars(number.data(), number.data() + number.size(), count);
  return static_cast<std::size_t>(std::min(40, count / 20 + 1));
}

void add_name(Corpus& corpus, std::string_view line) {
  const auto row = columns(line);
  if (row.size() < 3 || !is_vietnamese(row[1])) return;
  auto* list = row[0] == "family_count"   ? &corpus.families
               : row[0] == "middle_count" ? &corpus.middles
               : row[0] == "given_count"  ? &corpus.givens
                                          : nullptr;
  if (list != nullptr) list->insert(list->end(), weight(row[2]), std::string(row[1]));
}

/// "Tỉnh Cà Mau" -> "tỉnh Cà Mau"
std::string with_small_head(std::string_view name) {
  for (const auto& [head, small] : {std::pair<std::string_view, std::string_view>{"Tỉnh ", "tỉnh "},
                                    {"Thành phố ", "thành phố "},
                                    {"Xã ", "xã "},
                                    {"Phường ", "phường "}}) {
    if (name.starts_with(head)) return std::string(small) + std::string(name.substr(head.size()));
  }
  return {};
}

void add_place(Corpus& corpus, std::string_view line) {
  const auto row = columns(line);
  if (row.size() < 3 || !is_printable(row[1]) || row[1].size() > 40) return;
  const auto name = with_small_head(row[1]);
  if (name.empty()) return;
  if (row[0] == "province") corpus.provinces.push_back(name);
  if (row[0] == "commune" && row[2] == "post-2025-07") corpus.communes.push_back(name);
}

}  // namespace

Corpus Corpus::built_in() {
  const auto copied = [](const std::vector<std::string_view>& from) {
    return std::vector<std::string>(from.begin(), from.end());
  };
  return {copied(phrases::paragraphs), copied(phrases::bases),    copied(phrases::subjects),
          copied(phrases::provinces),  copied(phrases::communes), copied(phrases::departments),
          copied(phrases::families),   copied(phrases::middles),  copied(phrases::givens)};
}

Result<Corpus> Corpus::load(const std::filesystem::path& folder) {
  Corpus corpus = built_in();
  // Real places take the place of the invented ones; names and texts are added to ours.
  corpus.provinces.clear();
  corpus.communes.clear();
  const auto own_paragraphs = corpus.paragraphs.size();
  std::size_t seen = 0;
  SOHOA_DO(
      each_line_of_xz(folder / "legal.txt.xz", [&](std::string_view line) { add_legal_line(corpus, seen, line); }));
  SOHOA_DO(each_line_of_xz(folder / "agencies.txt.xz", [&](std::string_view line) { add_place(corpus, line); }));
  SOHOA_TRY(const auto names, read_file(folder / "names.txt", largest_file));
  std::string rest(as_text(names));
  split_lines(rest, [&](std::string_view line) { add_name(corpus, line); });
  if (corpus.paragraphs.size() == own_paragraphs || corpus.provinces.empty() || corpus.communes.empty())
    return Error{ErrorCode::invalid_input, folder.string() + ": no usable line in legal.txt.xz or agencies.txt.xz"};
  return corpus;
}

std::string Corpus::person(Random& random) const {
  const auto& middle = random.pick(middles);
  const auto& second = random.pick(middles);
  std::string name = random.pick(families) + " " + middle + " ";
  if (second != middle && random.chance(0.25)) name += second + " ";
  return name + random.pick(givens);
}

namespace {

char32_t capital(char32_t c) {
  if (c >= U'a' && c <= U'z') return c - 0x20;
  if (c >= 0xE0 && c <= 0xFE && c != 0xF7) return c - 0x20;  // Latin-1 letters
  const bool pair_odd = (c >= 0x1EA0 && c <= 0x1EF9) || (c >= 0x100 && c <= 0x137) || c == 0x169 || c == 0x1A1;
  if (pair_odd && c % 2 == 1) return c - 1;  // the small letter follows its capital
  return c == 0x1B0 ? 0x1AF : c;             // ư
}

}  // namespace

std::string capitals(std::string_view utf8) {
  auto letters = text::code_points(utf8);
  for (auto& c : letters) c = capital(c);
  return text::utf8(letters);
}

std::string capitalised(std::string_view utf8) {
  auto letters = text::code_points(utf8);
  if (!letters.empty()) letters.front() = capital(letters.front());
  return text::utf8(letters);
}

}  // namespace sohoa::datasets
