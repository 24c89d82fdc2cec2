#pragma once

#include <cstdint>
#include <vector>

#include "ocr/lstm/language_scorer.hpp"

namespace sohoa::ocr::lstm {

/// Every node that a beam search kept, linked backwards; 16 bytes each.
class Trace {
 public:
  static constexpr std::uint32_t none = ~std::uint32_t{0};
  struct Point {
    std::uint32_t previous = none;
    float certainty = 0;       ///< of this step
    std::int32_t unichar = 0;  ///< no_unichar for the null code
    WordSource source = WordSource::none;
    bool starts_word = false;
    bool repeats = false;
  };

  /// Forgets all and makes room for `points`.
  void restart(std::size_t points) {
    if (points_.size() < points) points_.resize(points);
    used_ = 0;
  }
  std::uint32_t add(const Point& point) {
    points_[used_] = point;
    return static_cast<std::uint32_t>(used_++);
  }
  /// The points from the first step to `end`.
  void path_to(std::uint32_t end, std::vector<Point>& path) const;

 private:
  std::vector<Point> points_;
  std::size_t used_ = 0;
};

}  // namespace sohoa::ocr::lstm
