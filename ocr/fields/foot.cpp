// The foot has two columns: at the left "Nơi nhận:" over a list in small type, at the right authority and title over
// the signature over the name. The anchor is sought first; where it is missing (minutes, civil papers) a known title in
// the right half with a name below it is enough. Between title and name there may be anything that OCR made of
// signature and seal: a name is a line of two to six capitalised syllables, nearest to the title's axis; of several the
// one that begins with a family name.

#include "ocr/fields/foot.hpp"

#include <algorithm>
#include <cmath>

#include "ocr/fields/signer_words.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::fields {
namespace {

constexpr double column_edge = 0.515 * page_units;
constexpr float hardly_read = 0.8F;
constexpr double hardly_title = 0.45;  // letters misread of a title under seal and signature

struct Anchor {
  Line line;
  std::size_t end = 0;
};

/// Lines of either column. A line that spans the edge is parted at a gap there, or is the body's and left out.
Columns foot_columns(const std::vector<Line>& lines) {
  constexpr double least_gap = 14;                // units
  constexpr double left_edge = 0.4 * page_units;  // of the right column
  Columns columns;
  for (const auto& line : lines) {
    if (line.left > left_edge) {
      columns.right.push_back(line);
    } else if (line.right < column_edge + 20) {
      columns.left.push_back(line);
    } else {
      const auto parts = columns_at({line}, column_edge);
      if (parts.left.empty() || parts.right.empty() || parts.right[0].left - parts.left[0].right < least_gap) continue;
      columns.left.push_back(parts.left[0]);
      columns.right.push_back(parts.right[0]);
    }
  }
  return columns;
}

/// The last "Nơi nhận:", for running text has these words and words like them ("Thời hạn", "nhân dân"): it stands alone
/// on its line, or has its colon.
std::optional<Anchor> find_recipients(const std::vector<Line>& left) {
  constexpr std::size_t most_letters = 9;  // of its seven, with what dust adds
  std::optional<Anchor> last;
  for (const auto& line : left) {
    const auto& plain = line.folded.plain;
    const auto match = find_anchor(plain, "noinhan", 2);
    if (!match || match->begin >= 3 || match->end >= 12 || line.left >= page_units / 2) continue;
    const bool alone = line.letters().size() <= most_letters && !line.in_capitals();
    const bool colon = match->end < plain.size() && plain[match->end] == ':' && match->errors < 2;
    if (alone || colon) last = Anchor{line, match->end};
  }
  return last;
}

/// Without stops and dust at its end; nothing where there is no letter in it.
std::string without_ends(const std::string& name) {
  auto points = text::code_points(name);
  const auto is_end = [](char32_t c) {
    return !text::is_letter(c) && !(c >= U'0' && c <= U'9') && c != U')' && c != U'"' && c != U'”';
  };
  while (!points.empty() && is_end(points.back())) points.pop_back();
  return text::utf8(points);
}

std::vector<Recipient> recipients_below(const std::vector<Line>& left, const Anchor& anchor) {
  constexpr double most_pitch = 30;  // units
  constexpr std::size_t most = 60;
  std::vector<Recipient> all;
  const auto add = [&](const Line& line, std::size_t from) {
    const auto& plain = line.folded.plain;
    while (from < plain.size() && std::string_view(" :;.,-+*?'`~=_|").find(plain[from]) != std::string_view::npos)
      ++from;
    const auto name = without_ends(line.folded.raw_from(from));
    if (!name.empty()) all.push_back({name, {line}});
  };
  add(anchor.line, anchor.end);
  double y = anchor.line.y;
  for (const auto& line : left) {
    if (line.y <= anchor.line.y + 2) continue;
    if (line.y - y > most_pitch || all.size() == most || line.role == BlockRole::page_number) break;
    y = line.y;
    const bool item = line.folded.plain.find_first_of("-+*") < 2;
    const bool closed =
        all.empty() || std::string_view(";.,:").find(all.back().lines.back().text().back()) != std::string_view::npos;
    if (item || closed) {
      add(line, 0);
    } else {
      all.back().name = without_ends(all.back().name + " " + line.text());
      all.back().lines.push_back(line);
    }
  }
  return all;
}

bool is_title(const Line& line, double most_errors) {
  constexpr std::size_t shortest = 4, longest = 40;  // letters
  const auto size = line.letters().size();
  if (size < shortest || size > longest) return false;
  const auto known = known_title(line);
  return known && known->error_share <= most_errors;
}

/// The lines of the title: from the first known one on, as long as known ones and capitals follow closely.
std::vector<Line> title_lines(const std::vector<Line>& right, double from, double most_errors) {
  constexpr double most_pitch = 30, most_shift = 70;  // units
  std::vector<Line> lines;
  for (const auto& line : right) {
    if (line.y < from) continue;
    if (lines.empty()) {
      if (is_title(line, most_errors)) lines.push_back(line);
      continue;
    }
    if (line.y - lines.back().y > most_pitch) break;
    const bool below = std::abs(line.center() - lines.back().center()) < most_shift;
    const bool capitals = line.in_capitals() && line.letters().size() > 3;
    if (below && (capitals || is_title(line, hardly_title))) lines.push_back(line);
  }
  // Capitals below the last title that were hardly read are the seal's.
  while (lines.size() > 1 && !is_title(lines.back(), hardly_title) && lines.back().confidence() < hardly_read) {
    lines.pop_back();
  }
  return lines;
}

std::string_view without_authority(std::string_view title) {
  const auto blank = title.find(' ');
  return blank != std::string_view::npos && title[blank - 1] == '.' ? title.substr(blank + 1) : title;
}

/// Below "KT." and an office stands the office's deputy: two lines that name the same office are read as these,
/// whatever stood before them. Whether nothing had to be changed.
bool complete_deputies(std::vector<std::string>& titles) {
  bool as_read = true;
  for (std::size_t i = 0; i + 1 < titles.size(); ++i) {
    const std::string office(without_authority(titles[i])), below(without_authority(titles[i + 1]));
    if (below != office && below != "PHÓ " + office) continue;
    as_read = as_read && titles[i] == "KT. " + office && titles[i + 1] == "PHÓ " + office;
    titles[i] = "KT. " + office;
    titles[i + 1] = "PHÓ " + office;
  }
  return as_read;
}

/// Whether a title lacks a line (annex I, II.7): the body's or the head's holder below, the head above a deputy.
bool is_incomplete(const std::vector<std::string>& titles) {
  if (titles.empty()) return true;
  const auto& last = titles.back();
  const bool deputy = without_authority(last).starts_with("PHÓ ");
  return last.starts_with("TM. ") || last.starts_with("KT. ") || (deputy && titles.size() == 1);
}

void read_title(Foot& foot) {
  foot.title_is_known = !foot.title.empty();
  std::vector<std::string> titles;
  for (const auto& line : foot.title) {
    const auto known = known_title(line);
    titles.push_back(known ? known->text : line.text());
    foot.title_is_known = foot.title_is_known && known && known->error_share <= sure_title;
  }
  foot.title_is_known = complete_deputies(titles) && foot.title_is_known && !is_incomplete(titles);
  for (const auto& title : titles) foot.title_text += (foot.title_text.empty() ? "" : "\n") + title;
}

/// Whether capitals that are in no list stand closely above the title: a line of it that was hardly read.
bool has_line_above(const std::vector<Line>& title, const std::vector<Line>& right) {
  constexpr double most_pitch = 26, most_shift = 70;  // units
  if (title.empty()) return false;
  const auto& first = title.front();
  return std::any_of(right.begin(), right.end(), [&](const Line& line) {
    const double up = first.y - line.y;
    return up > 4 && up < most_pitch && std::abs(line.center() - first.center()) < most_shift && line.in_capitals() &&
           line.letters().size() > 3;
  });
}

void read_name(Foot& foot, const std::vector<Line>& right, double from) {
  constexpr double least_gap = 14, most_gap = 190;  // units below the title: room for a signature
  const double axis = foot.title.empty() ? 0.7 * page_units : foot.title.back().center();
  const double top = foot.title.empty() ? from + 20 : foot.title.back().y;
  double best = 0;
  for (const auto& line : right) {
    const double gap = line.y - top;
    if (gap < least_gap || gap > most_gap || line.role == BlockRole::page_number) continue;
    const auto name = person_name(line);
    if (!name) continue;
    const auto part = part_of(line, name->first_word, line.words.size());
    const double off = std::abs(part.center() - axis);
    const double score = (name->family_known ? 200 : 0) + (100 - off) + (gap > 40 ? 50 : 0) +
                         20 * static_cast<double>(part.words.size());
    if (off > 100 || score <= best) continue;
    best = score;
    foot.name = {part};
    foot.person = *name;
    foot.name_off_axis = foot.title.empty() ? 0 : part.center() - axis;
  }
}

}  // namespace

std::optional<Foot> read_foot(const PageView& page) {
  const auto columns = foot_columns(page.body(0, page.height));
  const auto anchor = find_recipients(columns.left);
  Foot foot;
  // Beside "Nơi nhận:" the title is known by its place, elsewhere by its words alone.
  const double from = anchor ? anchor->line.y - 45 : page.height * 0.05;
  foot.title = title_lines(columns.right, from, sure_title);
  if (foot.title.empty() && anchor) foot.title = title_lines(columns.right, from, hardly_title);
  if (!anchor && foot.title.empty()) return std::nullopt;
  if (anchor) foot.recipients = recipients_below(columns.left, *anchor);
  read_title(foot);
  foot.title_is_known = foot.title_is_known && !has_line_above(foot.title, columns.right);
  read_name(foot, columns.right, from);
  foot.score = (anchor ? 2.0 : 0.0) + (foot.title.empty() ? 0.0 : 1.0) + (foot.name.empty() ? 0.0 : 1.0);
  return foot;
}

}  // namespace sohoa::fields
