#include "pipeline/decode/source_bytes.hpp"

#include <sys/mman.h>

#include <string>
#include <utility>

#include "pipeline/base/file.hpp"

namespace sohoa::decode {

Result<SourceBytes> SourceBytes::map(int fd, const Limits& limits) {
  SOHOA_TRY(const auto size, file_size(fd));
  if (size == 0) return Error{ErrorCode::invalid_input, "the file is empty"};
  if (size > limits.file_bytes) {
    return Error{ErrorCode::resource_exhausted, "the file has " + std::to_string(size) + " bytes, over the limit of " +
                                                    std::to_string(limits.file_bytes)};
  }
  void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (data == MAP_FAILED) return system_error("mapping the file");
  SourceBytes bytes;
  bytes.data_ = static_cast<const std::uint8_t*>(data);
  bytes.size_ = size;
  return bytes;
}

SourceBytes::~SourceBytes() {
  if (data_ != nullptr) ::munmap(const_cast<std::uint8_t*>(data_), size_);
}

SourceBytes::SourceBytes(SourceBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

SourceBytes& SourceBytes::operator=(SourceBytes&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

}  // namespace sohoa::decode
