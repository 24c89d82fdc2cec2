// `sohoa evaluate DIR`: reads every NAME.png|jpg|tif|pdf... that stands beside a NAME.gt.txt, through the page workers
// that digitizing uses, and compares the text with the truth. Nothing is archived.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "api/cli/commands.hpp"
#include "api/cli/console.hpp"
#include "api/wiring.hpp"
#include "pipeline/base/clock.hpp"
#include "pipeline/base/file.hpp"
#include "pipeline/intake/sniff.hpp"
#include "pipeline/intake/walk.hpp"
#include "pipeline/model/page_messages.hpp"
#include "pipeline/text/error_rate.hpp"

namespace sohoa::api::cli {
namespace {

namespace fs = std::filesystem;

struct Case {
  fs::path image;
  fs::path truth;
};

struct Outcome {
  text::ErrorCounts counts;
  std::uint32_t pages = 0;
  double seconds = 0;  ///< from request to answer, all pages
  std::map<std::string, double> stages;
};

/// Pairs NAME.gt.txt with the first file NAME.<anything else> that is of a format we read.
std::vector<Case> cases_in(const fs::path& folder) {
  std::map<fs::path, fs::path> truths;
  std::vector<fs::path> files;
  intake::walk(folder, [&](const std::string& name, const Result<fs::path>& path) {
    if (!path) return;
    if (name.ends_with(".gt.txt")) {
      truths[name.substr(0, name.size() - 7)] = *path;
    } else {
      files.push_back(*path);
    }
  });
  std::vector<Case> cases;
  for (const auto& file : files) {
    const auto truth = truths.find(fs::path(file).replace_extension());
    if (truth == truths.end()) continue;
    const auto first = read_file(file, 1ULL << 31);
    if (first && intake::sniff(*first)) cases.push_back({file, truth->second});
  }
  return cases;
}

template <typename T>
Result<T> ask(engine::Worker& worker, int file, const PageRequest& request, std::uint32_t seconds) {
  const std::array<int, 1> fds{file};
  SOHOA_TRY(const auto answer, worker.call(wire::to_bytes(request), fds, std::chrono::seconds(seconds)));
  return answer_of<T>(answer);
}

Result<Outcome> evaluate_case(engine::Worker& worker, const Config& config, const Case& one) {
  SOHOA_TRY(const auto bytes, read_file(one.image, config.limits.file_bytes));
  const auto format = intake::sniff(bytes);
  if (!format) return Error{ErrorCode::unsupported, "not a document format that is read"};
  const SourceFile source{one.image.filename().string(), sha256(bytes), bytes.size(), *format};
  SOHOA_TRY(const auto file, open_for_reading(one.image));
  SOHOA_TRY(const auto inspection, ask<SourceInspection>(worker, file.get(), InspectRequest{source, config.limits},
                                                         config.limits.page_seconds));
  Outcome outcome;
  std::string text;
  for (std::uint32_t number = 1; number <= inspection.pages; ++number) {
    const ReadRequest request{source, {number}, {config.reading.languages}, config.limits};
    const Stopwatch clock;
    SOHOA_TRY(const auto read, ask<ReadPage>(worker, file.get(), request, config.limits.page_seconds));
    outcome.seconds += clock.seconds();
    ++outcome.pages;
    text += read.page.text() + "\n";
    for (const auto& [stage, seconds] : read.page.times) outcome.stages[stage] += seconds;
  }
  SOHOA_TRY(const auto truth, read_file(one.truth, 1U << 26));
  outcome.counts = text::compare(as_text(truth), text);
  return outcome;
}

nlohmann::json as_json(const Outcome& outcome) {
  const auto per_page = [&](double seconds) { return outcome.pages == 0 ? 0.0 : seconds / outcome.pages; };
  nlohmann::json stages = nlohmann::json::object();
  for (const auto& [stage, seconds] : outcome.stages) stages[stage] = per_page(seconds);
  return {{"pages", outcome.pages},
          {"characters", outcome.counts.characters},
          {"cer", outcome.counts.cer()},
          {"wer", outcome.counts.wer()},
          {"cer_lines", outcome.counts.line_cer()},
          {"cer_base", outcome.counts.base_cer()},
          {"cer_marks", outcome.counts.marks_cer()},
          {"seconds_per_page", per_page(outcome.seconds)},
          {"stage_seconds_per_page", stages}};
}

void print(const std::string& name, const Outcome& outcome) {
  const auto& c = outcome.counts;
  std::string stages;
  for (const auto& [stage, seconds] : outcome.stages) {
    stages += fmt::format("  {} {:.2f}", stage, seconds / std::max(1U, outcome.pages));
  }
  fmt::print("{:40} CER {:6.2f} %  WER {:6.2f} %  lines {:6.2f} %  base {:6.2f} %  marks {:6.2f} %  {:5.2f} s/page{}\n",
             name, 100 * c.cer(), 100 * c.wer(), 100 * c.line_cer(), 100 * c.base_cer(), 100 * c.marks_cer(),
             outcome.seconds / std::max(1U, outcome.pages), stages);
}

}  // namespace

Exit evaluate(const Config& config, const EvaluateArguments& arguments) {
  const auto cases = cases_in(arguments.folder);
  if (cases.empty()) {
    return complain({ErrorCode::not_found, arguments.folder.string() + ": no image or PDF stands beside a .gt.txt"});
  }
  const auto zygote = start_zygote(config);
  if (!zygote) return complain(zygote.error());
  engine::Worker worker(**zygote, {});
  Outcome total;
  bool failed = false;
  for (const auto& one : cases) {
    const auto name = one.image.lexically_relative(arguments.folder).string();
    const auto outcome = evaluate_case(worker, config, one);
    if (!outcome) {
      failed = true;
      complain(outcome.error().within(name));
      continue;
    }
    total.counts += outcome->counts;
    total.pages += outcome->pages;
    total.seconds += outcome->seconds;
    for (const auto& [stage, seconds] : outcome->stages) total.stages[stage] += seconds;
    if (arguments.json) {
      auto line = as_json(*outcome);
      line["input"] = name;
      fmt::print("{}\n", line.dump());
    } else {
      print(name, *outcome);
    }
  }
  if (arguments.json) {
    auto line = as_json(total);
    line["total"] = true;
    fmt::print("{}\n", line.dump());
  } else {
    print("total", total);
  }
  return failed ? Exit::failed : Exit::done;
}

}  // namespace sohoa::api::cli
