// What every Registry does, whatever it stores its rows in. A further implementation joins by a factory in `Factories`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/rocks_archive.hpp"
#include "tests/support/small_office.hpp"
#include "tests/unit/archive/findings_in.hpp"

namespace sohoa {
namespace {

using test::fails_with;
using test::must;
using ::testing::ElementsAre;

class RocksFactory {
 public:
  std::unique_ptr<RocksArchive> open() {
    return must(RocksArchive::open(folder_.path(), OpenMode::read_write, {&files_}));
  }
  std::vector<std::string> faults() { return test::findings_in(folder_.path()); }

 private:
  test::TemporaryFolder folder_{"registry"};
  test::HastyFiles files_;
};

template <typename Factory>
class RegistryContract : public ::testing::Test {
 protected:
  RegistryContract() : store_(factory_.open()) {}
  ~RegistryContract() override { EXPECT_THAT(factory_.faults(), ::testing::IsEmpty()); }

  void reopen() {
    store_.reset();
    store_ = factory_.open();
  }
  DocumentId document(const std::string& word, const std::string& dossier = "") {
    auto document = must(test::try_document(store_->objects(), word, 2));
    document.dossier = dossier;
    must(store_->append(document, {}));
    return document.id;
  }
  Result<EntryReceipt> try_record(const DossierChange& change) {
    SOHOA_TRY(auto receipts, store_->record({{change}}));
    return receipts.front();
  }
  EntryReceipt record(const DossierChange& change) { return must(try_record(change)); }
  EntryReceipt receive(int number) { return record(received(number)); }
  static DossierChange received(int number) { return {test::officer(), DossierReceived{test::reception(number)}}; }
  static DossierChange digitized(int number, const char* component, const DocumentId& document) {
    const auto* kind = std::string(component) == "TP1" ? "GKS" : "XNHN";
    return {test::officer(),
            ComponentDigitized{{test::dossier_code(number)}, {component}, test::paper(document, kind)}};
  }
  static DossierChange issued(int number, const DocumentId& document) {
    auto paper = test::paper(document, "XNHN");
    paper.code = {test::dossier_code(number) + "-KQ{n}"};
    return {test::officer(), ResultIssued{{test::dossier_code(number)}, {"KQ.G07.000122"}, paper}};
  }
  static DossierChange reused(int number, const char* component, const PaperPlace& source) {
    return {test::officer("binh"),
            PaperReused{{test::dossier_code(number)}, {component}, source, "", "đăng ký kết hôn"}};
  }
  static PaperPlace place(int number, const char* component) { return {{test::dossier_code(number)}, {component}, 0}; }
  static PaperPlace result(int number, std::uint32_t n) { return {{test::dossier_code(number)}, {}, n}; }
  Dossier dossier(int number) { return must(store_->dossier({test::dossier_code(number)})); }
  std::uint64_t entries() { return must(store_->size()); }

  Factory factory_;
  std::unique_ptr<RocksArchive> store_;
};

using Factories = ::testing::Types<RocksFactory>;
TYPED_TEST_SUITE(RegistryContract, Factories);

TYPED_TEST(RegistryContract, IsEmptyAtFirst) {
  EXPECT_TRUE(fails_with(this->store_->dossier({"H12-20260609-0001"}), ErrorCode::not_found));
  EXPECT_TRUE(fails_with(this->store_->catalogue(), ErrorCode::not_found));
  EXPECT_EQ(must(this->store_->status()).dossiers, 0U);
}

TYPED_TEST(RegistryContract, GivesADossierBackAsItWasReceived) {
  auto change = this->received(1);
  auto& reception = std::get<DossierReceived>(change.what).reception;
  reception.owner = {{"0100047516"}, OwnerKind::organisation, "Công ty \"Mẫu\"", {{"123456789"}, {"0100047516-001"}}};
  reception.channel = Channel::post;
  reception.due_at = test::on("2025-12-05");
  reception.population_data = reception.vneid_authenticated = true;
  reception.components[1].form = PaperForm::photocopy;
  reception.components[1].sticky_notes = 1;
  const auto receipt = this->record(change);
  this->reopen();
  const auto dossier = this->dossier(1);
  EXPECT_EQ(dossier.reception, reception);
  EXPECT_THAT(dossier.history, ElementsAre(receipt.entry));
  EXPECT_EQ(must(this->store_->status()).dossiers, 1U);
}

TYPED_TEST(RegistryContract, GivesTheFirstReceiptWhenTheSameComesAgain) {
  const auto document = this->document("birth");
  std::vector<DossierChange> changes{this->received(1), this->digitized(1, "TP1", document), this->received(2),
                                     this->reused(2, "TP1", this->place(1, "TP1")), this->issued(1, document)};
  const auto first = must(this->store_->record(changes));
  const auto before = this->entries();
  for (std::size_t i = 0; i < changes.size(); ++i) EXPECT_EQ(this->record(changes[i]), first[i]) << i;
  this->reopen();
  EXPECT_EQ(must(this->store_->record(changes)), first);
  EXPECT_EQ(this->entries(), before);
}

TYPED_TEST(RegistryContract, RefusesAnotherReceptionOfTheSameCode) {
  this->receive(1);
  auto other = this->received(1);
  std::get<DossierReceived>(other.what).reception.unit = {"H12.2"};
  EXPECT_TRUE(fails_with(this->try_record(other), ErrorCode::already_exists));
}

TYPED_TEST(RegistryContract, RefusesAReceptionThatDoesNotFit) {
  auto twice = this->received(1);
  auto& components = std::get<DossierReceived>(twice.what).reception.components;
  components.push_back(components.front());
  EXPECT_TRUE(fails_with(this->try_record(twice), ErrorCode::invalid_input));
  auto filled = this->received(1);
  std::get<DossierReceived>(filled.what).reception.components[0].state = ComponentState::digitized;
  EXPECT_TRUE(fails_with(this->try_record(filled), ErrorCode::invalid_input));
  auto nameless = this->received(1);
  std::get<DossierReceived>(nameless.what).reception.code = {};
  EXPECT_TRUE(fails_with(this->try_record(nameless), ErrorCode::invalid_input));
  EXPECT_EQ(this->entries(), 0U);
}

TYPED_TEST(RegistryContract, FillsAComponentOnce) {
  this->receive(1);
  const auto document = this->document("birth");
  this->record(this->digitized(1, "TP1", document));
  const auto dossier = this->dossier(1);
  const auto* component = dossier.component({"TP1"});
  EXPECT_EQ(component->state, ComponentState::digitized);
  EXPECT_EQ(component->paper->document, document);
  EXPECT_EQ(component->paper->code.value, "079201000001.GKS.15.01");
  EXPECT_TRUE(
      fails_with(this->try_record(this->digitized(1, "TP1", this->document("other"))), ErrorCode::already_exists));
  EXPECT_TRUE(fails_with(this->try_record(this->digitized(1, "TP9", document)), ErrorCode::not_found));
  EXPECT_TRUE(fails_with(this->try_record(this->digitized(7, "TP1", document)), ErrorCode::not_found));
  EXPECT_TRUE(fails_with(this->try_record(this->digitized(1, "TP2", {std::string(32, 'a')})), ErrorCode::not_found));
  EXPECT_TRUE(fails_with(this->try_record(this->digitized(1, "TP2", {"../x"})), ErrorCode::not_found));
}

TYPED_TEST(RegistryContract, NumbersEqualPaperCodes) {
  const auto document = this->document("birth");
  std::vector<DossierChange> changes;
  for (int n = 1; n <= 3; ++n) {
    changes.push_back(this->received(n));
    changes.push_back(this->digitized(n, "TP1", document));
  }
  must(this->store_->record(changes));
  this->reopen();
  this->receive(4);
  this->record(this->digitized(4, "TP1", document));
  EXPECT_EQ(this->dossier(2).component({"TP1"})->paper->code.value, "079201000001.GKS.15.02");
  EXPECT_EQ(this->dossier(4).component({"TP1"})->paper->code.value, "079201000001.GKS.15.04");
  EXPECT_EQ(must(this->store_->find_paper({"079201000001.GKS.15.03"})), this->place(3, "TP1"));
  EXPECT_TRUE(fails_with(this->store_->find_paper({"079201000001.GKS.15.05"}), ErrorCode::not_found));
}

TYPED_TEST(RegistryContract, GivesNoPaperCodeTwice) {
  const auto filed = [&](int number, const char* component, const char* code) {
    auto change = this->digitized(number, component, this->document(component));
    std::get<ComponentDigitized>(change.what).paper.code = {code};
    return change;
  };
  this->receive(1);
  this->receive(2);
  const auto first = this->record(filed(1, "TP1", "A.01"));
  EXPECT_EQ(this->record(filed(1, "TP1", "A.01")), first) << "the same again";
  EXPECT_TRUE(fails_with(this->try_record(filed(1, "TP2", "A.01")), ErrorCode::already_exists));
  EXPECT_TRUE(
      fails_with(this->store_->record({{filed(2, "TP1", "B"), filed(2, "TP2", "B")}}), ErrorCode::already_exists));
  EXPECT_EQ(this->dossier(2).component({"TP1"})->state, ComponentState::not_digitized);
  must(this->store_->record({{filed(2, "TP1", "A.{NN}"), filed(2, "TP2", "A.{NN}")}}));
  EXPECT_EQ(this->dossier(2).component({"TP2"})->paper->code.value, "A.03");
  EXPECT_EQ(must(this->store_->find_paper({"A.01"})), this->place(1, "TP1"));
}

TYPED_TEST(RegistryContract, NumbersResults) {
  this->receive(1);
  this->record(this->issued(1, this->document("one")));
  this->record(this->issued(1, this->document("two")));
  const auto dossier = this->dossier(1);
  ASSERT_EQ(dossier.results.size(), 2U);
  EXPECT_EQ(dossier.results[1].paper.code.value, test::dossier_code(1) + "-KQ2");
  EXPECT_EQ(must(this->store_->find_paper(dossier.results[1].paper.code)), this->result(1, 2));
}

TYPED_TEST(RegistryContract, ReusesComponentsAndResultsApart) {
  const auto document = this->document("birth");
  must(this->store_->record(
      {{this->received(1), this->digitized(1, "TP1", document), this->issued(1, document), this->received(2)}}));
  this->record(this->reused(2, "TP1", this->place(1, "TP1")));
  this->record(this->reused(2, "TP2", this->result(1, 1)));
  const auto dossier = this->dossier(2);
  EXPECT_EQ(dossier.component({"TP1"})->state, ComponentState::reused_component);
  EXPECT_EQ(dossier.component({"TP2"})->state, ComponentState::reused_result);
  EXPECT_EQ(dossier.component({"TP2"})->source, this->result(1, 1));
}

TYPED_TEST(RegistryContract, ReusesOnlyWhatIsThere) {
  const auto document = this->document("birth");
  must(this->store_->record({{this->received(1), this->received(2), this->digitized(1, "TP1", document)}}));
  EXPECT_TRUE(fails_with(this->try_record(this->reused(2, "TP1", this->place(1, "TP2"))), ErrorCode::not_found));
  EXPECT_TRUE(fails_with(this->try_record(this->reused(2, "TP1", this->result(1, 1))), ErrorCode::not_found));
  EXPECT_TRUE(fails_with(this->try_record(this->reused(2, "TP1", this->place(9, "TP1"))), ErrorCode::not_found));
  EXPECT_TRUE(fails_with(this->try_record(this->reused(1, "TP2", this->place(1, "TP1"))), ErrorCode::invalid_input));
  EXPECT_EQ(this->dossier(2).component({"TP1"})->state, ComponentState::not_digitized);
}

TYPED_TEST(RegistryContract, KeepsReusesForDossiersThatAreNotOurs) {
  const auto document = this->document("birth");
  must(this->store_->record({{this->received(1), this->digitized(1, "TP1", document)}}));
  DossierChange reuse = this->reused(99, "giay-khai-sinh", this->place(1, "TP1"));
  reuse.by = {Actor::Kind::service, "hotich"};
  const auto receipt = this->record(reuse);
  EXPECT_EQ(this->record(reuse), receipt);
  this->reopen();
  EXPECT_EQ(this->record(reuse), receipt);
  const auto reuses = must(this->store_->outside_reuses({test::dossier_code(99)}));
  ASSERT_EQ(reuses.size(), 1U);
  EXPECT_EQ(reuses[0].receipt, receipt);
  EXPECT_EQ(reuses[0].reuse.purpose, "đăng ký kết hôn");
  EXPECT_TRUE(must(this->store_->outside_reuses({test::dossier_code(9)})).empty());
}

TYPED_TEST(RegistryContract, CancelsAPaperAndKeepsItsHistory) {
  const auto document = this->document("birth");
  must(this->store_->record({{this->received(1), this->received(2), this->digitized(1, "TP1", document),
                              this->reused(2, "TP1", this->place(1, "TP1"))}}));
  const DossierChange cancelled{test::officer(), PaperCancelled{this->place(1, "TP1"), "nhầm người"}};
  this->record(cancelled);
  EXPECT_EQ(this->dossier(1).component({"TP1"})->state, ComponentState::not_digitized);
  EXPECT_EQ(this->dossier(1).history.size(), 3U);
  EXPECT_EQ(this->dossier(2).component({"TP1"})->state, ComponentState::reused_component) << "it was valid then";
  EXPECT_TRUE(fails_with(this->try_record(cancelled), ErrorCode::not_found));
  this->receive(3);
  EXPECT_TRUE(fails_with(this->try_record(this->reused(3, "TP1", this->place(1, "TP1"))), ErrorCode::not_found));
  this->record(this->digitized(1, "TP1", document));
  EXPECT_EQ(this->dossier(1).component({"TP1"})->paper->code.value, "079201000001.GKS.15.02") << "a code is given once";
}

TYPED_TEST(RegistryContract, RecordsAllOrNothing) {
  const auto document = this->document("birth");
  const auto before = must(this->store_->status());
  const auto done = this->store_->record(
      {{this->received(1), this->digitized(1, "TP1", document), this->digitized(1, "TP9", document)}});
  ASSERT_TRUE(fails_with(done, ErrorCode::not_found));
  EXPECT_THAT(done.error().message, ::testing::StartsWith("change 3: "));
  EXPECT_TRUE(fails_with(this->store_->dossier({test::dossier_code(1)}), ErrorCode::not_found));
  EXPECT_EQ(must(this->store_->status()).tree_root, before.tree_root);
}

TYPED_TEST(RegistryContract, AttachesDocumentsThatNameTheDossier) {
  this->document("too early", test::dossier_code(1));
  this->receive(1);
  const auto document = this->document("scan", test::dossier_code(1));
  EXPECT_THAT(this->dossier(1).unplaced, ElementsAre(document));
  this->record(this->digitized(1, "TP1", document));
  EXPECT_THAT(this->dossier(1).unplaced, ElementsAre());
}

TYPED_TEST(RegistryContract, KeepsStatusAndSync) {
  this->receive(1);
  this->record({test::officer(), StatusChanged{{test::dossier_code(1)}, DossierStatus::done}});
  this->record(this->issued(1, this->document("result")));
  this->record({test::officer(), DossierSynced{{test::dossier_code(1)}, 1}});
  this->reopen();
  EXPECT_EQ(this->dossier(1).reception.status, DossierStatus::done);
  EXPECT_TRUE(this->dossier(1).synced);
  EXPECT_TRUE(fails_with(this->try_record({test::officer(), DossierSynced{{test::dossier_code(1)}, 2}}),
                         ErrorCode::invalid_input));
}

TYPED_TEST(RegistryContract, HoldsTheCatalogueInForce) {
  const auto text = catalogue::to_json(test::small_catalogue());
  const auto first = must(this->store_->set_catalogue(text));
  EXPECT_EQ(must(this->store_->set_catalogue(text)), first);
  this->reopen();
  EXPECT_EQ(must(this->store_->catalogue()), text);
  must(this->store_->set_catalogue("{}"));
  EXPECT_EQ(must(this->store_->catalogue()), "{}");
  for (const auto* bad : {"", "[]", "{ }", "{\"b\":1,\"a\":1}", "{"}) {
    EXPECT_TRUE(fails_with(this->store_->set_catalogue(bad), ErrorCode::invalid_input)) << bad;
  }
}

TYPED_TEST(RegistryContract, ShowsItsEntriesToFollowers) {
  const auto document = this->document("birth");
  const std::vector<DossierChange> changes{this->received(1), this->digitized(1, "TP1", document)};
  const auto receipts = must(this->store_->record(changes));
  must(this->store_->set_catalogue("{}"));
  std::vector<std::size_t> kinds;
  must(this->store_->read(0, 4, [&](const JournalEntry& entry) -> Result<void> {
    kinds.push_back(entry.what.index());
    if (entry.receipt.entry == 1) {
      EXPECT_EQ(std::get<DossierChange>(entry.what), changes[0]);
    }
    if (entry.receipt.entry == 2) {
      EXPECT_EQ(entry.receipt, receipts[1]);
    }
    EXPECT_EQ(must(this->store_->hash_of(entry.receipt.entry)), entry.receipt.entry_hash);
    return {};
  }));
  EXPECT_THAT(kinds, ElementsAre(0, 2, 2, 1));
  EXPECT_TRUE(fails_with(this->store_->read(0, 5, [](const auto&) { return Result<void>(); }), ErrorCode::data_loss));
}

}  // namespace
}  // namespace sohoa
