#pragma once

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/model/limits.hpp"
#include "pipeline/model/source.hpp"

namespace sohoa::decode {

/// A source file's bytes, mapped for reading: nothing is copied, and pages that are not needed are never read.
class SourceBytes {
 public:
  /// Errors: invalid_input (empty), resource_exhausted (over limits.file_bytes), unavailable (I/O).
  static Result<SourceBytes> map(int fd, const Limits& limits);

  SourceBytes() = default;
  ~SourceBytes();
  SourceBytes(SourceBytes&& other) noexcept;
  SourceBytes& operator=(SourceBytes&& other) noexcept;

  [[nodiscard]] ByteView view() const { return {data_, size_}; }

 private:
  const std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace sohoa::decode
