// Method: lines of type that a seal was put on run out of it, as the seal is stamped over the left part of signature
// and name. From the letters beside the seal the line is followed inwards, letter by letter: the next one stands in the
// same rows, is about as high and no farther than a space. Marks above and below those letters are theirs. Every other
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

bool continues(const Ink& line, const Ink& next, double mm) {
  const int rows = std::min(line.box.br().y, next.box.br().y) - std::max(line.box.y, next.box.y);
  const int gap = std::max(line.box.x, next.box.x) - std::min(line.box.br().x, next.box.br().x);
  const auto [low, high] = std::minmax(line.box.height, next.box.height);
  return rows >= 0.65 * low && high <= 2.5 * low && gap <= space_mm * mm;
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

/// Marks as text what lies beside the outline, the letters that go on from there, and their marks.
void follow_lines(std::vector<Ink>& pieces, double mm) {
  std::vector<std::size_t> line;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].within) continue;
    pieces[i].text = true;
    if (is_letter(pieces[i], mm)) line.push_back(i);
  }
  for (std::size_t done = 0; done < line.size(); ++done) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (pieces[i].text || !is_letter(pieces[i], mm) || !continues(pieces[line[done]], pieces[i], mm)) continue;
      pieces[i].text = true;
      line.push_back(i);
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
