#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ocr/fields/found.hpp"

namespace sohoa::fields {

/// Finds from when, until when or how long a paper holds. The last sentence that says so counts: it stands at the end.
class ValidityCollector {
 public:
  void add_page(const PageView& page);
  /// `kind`: whose force the sentence must tell. `issue_date` (may be null): for "kể từ ngày ký".
  [[nodiscard]] std::vector<Field> finish(const Classification& kind, const Field* issue_date);

 private:
  struct Candidate {
    Field field;
    std::string subject;      ///< the letters before "có hiệu lực": "... nghiquyetnay"
    bool from_issue = false;  ///< begins on the day of signing
  };
  static constexpr std::size_t most_candidates = 20;

  std::vector<Candidate> found_;
};

}  // namespace sohoa::fields
