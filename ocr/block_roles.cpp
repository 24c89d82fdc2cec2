// Stamps and signatures by their words, their place and their frame.
//
// Incoming stamp: a framed box of about 60 x 25 mm, in the upper half, with "ĐẾN" and "Số:", "Ngày:", "Chuyển:" one
// below another, often over the text. Two different ones of these words within 60 x 30 mm, "ĐẾN" or "Chuyển:" among
// them, make a stamp (a document's own "Số:" and "ngày" have neither). Its extent is that of the ruled lines around
// these words. Urgency and copy stamps: a line by itself, in capitals, out of the closed lists of Decree 30/2020.
// Electronic signature: a time with seconds, "+07:00", "Ký bởi:", "Thời gian ký:"; and what stands close above and
// below in the same small type.

#include "ocr/block_roles.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <regex>
#include <string_view>

#include "ocr/evidence.hpp"
#include "ocr/line_geometry.hpp"
#include "ocr/rows.hpp"

namespace sohoa::ocr {
namespace {

enum class Anchor : std::uint8_t { den, so, ngay, chuyen };

struct AnchorWord {
  Anchor kind = Anchor::den;
  PixelRect box;
};

PixelRect inflated(const PixelRect& box, double by) {
  const auto d = static_cast<std::int32_t>(std::lround(by));
  return {box.x - d, box.y - d, box.width + 2 * d, box.height + 2 * d};
}

bool contains(const PixelRect& area, double x, double y) {
  return x >= area.x && x < area.right() && y >= area.y && y < area.bottom();
}

/// `word` with its follower, as "Ngày :" may be set.
std::optional<Anchor> anchor_of(const Word& word, const Word* next) {
  const auto letters = letters_of(word.text);
  const bool colon = word.text.find(':') != std::string::npos || (next != nullptr && next->text.front() == ':');
  if (letters == "den" && is_all_upper(word.text)) return Anchor::den;
  if (!colon) return std::nullopt;
  if (letters.starts_with("chuyen")) return Anchor::chuyen;
  if (letters.starts_with("ngay")) return Anchor::ngay;
  if (letters.starts_with("so")) return Anchor::so;
  return std::nullopt;
}

std::vector<AnchorWord> anchors_of(const FoundPage& page) {
  std::vector<AnchorWord> anchors;
  for (const auto& found : page.lines) {
    const auto& words = found.line.words;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i].box.center_y() > page.height * 0.55) continue;
      const auto kind = anchor_of(words[i], i + 1 < words.size() ? &words[i + 1] : nullptr);
      if (kind) anchors.push_back({*kind, words[i].box});
    }
  }
  return anchors;
}

/// The ruled box around `core`: rules near it, and rules near those, as far as a stamp's size allows. Words on its very
/// edge are left outside: the stamp was put over them.
PixelRect framed(const FoundPage& page, PixelRect core, double mm) {
  PixelRect frame = core;
  const auto fits = [&](const PixelRect& with) { return with.width < 90 * mm && with.height < 45 * mm; };
  for (bool grew = true; grew;) {
    const auto before = frame;
    const auto reach = inflated(frame, 3 * mm);
    for (const auto& rule : page.horizontal_rules) {
      const auto shared = intersection(reach, rule);
      if (shared.height > 0 && shared.width * 10 > rule.width * 6 && fits(united(frame, rule))) {
        frame = united(frame, rule);
      }
    }
    for (const auto& rule : page.vertical_rules) {
      const auto shared = intersection(reach, rule);
      if (shared.width > 0 && shared.height * 2 > rule.height && fits(united(frame, rule))) frame = united(frame, rule);
    }
    grew = !(frame == before);
  }
  return frame == core ? core : united(core, inflated(frame, -1.2 * mm));
}

std::optional<PixelRect> incoming_stamp(const FoundPage& page) {
  const double mm = page.dpi.pixels(72.0 / 25.4);
  const auto anchors = anchors_of(page);
  for (const auto& main : anchors) {
    if (main.kind != Anchor::den && main.kind != Anchor::chuyen) continue;
    std::array<bool, 4> seen{};
    PixelRect core = main.box;
    for (const auto& other : anchors) {
      if (std::abs(other.box.center_x() - main.box.center_x()) > 50 * mm ||
          std::abs(other.box.center_y() - main.box.center_y()) > 20 * mm) {
        continue;
      }
      seen[static_cast<std::size_t>(other.kind)] = true;
      core = united(core, other.box);
    }
    if (std::count(seen.begin(), seen.end(), true) >= 2) return framed(page, core, mm);
  }
  return std::nullopt;
}

/// Moves the words for which `inside` holds out of the page's lines into lines of their own.
template <typename Inside>
std::vector<FoundLine> take_words(FoundPage& page, Inside inside) {
  std::vector<FoundLine> taken;
  std::vector<FoundLine> left;
  for (const auto& found : page.lines) {
    const auto& words = found.line.words;
    for (std::size_t first = 0; first < words.size();) {
      const bool in = inside(found, words[first]);
      std::size_t last = first + 1;
      while (last < words.size() && inside(found, words[last]) == in) ++last;
      (in ? taken : left).push_back(part_of(found, first, last));
      first = last;
    }
  }
  page.lines = std::move(left);
  return by_rows(std::move(taken));
}

bool is_stamp_line(const FoundPage& page, const FoundLine& found) {
  static constexpr std::array<std::string_view, 12> texts{"hoatoc",       "hoatochengio", "thuongkhan", "khan",
                                                          "mat",          "toimat",       "tuyetmat",   "saoy",
                                                          "saoybanchinh", "trichsao",     "saoluc",     "dentay"};
  if (found.line.box.center_y() > page.height * 0.5) return false;
  const auto text = found.line.text();
  const auto letters = letters_of(text);
  return is_all_upper(text) && std::find(texts.begin(), texts.end(), letters) != texts.end();
}

bool tells_a_signature(const std::string& text) {
  static const std::regex signs(
      R"(\d\d[./-]\d\d[./-]\d{4} ?\d\d:\d\d:\d\d|\d\d:\d\d:\d\d ?\+\d\d:\d\d|^\W*\+07:00\W*$|\bky boi ?:|\bthoi gian ky ?:|\bnguoi ky ?:|\bsigned by ?:)");
  return std::regex_search(folded(text), signs);
}

bool goes_with(const FoundLine& candidate, const FoundLine& member, double em) {
  const auto& a = candidate.line.box;
  const auto& b = member.line.box;
  const double type = std::max(candidate.x_height, member.x_height);
  if (candidate.x_height <= 0 || std::min(candidate.x_height, member.x_height) < 0.7 * type) return false;
  if (type > 0.9 * em / 2.1) return false;  // ordinary type is not drawn in
  const auto gap = std::max(a.y, b.y) - std::min(a.bottom(), b.bottom());
  const auto shared = std::min(a.right(), b.right()) - std::max(a.x, b.x);
  return gap < 0.5 * em && shared * 2 > std::min(a.width, b.width);
}

std::vector<ApartLines> take_signatures(FoundPage& page, double em) {
  std::vector<FoundLine> lines;
  for (auto& piece : cut_at_gaps(page.lines, em, page.vertical_rules)) lines.push_back(std::move(piece.found));
  std::vector<ApartLines> groups;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!tells_a_signature(lines[i].line.text())) continue;
    std::vector<FoundLine> group{lines[i]};
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));
    for (bool grew = true; grew;) {
      grew = false;
      for (std::size_t j = 0; j < lines.size(); ++j) {
        const bool joins = std::any_of(group.begin(), group.end(),
                                       [&](const FoundLine& member) { return goes_with(lines[j], member, em); });
        if (!joins) continue;
        group.push_back(lines[j]);
        lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(j));
        grew = true;
        break;
      }
    }
    groups.push_back({BlockRole::e_signature, by_rows(std::move(group))});
    i = static_cast<std::size_t>(-1);  // indices have moved
  }
  if (!groups.empty()) page.lines = std::move(lines);
  return groups;
}

}  // namespace

std::vector<ApartLines> take_apart(FoundPage& page, double em) {
  std::vector<ApartLines> apart;
  if (const auto area = incoming_stamp(page)) {
    apart.push_back({BlockRole::stamp, take_words(page, [&](const FoundLine&, const Word& word) {
                       return contains(*area, word.box.center_x(), word.box.center_y());
                     })});
  }
  const auto stamp = std::stable_partition(page.lines.begin(), page.lines.end(),
                                           [&](const FoundLine& found) { return !is_stamp_line(page, found); });
  for (auto line = stamp; line != page.lines.end(); ++line) apart.push_back({BlockRole::stamp, {std::move(*line)}});
  page.lines.erase(stamp, page.lines.end());
  for (auto& group : take_signatures(page, em)) apart.push_back(std::move(group));
  return apart;
}

std::vector<PageNumberLine> take_page_numbers(FoundPage& page, double em) {
  static const std::regex number(R"(^[-–—.| ]*(trang |page )?\d{1,4}( ?/ ?\d{1,4})?[-–—.| ]*$)");
  std::vector<PageNumberLine> numbers;
  const auto area = box_around(page.lines);
  std::vector<FoundLine> left;
  for (const auto& found : page.lines) {
    const auto& box = found.line.box;
    const bool at_head = box.bottom() < area.y + 2 * em && box.y < page.height * 0.12;
    const bool at_foot = box.y > area.bottom() - 2 * em && box.bottom() > page.height * 0.88;
    // Alone on its row: a figure of a table is not.
    const bool alone = std::none_of(page.lines.begin(), page.lines.end(), [&](const FoundLine& other) {
      return &other != &found && vertical_overlap(other.line.box, box) > 0.3;
    });
    if ((at_head || at_foot) && alone && std::regex_match(folded(found.line.text()), number)) {
      numbers.push_back({found, at_head});
    } else {
      left.push_back(found);
    }
  }
  page.lines = std::move(left);
  return numbers;
}

}  // namespace sohoa::ocr
