#pragma once

#include <chrono>
#include <cstdint>
#include <tuple>

namespace sohoa {

/// What one submitted file may cost; enforced before anything is decoded.
struct Limits {
  std::uint64_t file_bytes = 2'000'000'000;
  std::uint32_t pages = 20'000;                  ///< of one file
  std::uint64_t page_pixels = 150'000'000;       ///< A3 at 600 dpi has 70 million
  std::uint32_t archive_depth = 3;               ///< ZIP in ZIP in ZIP
  std::uint32_t archive_entries = 10'000;        ///< of one ZIP
  std::uint64_t unpacked_bytes = 4'000'000'000;  ///< of one ZIP, all entries together
  std::uint32_t page_seconds = 25;               ///< then the page worker is killed

  static constexpr auto fields = [](auto& self) {
    return std::tie(self.file_bytes, self.pages, self.page_pixels, self.archive_depth, self.archive_entries,
                    self.unpacked_bytes, self.page_seconds);
  };
};

}  // namespace sohoa
