// `sohoa duplicates`: which documents are this one scanned once more, and what differs.
#include "api/cli/duplicates.hpp"

#include <fmt/format.h>

#include "api/cli/console.hpp"
#include "api/cli/office_commands.hpp"
#include "api/office.hpp"
#include "api/service/duplicate_json.hpp"

namespace sohoa::api::cli {
namespace {

constexpr std::size_t shown_changes = 20;  // on a screen; --json has them all

std::string_view sentence_of(Likeness likeness) {
  switch (likeness) {
    case Likeness::same_scan: return say("cùng một bản quét", "the same scan");
    case Likeness::rescan: return say("cùng bản giấy, quét lại", "the same paper scanned again");
    case Likeness::same_text: return say("cùng nội dung, bản khác", "the same text on other pages");
    case Likeness::part_of: return say("một phần của nhau", "a part of one another");
  }
  return "";
}

/// A long stretch is shown by its ends.
std::string shortened(const std::string& text) {
  constexpr std::size_t longest = 70;
  if (text.size() <= longest) return text;
  const auto first = text.rfind(' ', longest / 2), last = text.find(' ', text.size() - longest / 2);
  if (first == std::string::npos || last == std::string::npos) return text;
  return text.substr(0, first) + " … " + text.substr(last + 1);
}

void print(const Comparison& comparison) {
  for (const auto& [page, other, alike] : comparison.pages) {
    if (other == 0) fmt::print("  {} {}: {}\n", say("trang", "page"), page, say("chỉ tài liệu này có", "only here"));
    if (page == 0) fmt::print("  {} {}: {}\n", say("trang", "page"), other, say("chỉ tài liệu kia có", "only there"));
    if (page > 0 && other > 0 && (page != other || (alike && !*alike))) {
      fmt::print("  {} {} = {} {}{}\n", say("trang", "page"), page, say("trang", "page"), other,
                 alike && !*alike ? say(" (hình khác nhau)", " (looks different)") : "");
    }
  }
  for (std::size_t i = 0; i < comparison.changes.size() && i < shown_changes; ++i) {
    const auto& one = comparison.changes[i];
    fmt::print("  {} {}: «{}» / «{}»\n", say("trang", "page"), std::max(one.page, one.other_page), shortened(one.text),
               shortened(one.other_text));
  }
  if (comparison.changes.size() > shown_changes) {
    fmt::print("  … {} {}\n", comparison.changes.size() - shown_changes, say("chỗ khác nữa", "more places"));
  }
}

Result<Exit> show_one(Office& office, const DuplicatesArguments& arguments) {
  SOHOA_TRY(const auto comparison, office.duplicates().compare({arguments.document}, {arguments.with}));
  if (arguments.json) {
    auto line = differences_of(comparison);
    line["document"] = arguments.with;
    line["words"] = comparison.words;
    line["other_words"] = comparison.other_words;
    line["differing_words"] = comparison.differing;
    fmt::print("{}\n", line.dump());
    return Exit::done;
  }
  fmt::print("{} {}{}\n", comparison.differing, say("từ khác", "words differ"),
             comparison.other_content ? say(": nội dung khác nhau", ": other content") : "");
  print(comparison);
  return Exit::done;
}

}  // namespace

std::string line_of(const Duplicate& duplicate) {
  const auto& similar = duplicate.similar;
  return fmt::format("{}: {} ({}): {}/{} {}, {} {}", sentence_of(similar.likeness), similar.document.value,
                     duplicate.title, similar.pages_alike, similar.pages, say("trang giống nhau", "pages look alike"),
                     duplicate.comparison.differing, say("từ khác", "words differ"));
}

Exit show_duplicates(const Config& config, const DuplicatesArguments& arguments) {
  auto office = Office::open(config, Access::read_only);
  if (!office) return complain(office.error());
  const auto shown = [&]() -> Result<Exit> {
    if (!arguments.with.empty()) return show_one(**office, arguments);
    SOHOA_TRY(const auto found, (*office)->duplicates().duplicates({arguments.document}));
    for (const auto& one : found) {
      if (arguments.json) {
        auto line = to_json(one);
        line.update(differences_of(one.comparison));
        fmt::print("{}\n", line.dump());
        continue;
      }
      fmt::print("{}\n", line_of(one));
      print(one.comparison);
    }
    if (found.empty() && !arguments.json) fmt::print("{}\n", say("không có bản nào giống", "no document is like it"));
    return Exit::done;
  }();
  return shown ? *shown : complain(shown.error());
}

}  // namespace sohoa::api::cli
