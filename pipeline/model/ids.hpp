#pragma once

#include <compare>
#include <string>
#include <tuple>

#include "pipeline/base/digest.hpp"

namespace sohoa {

/// Names a digitized document: the first 32 hexadecimal digits of its original's SHA-256, so that the same bytes always
/// have the same name.
struct DocumentId {
  std::string value;
  auto operator<=>(const DocumentId&) const = default;
  static DocumentId of(const Digest& original) { return {original.hex().substr(0, 32)}; }
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
