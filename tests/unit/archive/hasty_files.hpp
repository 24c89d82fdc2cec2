#pragma once

#include "archive/file_ops.hpp"

namespace sohoa::test {

/// The real file system without waiting for the disk: for tests that are not about durability.
class HastyFiles : public FileOps {
 public:
  Result<void> sync(int) override { return {}; }
  Result<void> sync_directory(const std::filesystem::path&) override { return {}; }
};

}  // namespace sohoa::test
