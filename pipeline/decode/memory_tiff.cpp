#include "pipeline/decode/memory_tiff.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace sohoa::decode {
namespace {

// Far above anything that is encoded here: a G4 stream of the largest page allowed.
constexpr std::size_t most_bytes_written = 1'000'000'000;

MemoryTiff& self(thandle_t handle) {
  return *static_cast<MemoryTiff*>(handle);
}

}  // namespace

TiffPtr MemoryTiff::open_for_reading() {
  writing_ = false;
  position_ = 0;
  return TiffPtr(TIFFClientOpen("memory", "r", this, read, write, seek, close, size, map, unmap));
}

TiffPtr MemoryTiff::open_for_writing() {
  writing_ = true;
  position_ = 0;
  written_.clear();
  return TiffPtr(TIFFClientOpen("memory", "w", this, read, write, seek, close, size, map, unmap));
}

tmsize_t MemoryTiff::read(thandle_t handle, void* data, tmsize_t size) {
  auto& tiff = self(handle);
  if (size <= 0 || tiff.position_ >= tiff.length()) return 0;
  const auto count = std::min(static_cast<std::size_t>(size), tiff.length() - tiff.position_);
  const auto* from = tiff.writing_ ? tiff.written_.data() : tiff.reading_.data();
  std::memcpy(data, from + tiff.position_, count);
  tiff.position_ += count;
  return static_cast<tmsize_t>(count);
}

tmsize_t MemoryTiff::write(thandle_t handle, void* data, tmsize_t size) {
  auto& tiff = self(handle);
  if (!tiff.writing_ || size < 0) return -1;
  const auto end = tiff.position_ + static_cast<std::size_t>(size);
  if (end > most_bytes_written) return -1;
  if (end > tiff.written_.size()) tiff.written_.resize(end);
  std::memcpy(tiff.written_.data() + tiff.position_, data, static_cast<std::size_t>(size));
  tiff.position_ = end;
  return size;
}

toff_t MemoryTiff::seek(thandle_t handle, toff_t offset, int whence) {
  auto& tiff = self(handle);
  const toff_t base = whence == SEEK_CUR ? tiff.position_ : whence == SEEK_END ? tiff.length() : 0;
  tiff.position_ = static_cast<std::size_t>(base + offset);
  return tiff.position_;
}

int MemoryTiff::close(thandle_t /*handle*/) {
  return 0;
}
toff_t MemoryTiff::size(thandle_t handle) {
  return self(handle).length();
}

// Not mapped: libtiff then reads by `read`, which checks every bound.
int MemoryTiff::map(thandle_t /*handle*/, void** /*data*/, toff_t* /*size*/) {
  return 0;
}
void MemoryTiff::unmap(thandle_t /*handle*/, void* /*data*/, toff_t /*size*/) {}

}  // namespace sohoa::decode
