#pragma once

#include <set>
#include <string>
#include <vector>

#include "ocr/fields/found.hpp"

namespace sohoa::fields {

/// Gathers owners' identifiers from the pages of a document: each once, at most most_identifiers.
class IdentifierCollector {
 public:
  void add_page(const PageView& page);
  [[nodiscard]] std::vector<Field> finish();

 private:
  static constexpr std::size_t most_identifiers = 100;  ///< a list of thousands of people names no owner

  void add(Field field);

  std::vector<Field> found_;
  std::string line_before_;  ///< folded: a label may stand at its end
};

}  // namespace sohoa::fields
