#pragma once

#include <cstdint>
#include <tuple>
#include <utility>
#include <variant>

#include "pipeline/model/limits.hpp"
#include "pipeline/model/pdf_signature.hpp"
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

/// What a page shows, turned as it was when it was read; nothing is read.
struct CanvasRequest {
  SourceFile source;
  PageNumber page;
  Turn turn = Turn::none;
  Limits limits;
  static constexpr auto fields = [](auto& self) { return std::tie(self.source, self.page, self.turn, self.limits); };
};

/// Write the entries of a ZIP, one after another, to the second descriptor.
struct UnpackRequest {
  SourceFile source;
  Limits limits;
  static constexpr auto fields = [](auto& self) { return std::tie(self.source, self.limits); };
};

/// Which rules of PDF/A-2b does it break?
struct CheckPdfaRequest {
  SourceFile source;
  Limits limits;
  static constexpr auto fields = [](auto& self) { return std::tie(self.source, self.limits); };
};

/// Which signatures does it bear, and what was changed after each?
struct FindSignaturesRequest {
  SourceFile source;
  Limits limits;
  static constexpr auto fields = [](auto& self) { return std::tie(self.source, self.limits); };
};

using PageRequest =
    std::variant<InspectRequest, ReadRequest, UnpackRequest, CanvasRequest, CheckPdfaRequest, FindSignaturesRequest>;
using PageReply = std::variant<Error, SourceInspection, ReadPage, Unpacked, PageCanvas, PdfaReport, PdfSignatures>;

/// The answer of kind T out of a worker's bytes. Errors: the worker's own; invalid_input (no reply); internal (another
/// kind).
template <typename T>
[[nodiscard]] Result<T> answer_of(ByteView bytes) {
  SOHOA_TRY(auto reply, wire::from_bytes<PageReply>(bytes));
  if (auto* wanted = std::get_if<T>(&reply)) return std::move(*wanted);
  if (auto* error = std::get_if<Error>(&reply)) return std::move(*error);
  return Error{ErrorCode::internal, "page worker gave another kind of answer"};
}

}  // namespace sohoa
