#pragma once

#include <compare>
#include <optional>
#include <string>
#include <tuple>

#include "pipeline/base/digest.hpp"
#include "pipeline/model/stack.hpp"

namespace sohoa {

/// Names a digitized document: the first 32 hexadecimal digits of its original's SHA-256, so that the same bytes always
/// have the same name. A document cut out of a stack: of the SHA-256 over the stack's digest (32 bytes), its first page
/// and its number of pages (u32 each, big endian).
struct DocumentId {
  std::string value;
  auto operator<=>(const DocumentId&) const = default;
  static DocumentId of(const Digest& original) { return {original.hex().substr(0, 32)}; }
  static DocumentId of(const Digest& original, const std::optional<StackPart>& part);
  static constexpr auto fields = [](auto& self) { return std::tie(self.value); };
};

/// Names one hand-over of files: 32 hexadecimal digits, the first 12 of them its time in milliseconds, so that newer
/// ones sort later.
struct SubmissionId {
  std::string value;
  auto operator<=>(const SubmissionId&) const = default;
  static constexpr auto fields = [](auto& self) { return std::tie(self.value); };
};

}  // namespace sohoa
