#pragma once

// Made-up histories of dossiers: received, digitized, reused, cancelled, settled, handed to the portal. The same seed
// gives the same.

#include <random>
#include <string>
#include <vector>

#include "archive/rocks_archive.hpp"
#include "tests/support/small_office.hpp"
#include "tests/unit/archive/samples.hpp"

namespace sohoa::test {

/// Makes up what happens at a few counters; what does not fit is refused by the registry, which is fine.
class History {
 public:
  History(RocksArchive& archive, unsigned seed)
      : archive_(archive), random_(seed), dossiers_(static_cast<int>(must(archive.status()).dossiers)) {
    for (int i = 0; i < 5; ++i) {
      const auto document =
          must(try_document(archive_.objects(), "scan" + std::to_string(i) + "-" + std::to_string(seed)));
      documents_.push_back(must(archive_.append(document, {})).document);
    }
  }

  void happen(int times) {
    for (int i = 0; i < times; ++i) {
      if (below(25) == 0) digitize();
      const DossierChange change{officer(pick({"an", "binh"})), what()};
      recorded_ += archive_.record({{change}}) ? 1 : 0;
    }
  }
  [[nodiscard]] int recorded() const { return recorded_; }

 private:
  /// A document that names a dossier, and is filed later or never.
  void digitize() {
    auto document = must(try_document(archive_.objects(), "page" + std::to_string(random_())));
    document.dossier = some_dossier().value;
    auto& filed_next = documents_[static_cast<std::size_t>(below(5))];
    filed_next = must(archive_.append(document, {})).document;
  }
  int below(int limit) { return std::uniform_int_distribution(0, limit - 1)(random_); }
  std::string pick(const std::vector<std::string>& all) {
    return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
  }
  DossierCode some_dossier() { return {dossier_code(below(std::max(1, dossiers_)))}; }
  PaperPlace some_place() {
    return below(3) == 0 ? PaperPlace{some_dossier(), {}, 1U + static_cast<unsigned>(below(2))}
                         : PaperPlace{some_dossier(), {pick({"TP1", "TP2"})}, 0};
  }
  FiledPaper some_paper(const std::string& kind) {
    auto paper =
        test::paper(documents_[static_cast<std::size_t>(below(5))], kind, "07920100000" + std::to_string(below(4)));
    paper.pages = static_cast<std::uint32_t>(1 + below(9));
    paper.findings = static_cast<std::uint32_t>(below(3));
    if (below(4) == 0) paper.details.issued.reset();
    return paper;
  }
  Reception some_reception() {
    auto reception = test::reception(dossiers_++);
    reception.unit = {pick({"H12", "H12.1", "H12.2", "H12.2.1"})};
    reception.officer = {pick({"an", "binh"})};
    reception.procedure = {pick({"1.001776", "2.000815"})};
    reception.returns_document = reception.procedure.value == "1.001776";
    reception.population_data = below(3) == 0;
    reception.received_at = on("2025-01-15") + std::chrono::days(below(600));
    if (below(8) == 0) reception.received_at.reset();
    return reception;
  }
  decltype(DossierChange::what) what() {
    switch (below(12)) {
      case 0:
      case 1:
      case 2: return DossierReceived{some_reception()};
      case 3:
      case 4:
      case 5: return ComponentDigitized{some_dossier(), {pick({"TP1", "TP2"})}, some_paper(pick({"GKS", "XNHN"}))};
      case 6: {
        const auto dossier = some_dossier();
        auto paper = some_paper("XNHN");
        paper.code = {dossier.value + "-KQ{n}"};
        return ResultIssued{dossier, {"KQ.G07.000122"}, paper};
      }
      case 7:
      case 8: return PaperReused{some_dossier(), {pick({"TP1", "TP2"})}, some_place(), "", "thử"};
      case 9:
        return below(2) == 0 ? decltype(DossierChange::what)(
                                   PaperReused{some_dossier(), {pick({"TP1", "TP2"})}, {}, "KHO-1", "thử"})
                             : PaperReused{{"OUT-" + std::to_string(below(5))}, {"x"}, some_place(), "", "thử"};
      case 10: return PaperCancelled{some_place(), "nhầm"};
      default:
        return below(3) == 0
                   ? decltype(DossierChange::what)(DossierSynced{some_dossier(), static_cast<unsigned>(below(2))})
                   : StatusChanged{some_dossier(), below(2) == 0 ? DossierStatus::done : DossierStatus::in_process};
    }
  }

  RocksArchive& archive_;
  std::mt19937 random_;
  std::vector<DocumentId> documents_;
  int dossiers_;
  int recorded_ = 0;
};

}  // namespace sohoa::test
