#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "pipeline/base/digest.hpp"
#include "pipeline/issue/byte_sink.hpp"
#include "pipeline/issue/pdf_object_sink.hpp"

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
class StreamWriter final : public ObjectSink {
 public:
  explicit StreamWriter(ByteSink sink) : sink_(std::move(sink)) {}

  Result<void> begin();
  /// What is reserved must be written before finish().
  [[nodiscard]] Ref reserve() override;
  Result<void> object(Ref ref, std::string_view body) override;
  Result<void> stream(Ref ref, Dictionary dictionary, ByteView data) override;
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
