#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "pipeline/base/digest.hpp"
#include "pipeline/issue/byte_sink.hpp"
#include "pipeline/issue/pdf_syntax.hpp"

namespace sohoa::issue::pdf {

/// The file identifier's two halves (ISO 32000-1, 14.4) have 16 bytes each.
using FileId = std::array<std::uint8_t, 16>;

/// What the trailer points to.
struct Trailer {
  Ref root;
  Ref info;
  FileId permanent_id{};  ///< the first half; the second is made from the file's bytes
};

/// Writes a PDF 1.7 file from its start to its end without ever going back: header, objects as they come, the
/// cross-reference table. Keeps 8 bytes for each object and nothing else. The same calls give the same bytes.
/// One thread. Errors: what the sink returns; the file is then lost.
class StreamWriter {
 public:
  explicit StreamWriter(ByteSink sink) : sink_(std::move(sink)) {}

  Result<void> begin();
  /// A number for an object that will be written, once, before finish().
  [[nodiscard]] Ref reserve();
  Result<void> object(Ref ref, std::string_view body);
  /// `dictionary` without /Length, which is added.
  Result<void> stream(Ref ref, Dictionary dictionary, ByteView data);
  /// As stream(), compressed, with /Filter added.
  Result<void> compressed_stream(Ref ref, Dictionary dictionary, ByteView data);
  Result<void> finish(const Trailer& trailer);

 private:
  Result<void> write(std::string_view text) { return write(as_bytes(text)); }
  Result<void> write(ByteView bytes);
  Result<void> open_object(Ref ref);

  BufferedSink sink_;
  Sha256 hash_;
  std::vector<std::uint64_t> offsets_;  ///< of object i + 1
};

}  // namespace sohoa::issue::pdf
