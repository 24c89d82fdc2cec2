#pragma once

#include "pipeline/ports/field_extractor.hpp"

namespace sohoa {

/// Finds fields by the form that the law gives to papers (Decree 30/2020, annex I), by check digits and closed lists.
/// Keeps what was found, never the pages. About 1 ms a page.
class RuleFieldExtractor final : public FieldExtractor {
 public:
  [[nodiscard]] std::unique_ptr<FieldCollector> begin() const override;
};

}  // namespace sohoa
