#pragma once

#include <filesystem>

#include "archive/file_ops.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/store/open_mode.hpp"

namespace sohoa {

/// A data directory: objects/, db/ and FORMAT, one line that says how the others are to be read (FORMAT.md).
struct DataDirectory {
  std::filesystem::path objects;
  std::filesystem::path database;

  /// Makes the folder and its FORMAT where mode is read_write and they are not there.
  /// Errors: not_found (read_only); unsupported (made by a later version); invalid_input (it has objects/ or db/ and no
  /// FORMAT, or one that is not ours); resource_exhausted, unavailable.
  static Result<DataDirectory> open(const std::filesystem::path& path, OpenMode mode,
                                    FileOps& files = FileOps::system());
};

}  // namespace sohoa
