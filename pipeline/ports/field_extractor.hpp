#pragma once

#include <memory>

#include "pipeline/model/fields.hpp"
#include "pipeline/model/recognized_page.hpp"

namespace sohoa {

/// Gathers what one document says of itself. One thread.
class FieldCollector {
 public:
  virtual ~FieldCollector() = default;
  /// The next page; pages that could not be read are left out. Memory MUST NOT grow with the number of pages.
  virtual void add_page(const RecognizedPage& page) = 0;
  /// After the last page, once. Never fails: what was not found is not there.
  [[nodiscard]] virtual DocumentFields finish() = 0;
};

/// Finds fields and the kind of paper in what was read. Pure; any thread.
class FieldExtractor {
 public:
  virtual ~FieldExtractor() = default;
  [[nodiscard]] virtual std::unique_ptr<FieldCollector> begin() const = 0;
};

}  // namespace sohoa
