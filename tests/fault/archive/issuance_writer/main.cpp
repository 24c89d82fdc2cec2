// The issuances' crash test's victim: gives documents their codes, files some in dossiers under codes of the same
// pattern, issues them and completes what was pending, without end. It prints each acknowledgement in one write(2) as
// soon as it has it. Begins again with the last document of the run before, whatever that had come to.
#include <algorithm>
#include <string>

#include "archive/rocks_archive.hpp"
#include "tests/fault/archive/endless_writer.hpp"
#include "tests/support/small_office.hpp"
#include "tests/unit/archive/issuance_samples.hpp"

namespace {

using namespace sohoa;
using test::say;

constexpr auto pattern = "079.GKS.{NN}";

Result<void> issue(RocksArchive& archive, const Issuance& issuance) {
  SOHOA_TRY(const auto record, archive.record_issuance(issuance));
  const auto& [recorded, receipt] = record;
  say("issued " + recorded.document.value + " " + std::to_string(recorded.number) + " " +
      std::to_string(receipt.entry) + " " + receipt.entry_hash.hex() +
      (recorded.timestamp_pending ? " pending\n" : " complete\n"));
  return {};
}

Result<void> complete(RocksArchive& archive, const Issuance& pending) {
  SOHOA_TRY(const auto stamped, put(archive.objects(), as_bytes("stamped " + pending.code.value)));
  return issue(archive, test::completed(pending, stamped));
}

Result<PaperCode> file(RocksArchive& archive, const DocumentId& document, int number) {
  const DossierCode dossier{test::dossier_code(number)};
  auto paper = test::paper(document, "GKS");
  paper.code = {pattern};
  SOHOA_DO(archive.record({{{test::officer(), DossierReceived{test::reception(number)}},
                            {test::officer(), ComponentDigitized{dossier, {"TP1"}, std::move(paper)}}}}));
  SOHOA_TRY(const auto filed, archive.dossier(dossier));
  return filed.component({"TP1"})->paper->code;
}

Result<void> one_document(RocksArchive& archive, int number) {
  SOHOA_TRY(const auto document, test::try_document(archive.objects(), std::to_string(number)));
  SOHOA_DO(archive.append(document, {}));
  const bool is_filed = number % 4 == 3;
  auto code = is_filed ? file(archive, document.id, number) : archive.give_code(document.id, pattern, test::officer());
  if (!code) return code.error();
  say((is_filed ? "filed " : "code ") + document.id.value + " " + code->value + "\n");

  SOHOA_TRY(const auto signed_file, put(archive.objects(), as_bytes("signed " + code->value)));
  auto issuance = test::some_issuance(document.id, signed_file);
  issuance.code = std::move(*code);
  SOHOA_DO(issue(archive, issuance));
  if (number % 3 == 0) return {};
  SOHOA_TRY(const auto issued, archive.issuances(document.id));
  return complete(archive, issued.front().issuance);
}

Result<void> run(const std::filesystem::path& folder) {
  test::HastyFiles files;
  SOHOA_TRY(const auto archive, RocksArchive::open(folder, OpenMode::read_write, {&files}));
  SOHOA_TRY(const auto status, archive->status());
  for (auto number = static_cast<int>(std::max<std::uint64_t>(status.documents, 1) - 1);; ++number) {
    SOHOA_DO(one_document(*archive, number));
    if (number % 4 != 0) continue;
    SOHOA_TRY(const auto waiting, archive->pending_timestamps(1));
    for (const auto& [issuance, receipt] : waiting) SOHOA_DO(complete(*archive, issuance));
  }
}

}  // namespace

int main(int argc, char** argv) {
  return test::endless_main(argc, argv, run);
}
