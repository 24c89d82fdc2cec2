#pragma once

#include <string>

#include "pipeline/engine/crew.hpp"
#include "pipeline/model/limits.hpp"
#include "pipeline/model/pdf_signature.hpp"

namespace sohoa::flow {

/// What is asked of a PDF as a file. It is taken apart in a page worker, before pages that wait. Any thread; each call
/// waits for its answer. Errors: those of the worker (resource_exhausted, unavailable), invalid_input (no PDF).
class FileChecks {
 public:
  FileChecks(engine::Crew& crew, Limits limits) : crew_(crew), limits_(limits) {}

  /// `fd`: the file, which `name` is for messages.
  [[nodiscard]] Result<PdfaReport> pdfa(int fd, const std::string& name);
  [[nodiscard]] Result<PdfSignatures> signatures(int fd, const std::string& name);

 private:
  template <typename Reply, typename Request>
  Result<Reply> ask(int fd, const std::string& name);

  engine::Crew& crew_;
  const Limits limits_;
};

}  // namespace sohoa::flow
