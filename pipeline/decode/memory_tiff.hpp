#pragma once

#include "pipeline/base/bytes.hpp"
#include "pipeline/decode/handles.hpp"

namespace sohoa::decode {

/// A TIFF that lies in memory, as libtiff's client functions see it. It MUST outlive the TIFF opened on it.
class MemoryTiff {
 public:
  MemoryTiff() = default;
  explicit MemoryTiff(ByteView bytes) : reading_(bytes) {}
  MemoryTiff(const MemoryTiff&) = delete;
  MemoryTiff& operator=(const MemoryTiff&) = delete;

  /// nullptr where the bytes are no TIFF.
  [[nodiscard]] TiffPtr open_for_reading();
  [[nodiscard]] TiffPtr open_for_writing();
  /// What was written, once the TIFF is closed.
  [[nodiscard]] Bytes take() { return std::move(written_); }

 private:
  static tmsize_t read(thandle_t handle, void* data, tmsize_t size);
  static tmsize_t write(thandle_t handle, void* data, tmsize_t size);
  static toff_t seek(thandle_t handle, toff_t offset, int whence);
  static int close(thandle_t handle);
  static toff_t size(thandle_t handle);
  static int map(thandle_t handle, void** data, toff_t* size);
  static void unmap(thandle_t handle, void* data, toff_t size);

  [[nodiscard]] std::size_t length() const { return writing_ ? written_.size() : reading_.size(); }

  ByteView reading_;
  Bytes written_;
  bool writing_ = false;
  std::size_t position_ = 0;
};

}  // namespace sohoa::decode
