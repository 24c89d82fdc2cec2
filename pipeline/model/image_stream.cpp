#include "pipeline/model/image_stream.hpp"

#include <utility>

namespace sohoa {

PageCanvas turned(PageCanvas canvas, Turn turn) {
  Matrix map;
  switch (turn) {
    case Turn::none: return canvas;
    case Turn::clockwise_90: map = {0, -1, 1, 0, 0, canvas.width}; break;
    case Turn::half: map = {-1, 0, 0, -1, canvas.width, canvas.height}; break;
    case Turn::clockwise_270: map = {0, 1, -1, 0, canvas.height, 0}; break;
  }
  if (turn != Turn::half) std::swap(canvas.width, canvas.height);
  for (auto& placed : canvas.images) placed.placement = then(placed.placement, map);
  return canvas;
}

}  // namespace sohoa
