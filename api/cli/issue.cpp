// `sohoa issue`: signed files of documents and dossiers.
#include "api/cli/issue.hpp"

#include <fmt/format.h>

#include "api/cli/console.hpp"
#include "api/service/issuing_json.hpp"
#include "api/wiring.hpp"
#include "pipeline/base/file.hpp"

namespace sohoa::api::cli {
namespace {

Result<IssueRequest> request_of(const IssueArguments& arguments) {
  IssueRequest request;
  const auto kind = issue_kind_of(arguments.kind);
  if (!kind) {
    return Error{ErrorCode::invalid_input,
                 "--as takes digitized_copy, electronic_copy, certified_copy or result, not " + arguments.kind};
  }
  const auto form = copy_form_of(arguments.form);
  if (!form) return Error{ErrorCode::invalid_input, "--form takes sao_y, sao_luc or trich_sao, not " + arguments.form};
  if (*form != CopyForm::none && *kind != IssueKind::electronic_copy) {
    return Error{ErrorCode::invalid_input, "--form is for electronic copies"};
  }
  request.kind = *kind;
  request.form = *form;
  request.by = {Actor::Kind::officer, arguments.officer};
  request.by_name = arguments.name;
  if (arguments.officer.empty()) return Error{ErrorCode::invalid_input, "--officer says who issues"};
  return request;
}

void print(const IssuedPaper& paper, bool json) {
  if (json) {
    fmt::print("{}\n", to_json(paper));
  } else if (!paper.issued) {
    (void)complain(paper.issued.error());
  } else {
    const auto& it = paper.issued->issuance;
    fmt::print("{} {}: {} {}, PAdES {}{}\n", say("tài liệu", "document"), it.document.value, say("mã", "code"),
               it.code.value, name_of(it.level),
               it.timestamp_pending ? say(", chờ dấu thời gian", ", timestamp pending") : "");
  }
  std::fflush(stdout);
}

/// Writes the issued file into the folder.
Result<void> write_out(IssuingService& issuing, const IssuedPaper& paper, const std::filesystem::path& folder) {
  if (folder.empty() || !paper.issued) return {};
  SOHOA_TRY(const auto opened, issuing.open(paper.document, paper.issued->issuance.number));
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  const auto path = folder / opened.file_name;
  SOHOA_TRY(const auto out, open_anew(path));
  const auto done = copy_bytes(opened.file.get(), opened.object.size, out.get());
  return done ? Result<void>() : done.error().within(path.string());
}

Exit complete_pending(Plant& plant) {
  const auto left = plant.issuing().complete_pending();
  if (!left) return complain(left.error());
  fmt::print("{}: {}\n", say("còn chờ dấu thời gian", "timestamps still pending"), *left);
  return *left == 0 ? Exit::done : Exit::failed;
}

}  // namespace

Exit issue(const Config& config, const IssueArguments& arguments) {
  auto plant = Plant::start(config);
  if (!plant) return complain(plant.error());
  if (arguments.pending) return complete_pending(**plant);
  const auto request = request_of(arguments);
  if (!request) {
    (void)complain(request.error());
    return Exit::usage;
  }
  auto& issuing = (*plant)->issuing();
  bool failed = false;
  const auto tell = [&](const IssuedPaper& paper) {
    print(paper, arguments.json);
    const auto written = write_out(issuing, paper, arguments.out);
    if (!written) (void)complain(written.error());
    failed = failed || !paper.issued || !written;
  };
  for (const auto& document : arguments.documents) tell({{document}, issuing.issue(DocumentId{document}, *request)});
  if (!arguments.dossier.empty()) {
    const auto papers = issuing.issue(DossierCode{arguments.dossier}, *request);
    if (!papers) return complain(papers.error());
    for (const auto& paper : *papers) tell(paper);
  }
  return failed ? Exit::failed : Exit::done;
}

}  // namespace sohoa::api::cli
