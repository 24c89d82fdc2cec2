#pragma once

#include "pipeline/issue/byte_sink.hpp"
#include "pipeline/issue/summary.hpp"
#include "pipeline/model/document.hpp"
#include "pipeline/model/fields.hpp"

namespace sohoa::issue {

/// The members `"classification":{...},"fields":{...}`: each field found as {"value", "raw", "page", "box",
/// "confidence", "rule"[, "review", "review_vi"][, "corrected"]} under its name; those that may be several (is_list) in
/// an array.
[[nodiscard]] std::string fields_members(const DocumentFields& fields);

/// Everything known about a document, as one JSON object with one page a line, written page by page: begin(), the pages
/// in order, finish(). Boxes are [x, y, width, height] in pixels of the page as it is shown. One thread.
class JsonWriter {
 public:
  explicit JsonWriter(ByteSink sink) : sink_(std::move(sink)) {}

  Result<void> begin(const DigitizedDocument& document);
  Result<void> add_page(const RecognizedPage& page);
  Result<void> add_unread_page(const FailedPage& page);
  Result<void> finish(const Summary& summary, const DocumentFields& fields);

 private:
  Result<void> add(const std::string& page);

  BufferedSink sink_;
  bool first_ = true;
};

}  // namespace sohoa::issue
