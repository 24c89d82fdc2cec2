#pragma once

#include <cmath>
#include <cstdint>
#include <string_view>

#include "pipeline/base/bytes.hpp"

namespace sohoa::issue {

/// Builds bytes in big-endian order, as TrueType and ICC want them.
class BigEndian {
 public:
  BigEndian& u8(std::uint32_t value) {
    bytes_.push_back(static_cast<std::uint8_t>(value));
    return *this;
  }
  BigEndian& u16(std::uint32_t value) { return u8(value >> 8).u8(value); }
  BigEndian& i16(std::int32_t value) { return u16(static_cast<std::uint32_t>(value)); }
  BigEndian& u32(std::uint32_t value) { return u16(value >> 16).u16(value); }
  /// s15Fixed16Number: 16 bits before and 16 behind the binary point.
  BigEndian& fixed(double value) {
    return u32(static_cast<std::uint32_t>(static_cast<std::int32_t>(std::lround(value * 65536.0))));
  }
  BigEndian& text(std::string_view text) { return raw(as_bytes(text)); }
  BigEndian& raw(ByteView bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
  }
  BigEndian& zeros(std::size_t count) {
    bytes_.resize(bytes_.size() + count);
    return *this;
  }
  BigEndian& align4() { return zeros((4 - bytes_.size() % 4) % 4); }

  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] const Bytes& bytes() const { return bytes_; }
  [[nodiscard]] Bytes take() { return std::move(bytes_); }

 private:
  Bytes bytes_;
};

}  // namespace sohoa::issue
