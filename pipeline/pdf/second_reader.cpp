#include "pipeline/pdf/second_reader.hpp"

#include "pipeline/pdf/qpdf_bridge.hpp"

namespace sohoa::pdf {
namespace {

constexpr std::size_t most_findings = 10;

/// An entry of qpdf's table as one of ours.
Entry entry_of(const qpdf::TableEntry& theirs) {
  if (!theirs.in_stream) return {Entry::Kind::in_file, theirs.place, static_cast<std::uint32_t>(theirs.generation)};
  return {Entry::Kind::in_stream, theirs.place, static_cast<std::uint32_t>(theirs.index)};
}

}  // namespace

std::vector<std::string> disagreements_with_qpdf(const File& file) {
  std::vector<std::string> findings;
  const auto table = qpdf::table_of(file.bytes().data(), file.bytes().size());
  if (!table.problem.empty()) return {"another reader cannot read the file: " + table.problem};
  const auto last = file.revisions().size() - 1;
  for (const auto& theirs : table.entries) {
    const auto number = static_cast<std::uint32_t>(theirs.number);
    if (file.stated(number, last).entry == entry_of(theirs)) continue;
    if (findings.size() >= most_findings) break;
    findings.push_back("object " + std::to_string(number) + " is another one to another reader");
  }
  std::size_t ours = 0;
  for (const auto number : file.numbers()) ours += file.stated(number, last).entry.kind != Entry::Kind::free ? 1 : 0;
  if (ours != table.entries.size() && findings.empty())
    findings.push_back("another reader finds more objects, or fewer");
  return findings;
}

}  // namespace sohoa::pdf
