#pragma once

#include <algorithm>
#include <cstdint>

#include "pipeline/base/guarded.hpp"

namespace sohoa::engine {

/// Bytes that work in flight may take together; asked before the work begins. Any thread.
class MemoryBudget {
 public:
  explicit MemoryBudget(std::uint64_t total) : total_(total), used_(std::uint64_t{0}) {}

  /// Gives the bytes back when it goes.
  class Reservation {
   public:
    Reservation(MemoryBudget& budget, std::uint64_t bytes) : budget_(&budget), bytes_(bytes) {}
    ~Reservation() {
      if (budget_ != nullptr) budget_->give_back(bytes_);
    }
    Reservation(Reservation&& other) noexcept : budget_(std::exchange(other.budget_, nullptr)), bytes_(other.bytes_) {}
    Reservation& operator=(Reservation&&) = delete;

   private:
    MemoryBudget* budget_;
    std::uint64_t bytes_;
  };

  /// Waits until the bytes are free. More than the whole budget counts as the whole: such work runs alone.
  [[nodiscard]] Reservation reserve(std::uint64_t bytes) {
    bytes = std::min(bytes, total_);
    used_.when([&](std::uint64_t used) { return used + bytes <= total_; }, [&](std::uint64_t& used) { used += bytes; });
    return {*this, bytes};
  }

  [[nodiscard]] std::uint64_t used() const {
    return used_.with([](std::uint64_t used) { return used; });
  }

 private:
  void give_back(std::uint64_t bytes) {
    used_.with([&](std::uint64_t& used) { used -= bytes; });
    used_.notify();
  }

  const std::uint64_t total_;
  Guarded<std::uint64_t> used_;
};

}  // namespace sohoa::engine
