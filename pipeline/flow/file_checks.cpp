#include "pipeline/flow/file_checks.hpp"

#include <array>
#include <future>

#include "pipeline/base/file.hpp"

namespace sohoa::flow {

template <typename Reply>
Result<Reply> FileChecks::ask(int fd, const PageRequest& request) {
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
  SOHOA_TRY(const auto size, file_size(fd));
  return ask<PdfaReport>(fd, CheckPdfaRequest{{name, {}, size, SourceFormat::pdf}, limits_});
}

Result<PdfSignatures> FileChecks::signatures(int fd, const std::string& name) {
  SOHOA_TRY(const auto size, file_size(fd));
  return ask<PdfSignatures>(fd, FindSignaturesRequest{{name, {}, size, SourceFormat::pdf}, limits_});
}

Result<ImageStream> FileChecks::picture(int fd, const std::string& name) {
  SOHOA_TRY(const auto size, file_size(fd));
  SOHOA_TRY(auto canvas,
            ask<PageCanvas>(fd, CanvasRequest{{name, {}, size, SourceFormat::png}, {1}, Turn::none, limits_}));
  if (canvas.images.size() != 1) return Error{ErrorCode::unsupported, name + ": is not one picture"};
  return std::move(canvas.images.front().image);
}

}  // namespace sohoa::flow
