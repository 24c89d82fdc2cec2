#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::issue {

/// Takes a result's bytes, in order. After an error it is not called again.
using ByteSink = std::function<Result<void>(ByteView)>;

/// Gathers small writes into pieces of 64 KiB and knows how many bytes have passed. One thread.
class BufferedSink {
 public:
  explicit BufferedSink(ByteSink sink) : sink_(std::move(sink)) {}

  Result<void> write(ByteView bytes);
  Result<void> write(std::string_view text) { return write(as_bytes(text)); }
  /// Hands on what is still held; the last call.
  Result<void> flush();
  /// Bytes written so far, those still held among them.
  [[nodiscard]] std::uint64_t position() const { return position_; }

 private:
  ByteSink sink_;
  std::string held_;
  std::uint64_t position_ = 0;
};

}  // namespace sohoa::issue
