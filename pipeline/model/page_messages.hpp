#pragma once

#include <cstdint>
#include <tuple>
#include <variant>

#include "pipeline/model/limits.hpp"
#include "pipeline/model/recognized_page.hpp"
#include "pipeline/model/source.hpp"

namespace sohoa {

// What the coordinator asks a page worker and what comes back. Each message travels as one frame (engine/frame.hpp);
// the source's bytes travel as a file descriptor beside the request.

/// How many pages has it, and can it be opened?
struct InspectRequest {
  SourceFile source;
  Limits limits;
  static constexpr auto fields = [](auto& self) { return std::tie(self.source, self.limits); };
};

/// Read one page.
struct ReadRequest {
  SourceFile source;
  PageNumber page;
  ReadOptions options;
  Limits limits;
  static constexpr auto fields = [](auto& self) { return std::tie(self.source, self.page, self.options, self.limits); };
};

/// Write the entries of a ZIP, one after another, to the second descriptor.
struct UnpackRequest {
  SourceFile source;
  Limits limits;
  static constexpr auto fields = [](auto& self) { return std::tie(self.source, self.limits); };
};

using PageRequest = std::variant<InspectRequest, ReadRequest, UnpackRequest>;
using PageReply = std::variant<Error, SourceInspection, ReadPage, Unpacked>;

}  // namespace sohoa
