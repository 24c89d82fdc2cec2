#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa {

/// A SHA-256 value; as text 64 lower-case hexadecimal digits.
struct Digest {
  std::array<std::uint8_t, 32> bytes{};

  auto operator<=>(const Digest&) const = default;
  [[nodiscard]] std::string hex() const;
  [[nodiscard]] ByteView view() const { return bytes; }
  /// Errors: invalid_input unless `text` is 64 hexadecimal digits.
  static Result<Digest> from_hex(std::string_view text);
  /// Errors: invalid_input unless `view` has 32 bytes.
  static Result<Digest> from_bytes(ByteView view);
  static constexpr auto fields = [](auto& self) { return std::tie(self.bytes); };
};

/// SHA-256 (FIPS 180-4) over bytes that come in pieces. One thread.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  /// One that goes on from here on its own.
  [[nodiscard]] Sha256 copy() const;
  Sha256& update(ByteView piece);
  /// Ends the computation; the object must not be used afterwards.
  [[nodiscard]] Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] Digest sha256(ByteView bytes);

/// Lower-case hexadecimal digits of any bytes.
[[nodiscard]] std::string to_hex(ByteView bytes);

/// `count` bytes from the system's random source (getrandom), for ids.
[[nodiscard]] Bytes random_bytes(std::size_t count);

}  // namespace sohoa

template <>
struct std::hash<sohoa::Digest> {
  std::size_t operator()(const sohoa::Digest& digest) const noexcept {
    std::size_t value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i) value = value << 8 | digest.bytes[i];
    return value;
  }
};
