// What stands in a request's head, line by line as a client sends it: target, Range, If-None-Match, Content-Type,
// Content-Disposition, traceparent. No crash, and what was understood must hold together.
#include <cstdlib>
#include <string>

#include "api/http/header_value.hpp"
#include "api/http/range.hpp"
#include "api/http/request_head.hpp"
#include "api/http/target.hpp"
#include "api/http/terms.hpp"
#include "pipeline/intake/sniff.hpp"

namespace {

using namespace sohoa;
using namespace sohoa::http;

void require(bool holds) {
  if (!holds) std::abort();
}

void try_target(std::string_view text) {
  const auto target = parse_target(text);
  if (!target) return;
  require(!target->path.empty() && target->path.front() == '/');
  for (const auto& segment : target->segments) {
    const auto again = percent_decoded(percent_encoded(segment));
    require(again && *again == segment);
  }
  SubmissionTerms terms;
  for (const auto& [name, value] : target->query) {
    if (set_term(terms, name, value) && name == "languages") require(is_language_list(terms.options.languages));
  }
}

void try_range(std::string_view text) {
  for (const std::uint64_t size : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1000}, ~std::uint64_t{0}}) {
    const auto choice = choose_range(text, size);
    if (const auto* range = std::get_if<ByteRange>(&choice)) {
      require(range->size > 0 && range->offset < size && range->size <= size - range->offset);
    }
  }
}

void try_header(std::string_view text) {
  const auto value = parse_header_value(text);
  if (!value) return;
  const auto name = clean_file_name(stated_file_name(*value).value_or(""));
  require(name.size() <= 255 && name.find('/') == std::string::npos && name.find('\0') == std::string::npos);
  require(clean_file_name(name) == name);
  require(inline_disposition(name).find_first_of("\r\n") == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  (void)intake::sniff(as_bytes(all).first(std::min(size, intake::sniff_bytes)));
  for (std::size_t begin = 0; begin <= size;) {
    const auto end = std::min(all.find('\n', begin), size);
    const auto line = all.substr(begin, end - begin);
    try_target(line);
    try_range(line);
    try_header(line);
    (void)names_etag(line, "\"abc\"", Comparison::weak);
    require(trace_id_in(line).empty() || trace_id_in(line).size() == 32);
    begin = end + 1;
  }
  return 0;
}
