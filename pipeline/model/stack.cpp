#include "pipeline/model/stack.hpp"

#include <charconv>

namespace sohoa {
namespace {

constexpr std::uint32_t most_pages = 20'000;  // of one file (limits.hpp): more would cut nothing

std::string counted(std::uint32_t count, const char* one, const char* many) {
  return std::to_string(count) + ' ' + (count == 1 ? one : many);
}

}  // namespace

std::string text_of(const Split& split) {
  switch (split.at) {
    case Split::At::nowhere: return "none";
    case Split::At::sheets: return "sheets";
    case Split::At::blank: return "blank";
    case Split::At::count: return std::to_string(split.pages);
  }
  return "none";
}

std::optional<Split> split_of(std::string_view text) {
  if (text.empty() || text == "none") return Split{};
  if (text == "sheets") return Split{Split::At::sheets, 0};
  if (text == "blank") return Split{Split::At::blank, 0};
  std::uint32_t pages = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, pages);
  if (read.ec != std::errc() || read.ptr != end || text.front() == '0' || pages > most_pages) return std::nullopt;
  return Split{Split::At::count, pages};
}

std::string text_of(const StackSums& sums) {
  return counted(sums.pages(), "page", "pages") + ": " + counted(sums.documents, "document", "documents") + " of " +
         counted(sums.document_pages, "page", "pages") + ", " + counted(sums.sheets, "sheet", "sheets") + ", " +
         counted(sums.blank_pages, "blank page", "blank pages");
}

}  // namespace sohoa
