// Whatever arrives, and however it is cut: no crash, the sink's calls in their order, and the same outcome as in one
// piece.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "api/http/multipart.hpp"

namespace {

using namespace sohoa;
using namespace sohoa::http;

class Recorder final : public MultipartSink {
 public:
  Result<void> begin_part(const PartHeader& header) override {
    if (open_) std::abort();
    open_ = true;
    text += "<" + header.name + "|" + stated_file_name(header.disposition).value_or("") + ">";
    (void)clean_file_name(header.name);
    return {};
  }
  Result<void> part_data(ByteView piece) override {
    if (!open_ || piece.empty()) std::abort();
    text.append(as_text(piece));
    return {};
  }
  Result<void> end_part() override {
    if (!open_) std::abort();
    open_ = false;
    text += "</>";
    return {};
  }
  std::string text;

 private:
  bool open_ = false;
};

/// What a body comes to when it arrives in pieces of `size`: the transcript, and whether it was well-formed.
std::string outcome(ByteView body, std::size_t size) {
  Recorder recorder;
  MultipartLimits limits;
  limits.header_bytes = 256;
  limits.preamble_bytes = 64;
  limits.parts = 8;
  auto parser = MultipartParser::create(*parse_header_value("multipart/form-data; boundary=B"), limits, recorder);
  Result<void> done;
  while (done && !body.empty()) {
    const auto count = std::min(size, body.size());
    done = parser->feed(body.first(count));
    body = body.subspan(count);
  }
  if (done) done = parser->finish();
  return done ? recorder.text : "refused";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const ByteView body(data + 1, size - 1);
  if (outcome(body, 1U + data[0]) != outcome(body, size)) std::abort();
  return 0;
}
