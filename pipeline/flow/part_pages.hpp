#pragma once

#include "pipeline/flow/page_spool.hpp"

namespace sohoa::flow {

/// Some consecutive pages of a stack, numbered from 1. The spool outlives it.
class PartPages final : public PageSource {
 public:
  PartPages(PageSpool& spool, std::uint32_t first_page, std::uint32_t pages)
      : spool_(spool), first_page_(first_page), pages_(pages) {}

  [[nodiscard]] std::uint32_t page_count() const override { return pages_; }
  Result<ReadPage> page(PageNumber number) override { return spool_.page({first_page_ + number.value - 1}); }

 private:
  PageSpool& spool_;
  const std::uint32_t first_page_;
  const std::uint32_t pages_;
};

}  // namespace sohoa::flow
