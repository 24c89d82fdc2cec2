// `sohoa indicators`: rates, the dossiers behind each number, and officers' work.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "api/cli/console.hpp"
#include "api/cli/office_commands.hpp"
#include "api/office.hpp"
#include "api/service/dossier_json.hpp"

namespace sohoa::api::cli {
namespace {

/// The report's columns as provinces use them (domain.md, section 4) [practice].
struct Column {
  Metric metric;
  std::string_view vietnamese;
  std::string_view english;
};
constexpr Column columns[] = {
    {Metric::received, "tiếp nhận", "received"},
    {Metric::components_not_digitized, "thành phần chưa số hóa", "components not digitized"},
    {Metric::components_digitized, "thành phần đã số hóa", "components digitized"},
    {Metric::components_reused, "thành phần tái sử dụng", "components reused"},
    {Metric::components_reused_from_portal, "tái sử dụng từ Cổng DVCQG", "reused from the portal"},
    {Metric::settled, "đã giải quyết", "settled"},
    {Metric::settled_without_result, "kết quả chưa số hóa", "results not digitized"},
    {Metric::with_result, "kết quả đã số hóa", "results digitized"}};

Result<StatisticsScope> scope_of(const IndicatorArguments& arguments) {
  const auto from = month_of(std::string_view(arguments.from));
  const auto to = month_of(std::string_view(arguments.to.empty() ? arguments.from : arguments.to));
  if (!from || !to) return Error{ErrorCode::invalid_input, "--from and --to take months like 2025-07"};
  return StatisticsScope{*from, *to, {arguments.unit}, {arguments.procedure}, {arguments.officer}};
}

void print(const IndicatorLine& line) {
  if (!line.key.empty()) fmt::print("{} {}\n", line.key, line.name);
  for (const auto& [metric, vietnamese, english] : columns) {
    fmt::print("  {:>9}  {}\n", line.tally[metric], say(vietnamese, english));
  }
  for (const auto& one : line.indicators) {
    fmt::print("  {:>9}  {} = {}/{}", two_decimals(one.percent_hundredths) + (one.percent_hundredths ? " %" : ""),
               one.code, one.numerator, one.denominator);
    fmt::print("  {} {}/{}\n", say("điểm", "points"), two_decimals(one.score_hundredths), one.points);
  }
}

Result<Exit> list(Office& office, const IndicatorArguments& arguments, const StatisticsScope& scope, Behind behind) {
  SOHOA_TRY(const auto page,
            office.indicators().dossiers(scope, arguments.dossiers, behind, arguments.after, arguments.limit));
  for (const auto& code : page.dossiers) {
    arguments.json ? fmt::print("{}\n", nlohmann::json{{"dossier", code.value}}.dump())
                   : fmt::print("{}\n", code.value);
  }
  if (arguments.json) fmt::print("{}\n", nlohmann::json{{"next", page.next}}.dump());
  if (!arguments.json && !page.next.empty())
    fmt::print(stderr, "{}\n", say("còn nữa: dùng --json để lấy --after", "there is more: --json gives --after"));
  return Exit::done;
}

Result<Exit> show_work(Office& office, const IndicatorArguments& arguments, const StatisticsScope& scope) {
  SOHOA_TRY(const auto lines, office.indicators().work(scope));
  for (const auto& line : lines) {
    if (arguments.json) {
      fmt::print("{}\n", to_json(line));
      continue;
    }
    fmt::print("{} {}: {} {}, {} {}, {} {}, {:.1f} {}\n", line.officer.value, line.name, line.work.papers,
               say("giấy tờ", "papers"), line.work.pages, say("trang", "pages"), line.work.errors, say("lỗi", "errors"),
               line.pages_an_hour(), say("trang/giờ", "pages an hour"));
  }
  return Exit::done;
}

}  // namespace

Exit show_indicators(const Config& config, const IndicatorArguments& arguments) {
  const auto scope = scope_of(arguments);
  const auto by = breakdown_of(arguments.by);
  const auto behind = behind_of(arguments.behind);
  if (!scope || !by || !behind) {
    complain(scope ? Error{ErrorCode::invalid_input, "--by or --behind is unknown"} : scope.error());
    return Exit::usage;
  }
  auto office = Office::open(config, Access::read_only);
  if (!office) return complain(office.error());
  const auto done = [&]() -> Result<Exit> {
    if (arguments.work) return show_work(**office, arguments, *scope);
    if (!arguments.dossiers.empty()) return list(**office, arguments, *scope, *behind);
    SOHOA_TRY(const auto lines, (*office)->indicators().report(*scope, *by));
    for (const auto& line : lines) arguments.json ? fmt::print("{}\n", to_json(line)) : print(line);
    return Exit::done;
  }();
  return done ? *done : complain(done.error());
}

}  // namespace sohoa::api::cli
