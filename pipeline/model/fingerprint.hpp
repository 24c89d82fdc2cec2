#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "pipeline/model/page_hash.hpp"

namespace sohoa {

/// What a document says, in 64 numbers: the share of equal ones estimates how much two texts have in common (MinHash),
/// to +- 0.06. How it is made: issue/fingerprinter.cpp.
struct TextSketch {
  static constexpr std::size_t size = 64;
  std::uint64_t words = 0;            ///< of the whole document
  std::vector<std::uint32_t> minima;  ///< `size` of them, or none where there is no word

  bool operator==(const TextSketch&) const = default;
  static constexpr auto fields = [](auto& self) { return std::tie(self.words, self.minima); };
};

/// By what a document is known again when it is scanned once more. At most 5 KB in the journal.
struct Fingerprint {
  /// The first pages: papers of a dossier have one to ten pages; 32 also find a part of most stacks, and longer
  /// documents are known by their text.
  static constexpr std::size_t most_pages = 32;
  std::vector<std::optional<PageHash>> pages;  ///< in order; none: blank, or not read
  TextSketch text;

  [[nodiscard]] bool empty() const { return pages.empty() && text.minima.empty(); }
  bool operator==(const Fingerprint&) const = default;
  static constexpr auto fields = [](auto& self) { return std::tie(self.pages, self.text); };
};

}  // namespace sohoa
