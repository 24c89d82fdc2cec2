#pragma once

#include <string>

#include "pipeline/issue/byte_sink.hpp"
#include "pipeline/model/document.hpp"

namespace sohoa::issue {

/// ALTO 4.4 XML (namespace http://www.loc.gov/standards/alto/ns-v4#), written page by page: begin(), the pages in
/// order, finish(). Measures are pixels of the page as it is shown. One thread.
class AltoWriter {
 public:
  explicit AltoWriter(ByteSink sink) : sink_(std::move(sink)) {}

  Result<void> begin(const DigitizedDocument& document);
  Result<void> add_page(const RecognizedPage& page);
  /// A page element without content, of the class "unread".
  Result<void> add_unread_page(PageNumber number);
  Result<void> finish();

 private:
  BufferedSink sink_;
  std::string language_;
};

}  // namespace sohoa::issue
