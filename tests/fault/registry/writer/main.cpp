// The crash test's victim: receives dossiers, files, reuses and cancels papers without end, follows with an index, and
// prints each acknowledgement in one write(2) as soon as it has it.
#include <string>

#include "archive/rocks_archive.hpp"
#include "indexer/statistics.hpp"
#include "tests/fault/archive/endless_writer.hpp"
#include "tests/support/small_office.hpp"
#include "tests/unit/archive/hasty_files.hpp"

namespace {

using namespace sohoa;
using test::say;

Result<void> record(Registry& registry, const std::vector<DossierChange>& changes) {
  SOHOA_TRY(const auto receipts, registry.record(changes));
  std::string lines;
  for (std::size_t i = 0; i < receipts.size(); ++i) {
    lines += dossier_of(changes[i]).value + " " + std::to_string(receipts[i].entry) + " " +
             receipts[i].entry_hash.hex() + "\n";
  }
  say(lines);
  return {};
}

Result<void> one_dossier(RocksArchive& archive, const DocumentId& document, int number) {
  const DossierCode code{test::dossier_code(number)};
  const auto by = test::officer();
  const PaperPlace place{code, {"TP1"}, 0};
  SOHOA_DO(record(archive, {{by, DossierReceived{test::reception(number)}},
                            {by, ComponentDigitized{code, {"TP1"}, test::paper(document, "GKS")}}}));
  if (number % 2 == 1) {
    const PaperPlace earlier{{test::dossier_code(number - 1)}, {"TP1"}, 0};
    const auto reused = archive.record({{{by, PaperReused{code, {"TP2"}, earlier, "", "thử"}}}});
    if (!reused && reused.error().code != ErrorCode::not_found) return reused.error();
  }
  if (number % 3 == 0) SOHOA_DO(record(archive, {{by, PaperCancelled{place, "nhầm"}}}));
  return {};
}

Result<void> run(const std::filesystem::path& folder) {
  test::HastyFiles files;
  SOHOA_TRY(const auto archive, RocksArchive::open(folder / "data", OpenMode::read_write, {&files}));
  SOHOA_TRY(const auto statistics, indexer::Statistics::open(folder / "index", OpenMode::read_write));
  SOHOA_DO(archive->set_catalogue(catalogue::to_json(test::small_catalogue())));
  IssuedDocument document;
  SOHOA_TRY(const auto object, put(archive->objects(), as_bytes("scan")));
  document.source = {"scan.pdf", object.digest, object.size, SourceFormat::pdf};
  document.id = DocumentId::of(object.digest);
  document.pages = 1;
  document.pdf = document.text = document.alto = document.json = object;
  SOHOA_DO(archive->append(document, {}));
  SOHOA_TRY(const auto status, archive->status());
  for (auto number = static_cast<int>(status.dossiers);; ++number) {
    SOHOA_DO(one_dossier(*archive, document.id, number));
    if (number % 5 == 0) SOHOA_DO(statistics->catch_up(*archive));
  }
}

}  // namespace

int main(int argc, char** argv) {
  return test::endless_main(argc, argv, run);
}
