#pragma once

#include <cstdint>
#include <memory>

#include "pipeline/base/bytes.hpp"

namespace sohoa {

/// What a signature may have been made over; SHA-1 for old ones alone.
enum class HashAlgorithm : std::uint8_t { sha1, sha256, sha384, sha512 };

/// A hash over bytes that come in pieces. One thread.
class Hasher {
 public:
  explicit Hasher(HashAlgorithm algorithm);
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;

  Hasher& update(ByteView piece);
  /// Ends the computation; the object must not be used afterwards.
  [[nodiscard]] Bytes finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sohoa
