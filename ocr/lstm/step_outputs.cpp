// A scan over a few hundred floats a step, most of which are far below the best. The classes that were the best three
// in the step before, looked up in this one, give a bound that the best three cannot be below; blocks of 16 in which
// nothing reaches it are skipped by a few vector instructions. Typically 2 to 4 of 17 blocks are looked at.
//
// Where the second and third largest differ, which is nearly always, the two largest are a fact. Only where they are
// equal does the oracle's way of finding them show: it keeps a heap of the five largest, to which a class comes only if
// it is larger than the least, and empties it.

#include "ocr/lstm/step_outputs.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <span>
#include <utility>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "ocr/lstm/worst_first_heap.hpp"

namespace sohoa::ocr::lstm {
namespace {

struct Two {
  std::size_t a = 0;
  std::size_t b = 0;
};

Two by_heap(std::span<const float> outputs) {
  WorstFirstHeap heap;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (!heap.accepts(outputs[i])) continue;
    heap.push({.key = outputs[i], .item = static_cast<std::uint32_t>(i)});
    if (heap.size() > WorstFirstHeap::width) heap.pop();
  }
  while (heap.size() > 2) heap.pop();
  const auto second = heap.pop();
  return {.a = heap.pop().item, .b = second.item};
}

/// For probabilities; anything else is below all of them.
float just_below(float probability) {
  return probability > 0 ? std::bit_cast<float>(std::bit_cast<std::uint32_t>(probability) - 1) : -1.0F;
}

/// The best three of what has been offered that is above the bound.
struct BestThree {
  float first;
  float second;
  float third;
  std::size_t first_at = 0;
  std::size_t second_at = 1;
  std::size_t third_at = 2;

  explicit BestThree(float bound) : first(bound), second(bound), third(bound) {}

  void offer(float value, std::size_t place) {
    if (!(value > third)) return;
    third = value;
    third_at = place;
    if (!(third > second)) return;
    std::swap(second, third);
    std::swap(second_at, third_at);
    if (!(second > first)) return;
    std::swap(first, second);
    std::swap(first_at, second_at);
  }
};

#ifdef __SSE2__
/// Offers what is above the bound of four values.
void offer_four(const float* values, std::size_t place, BestThree& best) {
  const auto above = _mm_cmpgt_ps(_mm_loadu_ps(values), _mm_set1_ps(best.third));
  for (auto lanes = static_cast<unsigned>(_mm_movemask_ps(above)); lanes != 0; lanes &= lanes - 1) {
    const auto lane = static_cast<std::size_t>(std::countr_zero(lanes));
    best.offer(values[lane], place + lane);
  }
}

/// Offers all values that may be among the best; returns where it stops, for the few left over.
std::size_t offer_blocks(std::span<const float> outputs, BestThree& best) {
  std::size_t i = 0;
  for (; i + 16 <= outputs.size(); i += 16) {
    const float* values = outputs.data() + i;
    const auto highest = _mm_max_ps(_mm_max_ps(_mm_loadu_ps(values), _mm_loadu_ps(values + 4)),
                                    _mm_max_ps(_mm_loadu_ps(values + 8), _mm_loadu_ps(values + 12)));
    if (_mm_movemask_ps(_mm_cmpgt_ps(highest, _mm_set1_ps(best.third))) == 0) continue;
    for (std::size_t k = 0; k < 16; k += 4) offer_four(values + k, i + k, best);
  }
  for (; i + 4 <= outputs.size(); i += 4) offer_four(outputs.data() + i, i, best);
  return i;
}
#else
std::size_t offer_blocks(std::span<const float>, BestThree&) {
  return 0;
}
#endif

}  // namespace

void reduce(const OutputView& outputs, std::int32_t null_code, std::vector<StepOutputs>& steps) {
  steps.clear();
  std::array<std::size_t, 3> likely{0, 1, 2};
  for (std::int32_t t = 0; t < outputs.steps; ++t) {
    const auto values = outputs.step(t);
    Two two;
    if (values.size() < likely.size()) {
      two = {.a = 0, .b = 1};
    } else {
      const float reached = std::min({values[likely[0]], values[likely[1]], values[likely[2]]});
      BestThree three(just_below(reached));
      for (auto i = offer_blocks(values, three); i < values.size(); ++i) three.offer(values[i], i);
      likely = {three.first_at, three.second_at, three.third_at};
      two = three.second > three.third ? Two{.a = three.first_at, .b = three.second_at} : by_heap(values);
    }
    steps.push_back({.a = static_cast<std::int32_t>(two.a),
                     .b = static_cast<std::int32_t>(two.b),
                     .a_probability = values[two.a],
                     .b_probability = values[two.b],
                     .null_probability = values[static_cast<std::size_t>(null_code)]});
  }
}

}  // namespace sohoa::ocr::lstm
