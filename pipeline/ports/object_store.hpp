#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/digest.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/base/unique_fd.hpp"
#include "pipeline/model/document.hpp"

namespace sohoa {

/// Bytes on their way into the store; dropped without a trace unless committed. One thread.
class ObjectWriter {
 public:
  virtual ~ObjectWriter() = default;
  /// Errors: resource_exhausted (disk), unavailable (I/O); the object is then lost, the store unchanged.
  virtual Result<void> write(ByteView piece) = 0;
  /// Returns once the bytes are durable under their digest. MUST NOT return before a crash could not lose them.
  virtual Result<StoredObject> commit() = 0;
};

/// Content-addressed bytes that are never rewritten. Any thread.
class ObjectStore {
 public:
  virtual ~ObjectStore() = default;
  virtual Result<std::unique_ptr<ObjectWriter>> create() = 0;
  /// Opens for reading. Errors: not_found; unavailable (I/O).
  [[nodiscard]] virtual Result<UniqueFd> open(const Digest& digest) const = 0;
  [[nodiscard]] virtual bool contains(const Digest& digest) const = 0;
};

/// Stores bytes that are in memory already.
Result<StoredObject> put(ObjectStore& store, ByteView bytes);

/// Commits several objects side by side, which takes hardly longer than one: the disk syncs them together. The stored
/// objects are in the writers' order. Errors: the first that a commit gave; the others may then be stored or not.
Result<std::vector<StoredObject>> commit_all(std::span<const std::unique_ptr<ObjectWriter>> writers);

/// Stores what `fd` gives from its position to its end, in constant memory; `fd` may be a pipe.
/// Errors: resource_exhausted over `limit` bytes, the store then unchanged; unavailable (I/O).
Result<StoredObject> put_file(ObjectStore& store, int fd, std::uint64_t limit);

}  // namespace sohoa
