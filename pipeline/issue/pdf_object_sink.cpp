#include "pipeline/issue/pdf_object_sink.hpp"

#include "pipeline/issue/deflate.hpp"

namespace sohoa::issue::pdf {

Result<void> ObjectSink::compressed_stream(Ref ref, Dictionary dictionary, ByteView data) {
  SOHOA_TRY(const Bytes packed, deflated(data));
  return stream(ref, dictionary.add("Filter", "/FlateDecode"), packed);
}

}  // namespace sohoa::issue::pdf
