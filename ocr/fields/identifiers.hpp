#pragma once

#include <set>
#include <string>
#include <vector>

#include "ocr/fields/found.hpp"
#include "ocr/fields/owner_names.hpp"
#include "pipeline/model/barcode.hpp"

namespace sohoa::fields {

/// Gathers owners' identifiers from the pages of a document: each once, at most most_identifiers.
class IdentifierCollector {
 public:
  void add_page(const PageView& page);
  /// What the QR codes of identity cards say: sure, for a code is read right or not at all.
  void add_codes(PageNumber page, const std::vector<Barcode>& codes);
  [[nodiscard]] std::vector<Field> finish();

 private:
  static constexpr std::size_t most_identifiers = 100;  ///< a list of thousands of people names no owner

  void add(Field field);

  std::vector<Field> found_;
  std::string line_before_;  ///< folded: a label may stand at its end
  OwnerNameReader names_;
};

}  // namespace sohoa::fields
