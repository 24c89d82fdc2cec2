#pragma once

// Private to archive/: RocksArchive's one way to write, a template that both of its source files use.

#include "archive/rocks_archive.hpp"

namespace sohoa {

template <typename Fill>
auto RocksArchive::write(Fill&& fill) -> decltype(fill(std::declval<Change&>())) {
  if (mode_ == OpenMode::read_only) return Error{ErrorCode::unsupported, "archive is open for reading only"};
  SOHOA_DO(has_room());
  return writing_.with([&](Writing& writing) -> decltype(fill(std::declval<Change&>())) {
    if (writing.failed) return *writing.failed;
    Change change{{}, writing.counters};
    auto result = fill(change);
    if (!result || change.batch.changes().empty()) return result;
    SOHOA_DO(commit(writing, change));
    return result;
  });
}

}  // namespace sohoa
