#include "pipeline/ports/object_store.hpp"

#include <unistd.h>

#include <cerrno>
#include <optional>
#include <string>
#include <thread>

#include "pipeline/base/file.hpp"

namespace sohoa {

Result<StoredObject> put(ObjectStore& store, ByteView bytes) {
  SOHOA_TRY(auto writer, store.create());
  SOHOA_DO(writer->write(bytes));
  return writer->commit();
}

Result<std::vector<StoredObject>> commit_all(std::span<const std::unique_ptr<ObjectWriter>> writers) {
  std::vector<std::optional<Result<StoredObject>>> results(writers.size());
  {
    std::vector<std::jthread> threads;  // joined at the end of this scope
    for (std::size_t i = 1; i < writers.size(); ++i) {
      threads.emplace_back([&results, &writers, i] { results[i] = writers[i]->commit(); });
    }
    if (!writers.empty()) results[0] = writers[0]->commit();
  }
  std::vector<StoredObject> stored;
  for (auto& result : results) {
    SOHOA_TRY(const auto object, std::move(*result));
    stored.push_back(object);
  }
  return stored;
}

Result<StoredObject> put_file(ObjectStore& store, int fd, std::uint64_t limit) {
  SOHOA_TRY(auto writer, store.create());
  Bytes piece(std::size_t{256} * 1024);
  for (std::uint64_t total = 0;;) {
    const auto got = ::read(fd, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error("read");
    if (got == 0) return writer->commit();
    total += static_cast<std::uint64_t>(got);
    if (total > limit) {
      return Error{ErrorCode::resource_exhausted, "file has more than " + std::to_string(limit) + " bytes"};
    }
    SOHOA_DO(writer->write(ByteView(piece).first(static_cast<std::size_t>(got))));
  }
}

}  // namespace sohoa
