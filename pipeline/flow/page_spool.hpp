#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "pipeline/base/result.hpp"
#include "pipeline/model/document.hpp"
#include "pipeline/model/page_messages.hpp"

namespace sohoa::flow {

/// Pages of one document that are read but not yet issued, one file each in a folder of their own, so that memory does
/// not grow with the number of pages and a restart resumes at the page where it stood.
///
/// Not synced: kill -9 loses none of it (the kernel has the bytes), a power failure at most costs reading pages again.
/// Every file starts with the SHA-256 of the rest, so a torn one counts as absent. Different pages: any thread; one
/// page: one thread.
class PageSpool final : public PageSource {
 public:
  explicit PageSpool(std::filesystem::path folder);

  /// What is kept of `page`; nothing where it was not read yet, or only half written.
  [[nodiscard]] bool holds(PageNumber number) const;
  /// Errors: resource_exhausted (disk), unavailable (I/O).
  Result<void> save(PageNumber number, const PageReply& reply) const;
  Result<void> save_inspection(const SourceInspection& inspection);
  [[nodiscard]] std::optional<SourceInspection> inspection() const { return inspection_; }

  [[nodiscard]] std::uint32_t page_count() const override { return inspection_ ? inspection_->pages : 0; }
  /// The page, or the error that kept it from being read.
  Result<ReadPage> page(PageNumber number) override;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  /// Deletes the folder; what was read is archived.
  void remove() const;

 private:
  [[nodiscard]] std::filesystem::path path_of(PageNumber number) const;

  const std::filesystem::path folder_;
  std::optional<SourceInspection> inspection_;
};

}  // namespace sohoa::flow
