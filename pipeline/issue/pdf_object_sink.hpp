#pragma once

#include <string_view>

#include "pipeline/base/result.hpp"
#include "pipeline/issue/pdf_syntax.hpp"

namespace sohoa::issue::pdf {

/// Where a PDF's objects are written to: a new file, or a revision of one that is there. Errors: what takes the bytes
/// returns; the file is then lost.
class ObjectSink {
 public:
  virtual ~ObjectSink() = default;
  /// A number for an object that will be written, once.
  [[nodiscard]] virtual Ref reserve() = 0;
  virtual Result<void> object(Ref ref, std::string_view body) = 0;
  /// `dictionary` without /Length, which is added.
  virtual Result<void> stream(Ref ref, Dictionary dictionary, ByteView data) = 0;
  /// As stream(), compressed, with /Filter added.
  Result<void> compressed_stream(Ref ref, Dictionary dictionary, ByteView data);
};

}  // namespace sohoa::issue::pdf
