#pragma once

#include <memory>

#include <rocksdb/env.h>

#include "tests/fault/archive/faults.hpp"

namespace sohoa::test {

/// RocksDB's file system with faults in everything that changes a file or folder. A failing append leaves half of its
/// bytes behind. `faults` outlives it.
std::unique_ptr<rocksdb::Env> make_faulty_env(Faults& faults);

}  // namespace sohoa::test
