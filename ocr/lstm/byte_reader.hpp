#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::ocr::lstm {

static_assert(std::endian::native == std::endian::little, "the model's components are little endian");

/// Reads a model component from its front; what it returns views the component, which must outlive it.
/// Errors: invalid_input where fewer bytes are left than asked for; the position is unchanged then.
class ByteReader {
 public:
  explicit ByteReader(ByteView bytes) : rest_(bytes) {}

  [[nodiscard]] std::size_t remaining() const { return rest_.size(); }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

  /// An integer or float at its width.
  template <typename T>
  Result<T> read() {
    static_assert(std::is_arithmetic_v<T> && !std::is_same_v<T, bool>);
    if (rest_.size() < sizeof(T)) return too_short();
    T value;
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_ = rest_.subspan(sizeof value);
    return value;
  }

  Result<ByteView> bytes(std::size_t count) {
    if (rest_.size() < count) return too_short();
    const auto taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }

  /// A u32 length and that many bytes.
  Result<std::string> string() {
    const auto before = rest_;
    SOHOA_TRY(const auto length, read<std::uint32_t>());
    auto text = bytes(length);
    if (!text) {
      rest_ = before;
      return std::move(text).error();
    }
    return std::string(as_text(*text));
  }

 private:
  static Error too_short() { return {ErrorCode::invalid_input, "the component ends too early"}; }

  ByteView rest_;
};

}  // namespace sohoa::ocr::lstm
