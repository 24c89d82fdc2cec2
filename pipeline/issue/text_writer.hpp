#pragma once

#include "pipeline/issue/byte_sink.hpp"
#include "pipeline/model/recognized_page.hpp"

namespace sohoa::issue {

/// Plain text in UTF-8: the pages' text in order, a form feed between two pages; nothing for a page that was not read.
/// One thread.
class TextWriter {
 public:
  explicit TextWriter(ByteSink sink) : sink_(std::move(sink)) {}

  Result<void> add_page(const RecognizedPage& page) { return add(page.text()); }
  Result<void> add_unread_page() { return add(""); }
  Result<void> finish() { return sink_.flush(); }

 private:
  Result<void> add(std::string_view text) {
    if (!first_) SOHOA_DO(sink_.write("\f"));
    first_ = false;
    return sink_.write(text);
  }

  BufferedSink sink_;
  bool first_ = true;
};

}  // namespace sohoa::issue
