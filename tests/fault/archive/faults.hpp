#pragma once

#include <atomic>
#include <cstdint>

namespace sohoa::test {

/// Counts the operations on files and says which of them fail.
class Faults {
 public:
  enum class Kind { one, from_there_on };

  /// No operation fails.
  Faults() = default;
  /// Operation number `first` (from 1) fails, or all from there on.
  Faults(Kind kind, std::uint64_t first) : kind_(kind), first_(first) {}

  /// Counts one operation; true where it has to fail.
  bool strikes() {
    const auto number = ++count_;
    if (first_ == 0) return false;
    return kind_ == Kind::one ? number == first_ : number >= first_;
  }
  /// Whether any operation has failed.
  [[nodiscard]] bool struck() const { return first_ != 0 && count_ >= first_; }

 private:
  Kind kind_ = Kind::one;
  std::uint64_t first_ = 0;
  std::atomic<std::uint64_t> count_ = 0;
};

}  // namespace sohoa::test
