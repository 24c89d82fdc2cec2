// The crash test's victim: submits files and appends their documents without end, and prints each acknowledgement in
// one write(2) as soon as it has it.
#include <string>

#include "archive/rocks_archive.hpp"
#include "tests/fault/archive/endless_writer.hpp"
#include "tests/unit/archive/hasty_files.hpp"

namespace {

using namespace sohoa;
using test::say;

Result<void> add_one(Archive& archive, const SubmissionId& submission, const std::string& word) {
  const auto stored = [&](const char* form) { return put(archive.objects(), as_bytes(form + (" " + word))); };
  SOHOA_TRY(const auto original, stored("original"));
  SubmissionItem item;
  item.name = word + ".pdf";
  item.source = SourceFile{item.name, original.digest, original.size, SourceFormat::pdf};
  SOHOA_TRY(const auto key, archive.add_item(submission, item));
  say("item " + key.submission.value + " " + std::to_string(key.index) + "\n");

  IssuedDocument document;
  document.id = DocumentId::of(original.digest);
  document.source = *item.source;
  document.pages = 1;
  SOHOA_TRY(document.pdf, stored("pdf"));
  SOHOA_TRY(document.text, stored("text"));
  SOHOA_TRY(document.alto, stored("alto"));
  SOHOA_TRY(document.json, stored("json"));
  SOHOA_TRY(const auto receipt, archive.append(document, {key}));
  say("receipt " + receipt.document.value + " " + std::to_string(receipt.journal_entry) + " " +
      receipt.entry_hash.hex() + " " + receipt.archived_at + "\n");
  return {};
}

Result<void> run(const char* data_dir) {
  // Syncs of files matter to power cuts, not to kills; without them there are many more moments to be killed in.
  test::HastyFiles files;
  SOHOA_TRY(const auto archive, RocksArchive::open(data_dir, OpenMode::read_write, {&files}));
  SOHOA_TRY(const auto submission, archive->open_submission({}));
  for (int i = 0;; ++i) SOHOA_DO(add_one(*archive, submission, submission.value + "-" + std::to_string(i)));
}

}  // namespace

int main(int argc, char** argv) {
  return test::endless_main(argc, argv, run);
}
