#pragma once

#include <string>

#include "pipeline/engine/crew.hpp"
#include "pipeline/model/limits.hpp"
#include "pipeline/model/page_messages.hpp"
#include "pipeline/model/pdf_signature.hpp"

namespace sohoa::flow {

/// What is asked of a file as a whole. It is taken apart in a page worker, before pages that wait. Any thread; each
/// call waits for its answer. Errors: those of the worker (resource_exhausted, unavailable), invalid_input (no PDF).
class FileChecks {
 public:
  FileChecks(engine::Crew& crew, Limits limits) : crew_(crew), limits_(limits) {}

  /// `fd`: the file, which `name` is for messages.
  [[nodiscard]] Result<PdfaReport> pdfa(int fd, const std::string& name);
  [[nodiscard]] Result<PdfSignatures> signatures(int fd, const std::string& name);
  /// The image of a PNG file, as a PDF can show it. Errors: unsupported (another format), those of decoding it.
  [[nodiscard]] Result<ImageStream> picture(int fd, const std::string& name);

 private:
  template <typename Reply>
  Result<Reply> ask(int fd, const PageRequest& request);

  engine::Crew& crew_;
  const Limits limits_;
};

}  // namespace sohoa::flow
