#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace sohoa::datasets {

/// A stream of numbers that is the same for the same seed on every machine (splitmix64; the distributions of the
/// standard library differ between implementations). One thread.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    return mixed(state_);
  }
  /// [low, high)
  double uniform(double low, double high) { return low + (high - low) * static_cast<double>(next() >> 11) * 0x1.0p-53; }
  /// low..high, both included
  int between(int low, int high) { return low + static_cast<int>(next() % static_cast<std::uint64_t>(high - low + 1)); }
  bool chance(double probability) { return uniform(0, 1) < probability; }
  /// Sum of 12 uniform numbers: normal to within what noise needs, and without the C library's rounding.
  double normal(double mean, double deviation) {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += uniform(0, 1);
    return mean + deviation * sum;
  }
  /// An element of a container that is not empty.
  template <typename Container>
  const typename Container::value_type& pick(const Container& from) {
    return *(from.begin() + static_cast<std::ptrdiff_t>(next() % from.size()));
  }
  template <typename T>
  T pick(std::initializer_list<T> from) {
    return *(from.begin() + static_cast<std::ptrdiff_t>(next() % from.size()));
  }
  /// A stream of its own for a part of the work, so that a change in one part leaves the others as they were.
  [[nodiscard]] Random fork(std::uint64_t label) const { return Random(mixed(state_ ^ mixed(label + 1))); }

 private:
  static std::uint64_t mixed(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }
  std::uint64_t state_;
};

}  // namespace sohoa::datasets
