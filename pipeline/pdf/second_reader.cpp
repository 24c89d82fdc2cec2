#include "pipeline/pdf/second_reader.hpp"

#include <new>
#include <qpdf/QPDF.hh>

namespace sohoa::pdf {
namespace {

constexpr std::size_t most_findings = 10;

/// An entry of qpdf's table as one of ours.
Entry entry_of(const QPDFXRefEntry& theirs, int generation) {
  if (theirs.getType() == 1) {
    return {Entry::Kind::in_file, static_cast<std::uint64_t>(theirs.getOffset()),
            static_cast<std::uint32_t>(generation)};
  }
  return {Entry::Kind::in_stream, static_cast<std::uint64_t>(theirs.getObjStreamNumber()),
          static_cast<std::uint32_t>(theirs.getObjStreamIndex())};
}

void compare(const File& file, QPDF& reader, std::vector<std::string>& findings) {
  const auto last = file.revisions().size() - 1;
  std::size_t common = 0;
  const auto note = [&](std::uint32_t number, const char* what) {
    if (findings.size() < most_findings) findings.push_back("object " + std::to_string(number) + what);
  };
  for (const auto& [id, theirs] : reader.getXRefTable()) {
    const auto number = static_cast<std::uint32_t>(id.getObj());
    if (theirs.getType() == 0) continue;
    ++common;
    if (!(file.stated(number, last).entry == entry_of(theirs, id.getGen()))) {
      note(number, " is another one to another reader");
    }
  }
  std::size_t ours = 0;
  for (const auto number : file.numbers()) ours += file.stated(number, last).entry.kind != Entry::Kind::free ? 1 : 0;
  if (ours != common && findings.empty()) findings.push_back("another reader finds more objects, or fewer");
}

}  // namespace

std::vector<std::string> disagreements_with_qpdf(const File& file) {
  std::vector<std::string> findings;
  try {
    QPDF reader;
    reader.setSuppressWarnings(true);
    reader.setAttemptRecovery(false);
    const auto bytes = file.bytes();
    reader.processMemoryFile("file", reinterpret_cast<const char*>(bytes.data()), bytes.size());
    compare(file, reader, findings);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& failure) {
    findings.push_back(std::string("another reader cannot read the file: ") + failure.what());
  }
  return findings;
}

}  // namespace sohoa::pdf
