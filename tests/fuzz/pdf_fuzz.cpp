// Any bytes as a PDF: taking it apart must neither crash nor run on, and what is said of a signature must hold: a sound
// ByteRange lies within the file, and who is said to cover the file covers all of it but the gap.
#include <cstdlib>

#include "pipeline/pdf/check_pdfa.hpp"
#include "pipeline/pdf/find_signatures.hpp"

namespace {

using namespace sohoa;

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView file(data, size);
  if (const auto report = pdf::check_pdfa(file)) require(report->findings.size() <= 101);
  const auto found = pdf::find_signatures(file);
  if (!found) return 0;
  for (const auto& one : found->signatures) {
    require(one.byte_range_fault.empty() != one.sha256.empty());
    if (!one.byte_range_fault.empty()) continue;
    require(one.byte_range.size() == 4 && one.byte_range[0] == 0 && one.byte_range[1] < one.byte_range[2]);
    const auto end = one.byte_range[2] + one.byte_range[3];
    require(end <= size && one.covers_file == (end == size) && one.revision >= 1);
    require(data[one.byte_range[1]] == '<' && data[one.byte_range[2] - 1] == '>');
  }
  return 0;
}
