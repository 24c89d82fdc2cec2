// `sohoa issue`: signed files of documents and dossiers.
#include "api/cli/issue.hpp"

#include <fmt/format.h>

#include "api/cli/console.hpp"
#include "api/service/issuing_json.hpp"
#include "api/wiring.hpp"

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
  for (const auto& document : arguments.documents) {
    const IssuedPaper paper{{document}, issuing.issue(DocumentId{document}, *request)};
    failed = failed || !paper.issued;
    print(paper, arguments.json);
  }
  if (!arguments.dossier.empty()) {
    const auto papers = issuing.issue(DossierCode{arguments.dossier}, *request);
    if (!papers) return complain(papers.error());
    for (const auto& paper : *papers) {
      failed = failed || !paper.issued;
      print(paper, arguments.json);
    }
  }
  return failed ? Exit::failed : Exit::done;
}

}  // namespace sohoa::api::cli
