// Dossiers by the million: loads synthetic ones in batches, follows them into the indexes, then asks. Prints what the
// bars are: owner look-up p99 < 5 ms, any indicator with a page of its dossiers < 100 ms, counters equal to a
// recomputation.
//
// sohoa-registry-bench [DOSSIERS] [FOLDER]      one million; a folder in the current one, removed afterwards
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <random>

#include "archive/rocks_archive.hpp"
#include "indexer/owner_store.hpp"
#include "indexer/statistics.hpp"
#include "pipeline/catalogue/catalogue_json.hpp"
#include "pipeline/catalogue/import_catalogue.hpp"
#include "pipeline/rules/default_rules.hpp"

namespace {

using namespace sohoa;
namespace fs = std::filesystem;

constexpr int communes = 200;
constexpr int procedures = 300;
constexpr int officers_a_commune = 3;
constexpr int documents = 500;  // papers share them: look-ups never open one
constexpr int dossiers_at_once = 1000;
constexpr int questions = 2000;

std::string numbered(const char* form, int number) {
  char text[64];
  std::snprintf(text, sizeof text, form, number);
  return text;
}

/// A province of communes in ten districts.
Catalogue made_up_catalogue() {
  std::vector<catalogue::CatalogueFile> files;
  for (auto& [file, text] : rules::default_rules()) files.push_back({file, text});
  auto all = catalogue::import_catalogue({}, files).catalogue;
  all.units.push_back({{"H12"}, "Tỉnh", {}});
  for (int i = 0; i < 10; ++i) all.units.push_back({{numbered("H12.%02d", i)}, "Khu vực", UnitCode{"H12"}});
  for (int i = 0; i < communes; ++i) {
    const UnitCode code{numbered("H12.%02d", i % 10) + numbered(".%03d", i)};
    all.units.push_back({code, "Xã", UnitCode{numbered("H12.%02d", i % 10)}});
    for (int n = 0; n < officers_a_commune; ++n) {
      all.officers.push_back({{numbered("cb%05d", i * officers_a_commune + n)}, "Cán bộ", code});
    }
  }
  for (int i = 0; i < 20; ++i) all.kinds.push_back({{numbered("K%02d", i)}, "Loại giấy", {}});
  for (int i = 0; i < procedures; ++i) {
    Procedure procedure{{numbered("1.%06d", i)}, "Thủ tục", "LV", {}, {}};
    for (int n = 0; n < 3; ++n)
      procedure.components.push_back({{numbered("TP%d", n)}, "Giấy", {numbered("K%02d", (i + n) % 20)}, {}});
    if (i % 4 != 0) procedure.results.push_back({{"KQ"}, "Kết quả", {"K19"}});
    all.procedures.push_back(std::move(procedure));
  }
  std::sort(all.units.begin(), all.units.end(), [](const auto& a, const auto& b) { return a.code < b.code; });
  return all;
}

std::string owner_of(int dossiers, std::mt19937& random) {
  return numbered("0792%08d", std::uniform_int_distribution(0, std::max(1, dossiers / 3))(random));
}

/// Three papers a dossier on average: components digitized, a result, some reused.
class Loader {
 public:
  Loader(RocksArchive& archive, const Catalogue& catalogue, int dossiers)
      : archive_(archive), catalogue_(catalogue), dossiers_(dossiers) {}

  Result<void> load() {
    SOHOA_DO(store_documents());
    for (int number = 0; number < dossiers_;) {
      std::vector<DossierChange> changes;
      for (int i = 0; i < dossiers_at_once && number < dossiers_; ++i) add(changes, number++);
      SOHOA_DO(archive_.record(changes));
      changes_ += changes.size();
      if (number % 50'000 == 0) std::fprintf(stderr, "%d dossiers\n", number);
    }
    return {};
  }
  [[nodiscard]] std::uint64_t papers() const { return papers_; }
  [[nodiscard]] std::uint64_t changes() const { return changes_; }

 private:
  int below(int limit) { return std::uniform_int_distribution(0, limit - 1)(random_); }

  Result<void> store_documents() {
    for (int i = 0; i < documents; ++i) {
      IssuedDocument document;
      SOHOA_TRY(const auto object, put(archive_.objects(), as_bytes("scan " + std::to_string(i))));
      document.source = {"scan.pdf", object.digest, object.size, SourceFormat::pdf};
      document.id = DocumentId::of(object.digest);
      document.pages = 2;
      document.pdf = document.text = document.alto = document.json = object;
      SOHOA_DO(archive_.append(document, {}));
      ids_.push_back(document.id);
    }
    return {};
  }

  FiledPaper paper(const Reception& reception, const KindCode& kind, const std::string& code) {
    FiledPaper paper;
    paper.document = ids_[static_cast<std::size_t>(below(documents))];
    paper.code = {code};
    paper.pages = 2;
    const auto issued = Date(std::chrono::sys_days(date_of(*reception.received_at)) - std::chrono::days(below(2000)));
    paper.details = {kind, reception.owner.id, "Giấy", std::to_string(below(5000)) + "/GXN", "UBND xã", "", "", issued,
                     {}};
    ++papers_;
    return paper;
  }

  void add(std::vector<DossierChange>& changes, int number) {
    const auto commune = below(communes);
    const auto& procedure = catalogue_.procedures[static_cast<std::size_t>(below(procedures))];
    Reception reception;
    reception.code = {"000.00.01.H12-" + numbered("%06d", 240101 + number % 28) + numbered("-%07d", number)};
    reception.procedure = procedure.code;
    reception.unit = {numbered("H12.%02d", commune % 10) + numbered(".%03d", commune)};
    reception.officer = {numbered("cb%05d", commune * officers_a_commune + below(officers_a_commune))};
    reception.owner = {{owner_of(dossiers_, random_)}, OwnerKind::person, "Nguyễn Văn Mẫu", {}};
    reception.received_at =
        start_of(*date_of(std::string_view("2024-01-01"))) + std::chrono::hours(24 * below(730) + 8);
    reception.rule_set = catalogue_.rules_on(date_of(*reception.received_at))->id;
    reception.returns_document = !procedure.results.empty();
    reception.population_data = below(3) == 0;
    for (const auto& component : procedure.components) reception.components.push_back({component.code, component.kind});
    const Actor by{Actor::Kind::officer, reception.officer.value};
    changes.push_back({by, DossierReceived{reception}});
    for (const auto& component : procedure.components) {
      if (last_ && below(10) == 0) {
        changes.push_back({by, PaperReused{reception.code, component.code, last_, "", "giải quyết thủ tục"}});
      } else if (below(10) != 0) {
        const auto filed =
            paper(reception, component.kind,
                  reception.owner.id.value + "." + component.kind.value + "." + std::to_string(number) + ".{NN}");
        changes.push_back({by, ComponentDigitized{reception.code, component.code, filed}});
        next_ = {reception.code, component.code, 0};
      }
    }
    if (reception.returns_document && below(4) != 0) {
      changes.push_back(
          {by, ResultIssued{reception.code, {"KQ"}, paper(reception, {"K19"}, reception.code.value + "-KQ{n}")}});
    }
    last_ = next_;
  }

  RocksArchive& archive_;
  const Catalogue& catalogue_;
  const int dossiers_;
  std::mt19937 random_{20261122};
  std::vector<DocumentId> ids_;
  std::optional<PaperPlace> last_;  ///< a paper of an earlier dossier
  std::optional<PaperPlace> next_;
  std::uint64_t papers_ = 0;
  std::uint64_t changes_ = 0;
};

struct Times {
  std::vector<double> milliseconds;
  double at(double share) {
    std::sort(milliseconds.begin(), milliseconds.end());
    return milliseconds[static_cast<std::size_t>(share * static_cast<double>(milliseconds.size() - 1))];
  }
};

void print(const char* what, Times& times, double bar) {
  const auto worst = times.at(1);
  std::printf("%-46s p50 %8.3f ms  p99 %8.3f ms  worst %8.3f ms  bar %g ms\n", what, times.at(.5), times.at(.99), worst,
              bar);
}

Result<void> ask_owners(const indexer::OwnerStore& owners, int dossiers) {
  std::mt19937 random(1);
  Times times;
  std::uint64_t found = 0;
  for (int i = 0; i < questions; ++i) {
    const HeldPapersQuery query{
        {owner_of(dossiers, random)}, KindCode{numbered("K%02d", static_cast<int>(random() % 20))}, {}};
    Stopwatch clock;
    SOHOA_TRY(const auto papers, owners.papers(query));
    times.milliseconds.push_back(clock.seconds() * 1000);
    found += papers.size();
  }
  print("owner look-up", times, 5);
  std::printf("  %llu papers found\n", static_cast<unsigned long long>(found));
  return {};
}

Result<void> ask_indicators(const indexer::Statistics& statistics) {
  const auto from = *month_of(std::string_view("2024-01"));
  const auto to = *month_of(std::string_view("2025-12"));
  const StatisticsScope scopes[] = {
      {from, to, {}, {}, {}},          {from, to, {"H12"}, {"1.000007"}, {}},
      {from, to, {"H12.03"}, {}, {}},  {from + std::chrono::months(3), to, {"H12.03.003"}, {}, {}},
      {from, to, {}, {}, {"cb00123"}}, {to, to, {"H12"}, {}, {}}};
  Times reports, pages;
  for (const auto& scope : scopes) {
    const bool whole = scope.procedure.value.empty() && scope.officer.value.empty();
    for (const auto by :
         {Breakdown::none, Breakdown::month, Breakdown::unit, Breakdown::procedure, Breakdown::officer}) {
      if (!whole && (by == Breakdown::procedure || by == Breakdown::officer)) continue;
      Stopwatch clock;
      SOHOA_DO(statistics.tallies(scope, by));
      if (whole) SOHOA_DO(statistics.formalities(scope));
      reports.milliseconds.push_back(clock.seconds() * 1000);
    }
    for (const auto& filter :
         {DossierFilter{Metric::received, {}}, DossierFilter{Metric::with_reuse, {}},
          DossierFilter{Metric::received, Metric::fully_digitized},
          DossierFilter{Metric::returns_document, Metric::with_result}, DossierFilter{Metric::synced, {}}}) {
      std::string after;
      for (int page = 0; page < 5; ++page) {
        Stopwatch clock;
        SOHOA_TRY(const auto found, statistics.dossiers(scope, filter, after, 100));
        pages.milliseconds.push_back(clock.seconds() * 1000);
        after = found.next;
        if (after.empty()) break;
      }
    }
  }
  print("indicators, all breakdowns", reports, 100);
  print("a page of 100 dossiers behind a number", pages, 100);
  return {};
}

/// Counts again from the journal, dossier by dossier, and holds every commune's and the province's total against it.
Result<bool> recompute(const RocksArchive& archive, const indexer::Statistics& statistics) {
  std::map<std::string, Tally> by_unit;
  std::map<DossierCode, Dossier> open;  // the loader writes a dossier's entries one after the other
  const auto close = [&] {
    for (const auto& [code, dossier] : open) {
      std::uint64_t digitized = 0, reused = 0;
      for (const auto& one : dossier.reception.components) {
        digitized += one.state == ComponentState::digitized ? 1U : 0U;
        reused += one.state > ComponentState::digitized ? 1U : 0U;
      }
      const bool returns = dossier.reception.returns_document, result = !dossier.results.empty();
      Tally tally{{1, returns, returns && result, digitized + reused > 0 && (!returns || result), reused > 0, 0,
                   dossier.reception.population_data, 0, 0, dossier.reception.components.size() - digitized - reused,
                   digitized, reused, 0}};
      by_unit[dossier.reception.unit.value] += tally;
      by_unit[""] += tally;
    }
    open.clear();
  };
  SOHOA_TRY(const auto size, archive.size());
  const auto done = archive.read(0, size, [&](const JournalEntry& entry) -> Result<void> {
    const auto* change = std::get_if<DossierChange>(&entry.what);
    if (change == nullptr) return {};
    if (const auto* received = std::get_if<DossierReceived>(&change->what)) {
      close();
      open[received->reception.code] = dossier_from(*received, entry.receipt.entry);
      return {};
    }
    auto applied = apply(open.at(dossier_of(*change)), *change, entry.receipt.entry);
    return applied ? Result<void>() : Result<void>(applied.error());
  });
  SOHOA_DO(done);
  close();
  bool equal = true;
  for (const auto& [unit, tally] : by_unit) {
    SOHOA_TRY(const auto lines,
              statistics.tallies(
                  {*month_of(std::string_view("2024-01")), *month_of(std::string_view("2025-12")), {unit}, {}, {}},
                  Breakdown::none));
    equal = equal && lines.at(0).tally == tally;
  }
  return equal;
}

Result<bool> run(int dossiers, const fs::path& folder) {
  const auto catalogue = made_up_catalogue();
  SOHOA_TRY(const auto archive, RocksArchive::open(folder / "data", OpenMode::read_write));
  SOHOA_DO(archive->set_catalogue(catalogue::to_json(catalogue)));
  Loader loader(*archive, catalogue, dossiers);
  Stopwatch clock;
  SOHOA_DO(loader.load());
  const auto seconds = clock.lap();
  std::printf("%d dossiers, %llu papers, %llu entries: loaded in %.1f s, %.0f dossiers/s\n", dossiers,
              static_cast<unsigned long long>(loader.papers()), static_cast<unsigned long long>(loader.changes()),
              seconds, dossiers / seconds);
  SOHOA_TRY(const auto owners, indexer::OwnerStore::open(folder / "owners", OpenMode::read_write));
  SOHOA_TRY(const auto statistics, indexer::Statistics::open(folder / "statistics", OpenMode::read_write));
  clock.lap();
  SOHOA_DO(owners->catch_up(*archive));
  std::printf("owner's store followed in %.1f s\n", clock.lap());
  SOHOA_DO(statistics->catch_up(*archive));
  std::printf("statistics followed in %.1f s\n", clock.lap());
  std::fflush(stdout);
  SOHOA_DO(ask_owners(*owners, dossiers));
  SOHOA_DO(ask_indicators(*statistics));
  clock.lap();
  SOHOA_TRY(const auto equal, recompute(*archive, *statistics));
  std::printf("counters %s the recomputation (%.1f s)\n", equal ? "equal" : "DIFFER FROM", clock.lap());
  return equal;
}

}  // namespace

int main(int argc, char** argv) {
  const int dossiers = argc > 1 ? std::atoi(argv[1]) : 1'000'000;
  const fs::path folder = argc > 2 ? argv[2] : "registry-bench-data";
  if (dossiers < 1 || fs::exists(folder)) {
    std::fprintf(stderr, "usage: sohoa-registry-bench [DOSSIERS] [NEW FOLDER]\n");
    return 2;
  }
  fs::create_directories(folder);
  const auto done = run(dossiers, folder);
  fs::remove_all(folder);
  if (!done) std::fprintf(stderr, "%s\n", done.error().message.c_str());
  return done && *done ? 0 : 1;
}
