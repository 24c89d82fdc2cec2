// Method: lines of type that a seal was put on run out of it, as the seal is stamped over the left part of signature
// and name. From the letters beside the seal the line is followed inwards, letter by letter: the next one stands on the
// baseline of the letters beside, reaches no higher than they and is no farther than a space; what a rim left of it may
// be joined to a letter of the seal above. Marks above and below those letters are theirs. Every other
// piece of ink that lies wholly within the seal's outline is the seal's. What reaches out of it (a pen stroke, letters
// that the pen joins) stays. Typical: 1 ms a seal at 300 dpi.

#include "pipeline/imaging/seal_letters.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "pipeline/imaging/mat.hpp"

namespace sohoa::imaging {
namespace {

constexpr double least_letter_mm = 1.2,
                 greatest_mm = 6.5;       // of height: small letters of 9 points, capitals with marks of 16
constexpr double greatest_mark_mm = 1.7;  // of height: a hat with an accent; letters of seals have 2.1 and more
constexpr double space_mm = 2.2;          // between words of 14 points, and what a rim took of their sides

struct Ink {
  cv::Rect box;
  int label = 0;
  bool within = false;  ///< the outline
  bool text = false;
};

bool is_letter(const Ink& ink, double mm) {
  return ink.box.height >= least_letter_mm * mm && ink.box.height <= greatest_mm * mm &&
         ink.box.width <= 3 * ink.box.height;
}

/// Where a line of type runs: from the tops of its capitals to its baseline.
struct Row {
  double top = 0;
  double base = 0;

  [[nodiscard]] double height() const { return base - top; }
};

/// The row of a letter beside the seal, by the letters around it in its line.
Row row_of(const Ink& letter, const std::vector<Ink>& pieces, const std::vector<std::size_t>& beside, double mm) {
  constexpr double around_mm = 9;  // some letters
  std::vector<int> tops, bases;
  for (const auto i : beside) {
    const auto& box = pieces[i].box;
    const int rows = std::min(letter.box.br().y, box.br().y) - std::max(letter.box.y, box.y);
    if (2 * rows < std::min(letter.box.height, box.height)) continue;
    if (std::abs(box.x + box.width / 2 - letter.box.x - letter.box.width / 2) > around_mm * mm) continue;
    tops.push_back(box.y);
    bases.push_back(box.br().y);
  }
  const auto at = [](std::vector<int>& values, double share) {
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), place, values.end());
    return static_cast<double>(*place);
  };
  return {at(tops, 0.2), at(bases, 0.5)};
}

/// Whether a piece stands in the row, next to what is known to: letters of seals stand above or below, or across.
bool continues(const Ink& known, const Row& row, const Ink& next, double mm) {
  const double rows = std::min<double>(row.base, next.box.br().y) - std::max<double>(row.top, next.box.y);
  const int gap = std::max(known.box.x, next.box.x) - std::min(known.box.br().x, next.box.br().x);
  const bool fills = rows >= 0.65 * row.height();  // also where a letter of the seal hangs on it
  return gap <= space_mm * mm && (fills || (rows >= 0.3 * row.height() && rows >= 0.6 * next.box.height)) &&
         next.box.br().y >= row.base - 0.3 * row.height();
}

bool is_mark_of(const Ink& mark, const Ink& letter, double mm) {
  const auto& box = letter.box;
  const int height = box.height;
  const int middle = mark.box.x + mark.box.width / 2;
  if (mark.box.height > greatest_mark_mm * mm || middle < box.x - height / 4 || middle > box.br().x + height / 4)
    return false;
  const int foot = mark.box.br().y;
  const bool above = foot >= box.y - height / 2 && foot <= box.y + height / 3;
  const bool below = mark.box.y >= box.br().y - height / 4 && mark.box.y <= box.br().y + height / 3;
  return above || below;
}

std::vector<Ink> pieces_of(const cv::Mat& stats, int count, cv::Point origin, const Ring& outline, double slack) {
  std::vector<Ink> pieces;
  for (int i = 1; i < count; ++i) {
    const auto* s = stats.ptr<int>(i);
    Ink ink{{s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT]}, i, false, false};
    const double left = ink.box.x + origin.x - outline.center.x;
    const double top = ink.box.y + origin.y - outline.center.y;
    const double across = std::max(std::abs(left), std::abs(left + ink.box.width));
    const double down = std::max(std::abs(top), std::abs(top + ink.box.height));
    ink.within = std::hypot(across, down) <= outline.radius + slack;
    pieces.push_back(ink);
  }
  return pieces;
}

/// Marks as text what lies beside the outline, the letters that go on from there in their row, and their marks.
void follow_lines(std::vector<Ink>& pieces, double mm) {
  std::vector<std::size_t> line;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].within) continue;
    pieces[i].text = true;
    if (is_letter(pieces[i], mm)) line.push_back(i);
  }
  std::vector<Row> rows;
  for (const auto i : line) rows.push_back(row_of(pieces[i], pieces, line, mm));
  for (std::size_t done = 0; done < line.size(); ++done) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (pieces[i].text || pieces[i].box.height > greatest_mm * mm) continue;
      if (!continues(pieces[line[done]], rows[done], pieces[i], mm)) continue;
      pieces[i].text = true;
      line.push_back(i);
      rows.push_back(rows[done]);
    }
  }
  for (auto& piece : pieces) {
    if (piece.text) continue;
    piece.text = std::any_of(line.begin(), line.end(), [&](std::size_t i) { return is_mark_of(piece, pieces[i], mm); });
  }
}

}  // namespace

Raster without_seal_letters(const Raster& grey, const Ring& outline, Dpi dpi) {
  constexpr double beside_mm = 12;   // a word
  constexpr double rough_mm = 0.8;   // leftovers of the outer rim
  constexpr int most_pieces = 3000;  // more is noise, and following lines among it would take long
  const double mm = dpi.value / 25.4;
  const auto reach = static_cast<int>(outline.radius + 2 * mm);
  const auto beside = static_cast<int>(beside_mm * mm);
  const cv::Rect area = cv::Rect(static_cast<int>(outline.center.x) - reach - beside,
                                 static_cast<int>(outline.center.y) - reach, 2 * (reach + beside), 2 * reach) &
                        cv::Rect(0, 0, grey.width(), grey.height());
  if (area.empty()) return grey;
  cv::Mat labels, stats, centres;
  const int count = cv::connectedComponentsWithStats(view(grey)(area) < ink_level, labels, stats, centres, 8, CV_32S);
  if (count > most_pieces) return grey;
  auto pieces = pieces_of(stats, count, area.tl(), outline, rough_mm * mm);
  follow_lines(pieces, mm);

  cv::Mat gone(area.size(), CV_8U, cv::Scalar(0));
  for (const auto& piece : pieces) {
    if (piece.within && !piece.text) gone(piece.box).setTo(255, labels(piece.box) == piece.label);
  }
  Sheet sheet(grey);
  cv::Mat page = sheet.mat()(area);
  page.setTo(255, gone);
  cv::dilate(gone, gone, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
  page.setTo(255, gone & (page >= ink_level));  // grey at the sides of strokes
  return std::move(sheet).take();
}

}  // namespace sohoa::imaging
