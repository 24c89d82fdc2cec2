#pragma once

#include <string>
#include <vector>

#include "pipeline/base/result.hpp"
#include "pipeline/model/page_image.hpp"
#include "pipeline/model/text.hpp"

namespace sohoa {

/// What a recogniser found; boxes are pixels of the UprightPage that it was given.
struct Reading {
  std::vector<Block> blocks;  ///< in reading order, those kept apart last
  std::string engine;         ///< name, version and model
  std::vector<Finding> findings;
};

/// Finds text lines on a page and reads them. One thread.
class Recognizer {
 public:
  virtual ~Recognizer() = default;
  /// Errors: unsupported (no such language), resource_exhausted (memory), internal.
  virtual Result<Reading> read(const UprightPage& page, const std::string& languages) = 0;
};

}  // namespace sohoa
