// Page numbers are printed on most pages but the first (Decree 30/2020), are read by OCR, and begin anew in annexes. So
// only neighbours are compared: from one numbered image to the next the number grows by as many as there are images,
// less the blank backs between them and the pages that were scanned twice for a sticky note. A number that fits neither
// neighbour, while these fit each other, was misread and says nothing. A smaller number is a disorder unless it begins
// anew at 1, or at 2 after an image without a number; a number that is passed over is missing unless it stands
// elsewhere.
#include "pipeline/rules/page_order.hpp"

#include <algorithm>
#include <set>

namespace sohoa::rules {
namespace {

constexpr std::int64_t most_missing = 1000;  // more is a misread number

struct Numbered {
  std::int64_t at = 0;      ///< how many images that are not blank stand before
  std::uint32_t image = 0;  ///< from 1
  std::int64_t number = 0;
  std::int64_t total = 0;  ///< 0: not printed
};

std::vector<Numbered> numbered(const PaperFacts& facts) {
  std::vector<Numbered> all;
  std::int64_t at = 0;
  for (const auto& image : facts.images) {
    if (image.printed_number > 0) all.push_back({at, image.page.value, image.printed_number, image.printed_total});
    if (!image.blank) ++at;
  }
  return all;
}

/// A blank page may have been counted or not: both fit, as long as the number does not run ahead of the images.
bool fits(const Numbered& a, const Numbered& b, std::int64_t slack) {
  const auto grown = b.number - a.number;
  return grown <= static_cast<std::int64_t>(b.image) - a.image && grown >= b.at - a.at - slack && grown >= 0;
}

std::vector<Numbered> without_misread(std::vector<Numbered> all, std::int64_t slack) {
  for (std::size_t i = 1; i + 1 < all.size();) {
    const auto &before = all[i - 1], &here = all[i], &after = all[i + 1];
    if (fits(before, after, slack) && !fits(before, here, slack) && !fits(here, after, slack)) {
      all.erase(all.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      ++i;
    }
  }
  return all;
}

}  // namespace

PageOrder page_order(const PaperFacts& facts, std::uint32_t sticky_notes) {
  const auto pages = without_misread(numbered(facts), sticky_notes);
  std::set<std::int64_t> present;
  for (const auto& page : pages) present.insert(page.number);
  PageOrder found;
  const auto miss = [&](std::int64_t from, std::int64_t to) {
    if (to - from > most_missing) return;
    for (auto number = from; number < to; ++number) {
      if (!present.contains(number)) found.missing.push_back(static_cast<std::uint32_t>(number));
    }
  };
  auto notes_left = sticky_notes;
  for (std::size_t i = 0; i + 1 < pages.size(); ++i) {
    const auto &here = pages[i], &next = pages[i + 1];
    const auto grown = next.number - here.number;
    const bool anew = next.number == 1 || (next.number == 2 && next.image > here.image + 1);
    if (grown < 0 && !anew) found.out_of_order.push_back(next.image);
    if (grown == 0 && notes_left == 0) found.repeated.push_back(next.image);
    if (grown == 0 && notes_left > 0) --notes_left;
    if (grown > static_cast<std::int64_t>(next.image) - here.image) miss(here.number + 1, next.number);
  }
  if (pages.empty()) return found;
  // Where images were swapped, the first one need not be the first page.
  if (found.out_of_order.empty() && pages.front().number > pages.front().image) {
    miss(pages.front().image, pages.front().number);
  }
  const auto& last = pages.back();
  const auto unnumbered = static_cast<std::int64_t>(facts.images.size()) - last.image;
  if (last.total > last.number + unnumbered) miss(last.number + 1 + unnumbered, last.total + 1);
  return found;
}

}  // namespace sohoa::rules
