// What every Issuances does, whatever it stores its rows in. A further implementation joins by a factory in
// `Factories`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "archive/rocks_archive.hpp"
#include "tests/support/small_office.hpp"
#include "tests/unit/archive/findings_in.hpp"
#include "tests/unit/archive/issuance_samples.hpp"

namespace sohoa {
namespace {

using test::all_of;
using test::fails_with;
using test::must;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RocksFactory {
 public:
  std::unique_ptr<RocksArchive> open() {
    return must(RocksArchive::open(folder_.path(), OpenMode::read_write, {&files_}));
  }
  std::vector<std::string> faults() { return test::findings_in(folder_.path()); }

 private:
  test::TemporaryFolder folder_{"issuances"};
  test::HastyFiles files_;
};

template <typename Factory>
class IssuancesContract : public ::testing::Test {
 protected:
  IssuancesContract() : store_(factory_.open()) {}
  ~IssuancesContract() override { EXPECT_THAT(factory_.faults(), IsEmpty()); }

  void reopen() {
    store_.reset();
    store_ = factory_.open();
  }
  DocumentId document(const std::string& word) {
    return must(store_->append(must(test::try_document(store_->objects(), word, 2)), {})).document;
  }
  StoredObject stored(const std::string& bytes) { return must(put(store_->objects(), as_bytes(bytes))); }
  Result<PaperCode> try_code(const DocumentId& document, const std::string& pattern) {
    return store_->give_code(document, pattern, test::officer());
  }
  std::string code(const DocumentId& document, const std::string& pattern) {
    return must(try_code(document, pattern)).value;
  }
  /// A pending one, of a file of its own.
  Issuance pending(const DocumentId& document, IssueKind kind = IssueKind::electronic_copy) {
    auto issuance = test::some_issuance(document, stored("signed " + std::string(name_of(kind))));
    issuance.kind = kind;
    return issuance;
  }
  Issuance completed(const Issuance& issuance) { return test::completed(issuance, stored("stamped")); }
  IssuanceRecord issue(const Issuance& issuance) { return must(store_->record_issuance(issuance)); }
  /// Files `document` in a new dossier under `code`.
  Result<std::vector<EntryReceipt>> file(int dossier, const DocumentId& document, const std::string& code) {
    auto paper = test::paper(document, "GKS");
    paper.code = {code};
    return store_->record(
        {{{test::officer(), DossierReceived{test::reception(dossier)}},
          {test::officer(), ComponentDigitized{{test::dossier_code(dossier)}, {"TP1"}, std::move(paper)}}}});
  }
  std::string filed_code(int dossier) {
    return must(store_->dossier({test::dossier_code(dossier)})).component({"TP1"})->paper->code.value;
  }
  std::uint64_t entries() { return must(store_->size()); }

  Factory factory_;
  std::unique_ptr<RocksArchive> store_;
};

using Factories = ::testing::Types<RocksFactory>;
TYPED_TEST_SUITE(IssuancesContract, Factories);

void expect_same(const IssuanceRecord& one, const IssuanceRecord& other) {
  EXPECT_EQ(one.receipt, other.receipt);
  EXPECT_EQ(one.issuance.number, other.issuance.number);
  EXPECT_EQ(one.issuance.pdf.digest, other.issuance.pdf.digest);
}

// Codes

TYPED_TEST(IssuancesContract, GivesADocumentOneCodeForLife) {
  const auto first = this->document("first");
  const auto second = this->document("second");
  EXPECT_EQ(this->code(first, "H12.1.{NN}"), "H12.1.01");
  EXPECT_EQ(this->code(second, "H12.1.{NN}"), "H12.1.02");
  const auto before = this->entries();
  EXPECT_EQ(this->code(first, "another.{NN}"), "H12.1.01");
  this->reopen();
  EXPECT_EQ(this->code(second, "H12.1.{NN}"), "H12.1.02");
  EXPECT_EQ(this->entries(), before);
  EXPECT_EQ(this->code(this->document("third"), "H12.1.{NN}"), "H12.1.03");
}

TYPED_TEST(IssuancesContract, RefusesACodeItCannotGive) {
  const auto document = this->document("word");
  EXPECT_TRUE(fails_with(this->try_code({std::string(32, 'a')}, "x.{NN}"), ErrorCode::not_found));
  EXPECT_TRUE(fails_with(this->try_code({"../x"}, "x.{NN}"), ErrorCode::not_found));
  EXPECT_TRUE(fails_with(this->try_code(document, ""), ErrorCode::invalid_input));
  EXPECT_EQ(this->entries(), 1U);
}

TYPED_TEST(IssuancesContract, NumbersEachPatternByItself) {
  struct Case {
    const char* word;
    const char* pattern;
    const char* code;
  };
  for (const auto& [word, pattern, code] :
       {Case{"a", "H12.{NN}", "H12.01"}, Case{"b", "H12.{NN}/BS", "H12.01/BS"}, Case{"c", "H12.1{NN}", "H12.101"},
        Case{"d", "H12.{NN}", "H12.02"}, Case{"e", "{NN}", "01"}, Case{"f", "H12.{NN}/BS", "H12.02/BS"},
        Case{"g", "Quye\xCC\x82\xCC\x81t.{NN}", "Quyết.01"}, Case{"h", "Quyết.{NN}", "Quyết.02"},
        Case{"i", "fixed", "fixed"}}) {
    EXPECT_EQ(this->code(this->document(word), pattern), code) << word;
  }
}

TYPED_TEST(IssuancesContract, GoesOnBeyondTwoDigits) {
  std::set<std::string> codes;
  for (int i = 1; i <= 130; ++i) codes.insert(this->code(this->document(std::to_string(i)), "H12.{NN}"));
  EXPECT_EQ(codes.size(), 130U);
  EXPECT_TRUE(codes.contains("H12.130"));
}

TYPED_TEST(IssuancesContract, NumbersFiledPapersAndLoneDocumentsTogether) {
  const std::string pattern = "079201000001.GKS.15.{NN}";
  EXPECT_EQ(this->code(this->document("lone"), pattern), "079201000001.GKS.15.01");
  must(this->file(1, this->document("filed"), pattern));
  EXPECT_EQ(this->filed_code(1), "079201000001.GKS.15.02");
  EXPECT_EQ(this->code(this->document("lone too"), pattern), "079201000001.GKS.15.03");
  EXPECT_TRUE(fails_with(this->store_->find_paper({"079201000001.GKS.15.03"}), ErrorCode::not_found))
      << "it is in no dossier";
}

TYPED_TEST(IssuancesContract, GivesNoTextTwice) {
  must(this->file(1, this->document("filed"), "A.02"));
  EXPECT_TRUE(fails_with(this->try_code(this->document("lone"), "A.02"), ErrorCode::already_exists));
  EXPECT_EQ(this->code(this->document("lone"), "B.02"), "B.02");
  EXPECT_TRUE(fails_with(this->file(2, this->document("other"), "B.02"), ErrorCode::already_exists));
  EXPECT_TRUE(fails_with(this->store_->dossier({test::dossier_code(2)}), ErrorCode::not_found)) << "all or nothing";
  for (const char* expected : {"A.01", "A.03", "A.04"})
    EXPECT_EQ(this->code(this->document(expected), "A.{NN}"), expected);
}

TYPED_TEST(IssuancesContract, LeavesADocumentItsCodeWhenItIsFiled) {
  const auto document = this->document("word");
  EXPECT_EQ(this->code(document, "H12.{NN}"), "H12.01");
  must(this->file(1, document, "079.{NN}"));
  EXPECT_EQ(this->filed_code(1), "079.01");
  EXPECT_EQ(this->code(document, "H12.{NN}"), "H12.01");
}

TYPED_TEST(IssuancesContract, GivesManyThreadsDifferentCodes) {
  std::vector<DocumentId> documents;
  for (int i = 0; i < 40; ++i) documents.push_back(this->document(std::to_string(i)));
  std::vector<std::string> codes(documents.size());
  {
    std::vector<std::jthread> threads;
    for (std::size_t first = 0; first < 4; ++first) {
      threads.emplace_back([&, first] {
        for (auto i = first; i < documents.size(); i += 4) codes[i] = this->code(documents[i], "H12.{NN}");
      });
    }
  }
  EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), documents.size());
}

// Issuances

TYPED_TEST(IssuancesContract, KeepsAllOfAnIssuance) {
  const auto document = this->document("word");
  auto wanted = this->pending(document);
  const auto record = this->issue(wanted);
  wanted.number = 1;
  EXPECT_EQ(all_of(record.issuance), all_of(wanted));
  this->reopen();
  const auto all = must(this->store_->issuances(document));
  ASSERT_EQ(all.size(), 1U);
  expect_same(all[0], record);
  EXPECT_EQ(all_of(all[0].issuance), all_of(wanted));
  EXPECT_TRUE(must(this->store_->issuances(this->document("other"))).empty());
  EXPECT_TRUE(fails_with(this->store_->issuances({"../x"}), ErrorCode::not_found));
}

TYPED_TEST(IssuancesContract, CountsADocumentsIssuances) {
  const auto document = this->document("word");
  const auto other = this->document("other");
  std::uint32_t number = 0;
  for (const auto kind : {IssueKind::result, IssueKind::digitized_copy, IssueKind::certified_copy}) {
    EXPECT_EQ(this->issue(this->pending(document, kind)).issuance.number, ++number);
  }
  EXPECT_EQ(this->issue(this->pending(other)).issuance.number, 1U);
  const auto all = must(this->store_->issuances(document));
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[1].issuance.kind, IssueKind::digitized_copy);
}

TYPED_TEST(IssuancesContract, GivesTheFirstRecordWhenTheSameIsIssuedAgain) {
  const auto document = this->document("word");
  const auto first = this->issue(this->pending(document));
  const auto before = this->entries();
  auto again = this->pending(document);
  again.pdf = this->stored("signed anew");
  expect_same(this->issue(again), first);
  expect_same(this->issue(first.issuance), first);
  EXPECT_EQ(this->entries(), before);

  again.form = CopyForm::trich_sao;
  EXPECT_EQ(this->issue(again).issuance.number, 2U) << "another form is another issuance";
  auto second_version = must(this->store_->document(document)).document;
  second_version.revision = test::some_revision(2);
  must(this->store_->revise(second_version));
  again.version = 2;
  EXPECT_EQ(this->issue(again).issuance.number, 3U) << "so is another version";
}

TYPED_TEST(IssuancesContract, CompletesAnIssuanceWhoseTimestampWasPending) {
  const auto document = this->document("word");
  const auto first = this->issue(this->pending(document));
  ASSERT_EQ(must(this->store_->pending_timestamps(10)).size(), 1U);
  const auto done = this->issue(this->completed(first.issuance));
  EXPECT_EQ(done.issuance.number, 1U);
  EXPECT_GT(done.receipt.entry, first.receipt.entry);
  this->reopen();
  EXPECT_THAT(must(this->store_->pending_timestamps(10)), IsEmpty());
  const auto all = must(this->store_->issuances(document));
  ASSERT_EQ(all.size(), 1U);
  expect_same(all[0], done);
  EXPECT_EQ(all[0].issuance.level, SignatureLevel::b_lt);
  EXPECT_TRUE(all[0].issuance.signatures[1].timestamped);

  const auto before = this->entries();
  expect_same(this->issue(this->completed(first.issuance)), done);
  auto stamped_twice = done.issuance;
  stamped_twice.pdf = this->stored("stamped by another thread");
  expect_same(this->issue(stamped_twice), done);
  expect_same(this->issue(this->pending(document)), done);
  expect_same(this->issue(first.issuance), done);
  EXPECT_EQ(this->entries(), before);
}

TYPED_TEST(IssuancesContract, RefusesACompletionThatChangesWhatWasIssued) {
  const auto document = this->document("word");
  const auto first = this->issue(this->pending(document));
  const auto good = this->completed(first.issuance);
  const auto before = this->entries();
  struct Case {
    const char* name;
    std::function<void(Issuance&)> change;
  };
  for (const auto& [name, change] : std::vector<Case>{
           {"kind", [](auto& issuance) { issuance.kind = IssueKind::result; }},
           {"form", [](auto& issuance) { issuance.form = CopyForm::none; }},
           {"code", [](auto& issuance) { issuance.code.value += "x"; }},
           {"by", [](auto& issuance) { issuance.by.id = "binh"; }},
           {"by_name", [](auto& issuance) { issuance.by_name.clear(); }},
           {"at", [](auto& issuance) { issuance.at += std::chrono::milliseconds(1); }},
           {"signer", [](auto& issuance) { issuance.signatures[0].certificate.subject = "Ai Khác"; }},
           {"role", [](auto& issuance) { issuance.signatures[0].role = MadeSignature::Role::agency; }},
           {"fewer signatures", [](auto& issuance) { issuance.signatures.pop_back(); }},
           {"pending still", [](auto& issuance) { issuance.timestamp_pending = true; }},
       }) {
    auto bad = good;
    change(bad);
    EXPECT_TRUE(fails_with(this->store_->record_issuance(bad), ErrorCode::invalid_input)) << name;
  }
  EXPECT_EQ(this->entries(), before);
  EXPECT_EQ(must(this->store_->pending_timestamps(10)).size(), 1U);
}

TYPED_TEST(IssuancesContract, RefusesWhatIsNotThere) {
  const auto good = this->pending(this->document("word"));
  struct Case {
    const char* name;
    std::function<void(Issuance&)> change;
    ErrorCode code;
  };
  for (const auto& [name, change, code] : std::vector<Case>{
           {"document", [](auto& issuance) { issuance.document = {std::string(32, 'a')}; }, ErrorCode::not_found},
           {"no id", [](auto& issuance) { issuance.document = {"../x"}; }, ErrorCode::not_found},
           {"version", [](auto& issuance) { issuance.version = 2; }, ErrorCode::not_found},
           {"version 0", [](auto& issuance) { issuance.version = 0; }, ErrorCode::not_found},
           {"number", [](auto& issuance) { issuance.number = 1; }, ErrorCode::not_found},
           {"pdf", [](auto& issuance) { issuance.pdf.digest = test::digest_of("never stored"); }, ErrorCode::data_loss},
           {"size", [](auto& issuance) { ++issuance.pdf.size; }, ErrorCode::data_loss},
       }) {
    auto bad = good;
    change(bad);
    EXPECT_TRUE(fails_with(this->store_->record_issuance(bad), code)) << name;
  }
  EXPECT_EQ(this->entries(), 1U);
  const auto first = this->issue(good);
  auto unstored = this->completed(first.issuance);
  unstored.pdf.digest = test::digest_of("never stored");
  EXPECT_TRUE(fails_with(this->store_->record_issuance(unstored), ErrorCode::data_loss));
}

TYPED_TEST(IssuancesContract, NamesThoseWhoseTimestampsArePending) {
  EXPECT_THAT(must(this->store_->pending_timestamps(10)), IsEmpty());
  std::set<DocumentId> waiting;
  for (int i = 0; i < 5; ++i) {
    const auto document = this->document(std::to_string(i));
    const auto record = this->issue(this->pending(document));
    if (i % 2 == 0) waiting.insert(document);
    if (i % 2 == 1) this->issue(this->completed(record.issuance));
  }
  auto born_complete = this->completed(this->pending(this->document("complete")));
  this->issue(born_complete);
  std::set<DocumentId> found;
  for (const auto& one : must(this->store_->pending_timestamps(10))) found.insert(one.issuance.document);
  EXPECT_EQ(found, waiting);
  EXPECT_EQ(must(this->store_->pending_timestamps(2)).size(), 2U);
}

TYPED_TEST(IssuancesContract, ShowsItsEntriesToFollowers) {
  const auto document = this->document("word");
  const PaperCode code{this->code(document, "H12.{NN}")};
  const auto pending = this->issue(this->pending(document));
  const auto done = this->issue(this->completed(pending.issuance));
  std::vector<JournalEntry> entries;
  must(this->store_->read(1, this->entries(), [&](const JournalEntry& entry) -> Result<void> {
    entries.push_back(entry);
    return {};
  }));
  ASSERT_EQ(entries.size(), 3U);
  const auto& given = std::get<CodeGiven>(entries[0].what);
  EXPECT_EQ(given.document, document);
  EXPECT_EQ(given.code, code);
  EXPECT_EQ(given.by, test::officer());
  EXPECT_EQ(all_of(std::get<Issuance>(entries[1].what)), all_of(pending.issuance));
  EXPECT_EQ(all_of(std::get<Issuance>(entries[2].what)), all_of(done.issuance));
  EXPECT_EQ(entries[2].receipt, done.receipt);
}

}  // namespace
}  // namespace sohoa
