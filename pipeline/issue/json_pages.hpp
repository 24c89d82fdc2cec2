#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/base/result.hpp"
#include "pipeline/base/unique_fd.hpp"
#include "pipeline/model/document.hpp"

namespace sohoa::issue {

/// Reads a document's JSON result back, page by page: what JsonWriter wrote, one page a line. Numbers come back as the
/// result has them, rounded. Reading: any thread.
class JsonPages {
 public:
  /// Errors: data_loss (not such a result), unavailable (I/O).
  static Result<JsonPages> open(UniqueFd file);

  [[nodiscard]] std::uint32_t page_count() const { return static_cast<std::uint32_t>(lines_.size()) - 2; }
  /// A page as it was issued, or the error for which it could not be read. Errors of the reading itself: data_loss.
  [[nodiscard]] Result<std::variant<RecognizedPage, Error>> page(PageNumber number) const;
  [[nodiscard]] const std::string& languages() const { return languages_; }  ///< Tesseract's names, "vie+eng"
  [[nodiscard]] const std::vector<std::string>& source_notes() const { return notes_; }
  /// Of the source's signatures, a JSON array; "" where it bears none.
  [[nodiscard]] const std::string& signature_report() const { return signature_report_; }
  /// Fields, in the result's order.
  [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }

 private:
  struct Line {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
  };
  [[nodiscard]] Result<std::string> line(std::size_t number) const;
  Result<void> read_head();
  Result<void> read_tail();

  UniqueFd file_;
  std::vector<Line> lines_;  ///< the head, one for each page, the tail
  std::string languages_;
  std::vector<std::string> notes_;
  std::string signature_report_;
  std::vector<Field> fields_;
};

}  // namespace sohoa::issue
