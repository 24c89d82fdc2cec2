#include "ocr/lstm/trace.hpp"

#include <algorithm>

namespace sohoa::ocr::lstm {

void Trace::path_to(std::uint32_t end, std::vector<Point>& path) const {
  path.clear();
  for (auto at = end; at != none; at = points_[at].previous) path.push_back(points_[at]);
  std::reverse(path.begin(), path.end());
}

}  // namespace sohoa::ocr::lstm
