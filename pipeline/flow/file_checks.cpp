#include "pipeline/flow/file_checks.hpp"

#include <array>
#include <future>

#include "pipeline/base/file.hpp"
#include "pipeline/model/page_messages.hpp"

namespace sohoa::flow {

template <typename Reply, typename Request>
Result<Reply> FileChecks::ask(int fd, const std::string& name) {
  SOHOA_TRY(const auto size, file_size(fd));
  const PageRequest request = Request{{name, {}, size, SourceFormat::pdf}, limits_};
  auto promised = std::make_shared<std::promise<Result<Reply>>>();
  auto answer = promised->get_future();
  engine::Task task;
  task.level = 0;
  task.group = "checks";
  task.run = [request, fd, promised = std::move(promised),
              time = std::chrono::seconds(limits_.page_seconds)](engine::Worker& worker) {
    const std::array<int, 1> fds{fd};
    const auto bytes = worker.call(wire::to_bytes(request), fds, time);
    promised->set_value(bytes ? answer_of<Reply>(*bytes) : Result<Reply>(bytes.error()));
  };
  crew_.push(std::move(task));
  return answer.get();
}

Result<PdfaReport> FileChecks::pdfa(int fd, const std::string& name) {
  return ask<PdfaReport, CheckPdfaRequest>(fd, name);
}

Result<PdfSignatures> FileChecks::signatures(int fd, const std::string& name) {
  return ask<PdfSignatures, FindSignaturesRequest>(fd, name);
}

}  // namespace sohoa::flow
