// What every Archive does, whatever it stores its rows in. A further implementation joins by a factory in `Factories`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "archive/rocks_archive.hpp"
#include "pipeline/base/file.hpp"
#include "tests/unit/archive/findings_in.hpp"

namespace sohoa {
namespace {

using test::fails_with;
using test::must;
using test::pending_item;

class RocksFactory {
 public:
  std::unique_ptr<Archive> open() { return must(RocksArchive::open(folder_.path(), OpenMode::read_write)); }
  /// What the implementation's own check finds wrong.
  std::vector<std::string> faults() { return test::findings_in(folder_.path()); }

 private:
  test::TemporaryFolder folder_{"archive"};
};

template <typename Factory>
class ArchiveContract : public ::testing::Test {
 protected:
  ArchiveContract() : archive_(factory_.open()) {}
  ~ArchiveContract() override { EXPECT_THAT(factory_.faults(), ::testing::IsEmpty()); }

  void reopen() {
    archive_.reset();
    archive_ = factory_.open();
  }
  IssuedDocument issued(const std::string& word, std::uint32_t pages = 1) {
    return must(test::try_document(archive_->objects(), word, pages));
  }
  ItemKey add(const SubmissionId& submission, const std::string& word) {
    return must(archive_->add_item(submission, pending_item(must(test::try_source(archive_->objects(), word)))));
  }
  SubmissionItem item(const ItemKey& key) { return must(archive_->submission(key.submission)).items.at(key.index); }
  ArchiveStatus status() { return must(archive_->status()); }
  static ItemOutcome failure() { return {ItemState::failed, Error{ErrorCode::unsupported, "encrypted"}, 0}; }

  Factory factory_;
  std::unique_ptr<Archive> archive_;
};

using Factories = ::testing::Types<RocksFactory>;
TYPED_TEST_SUITE(ArchiveContract, Factories);

TYPED_TEST(ArchiveContract, IsEmptyAtFirst) {
  const auto status = this->status();
  EXPECT_EQ(status.documents + status.pages + status.submissions + status.pending_items + status.journal_entries, 0U);
  EXPECT_EQ(status.tree_root, sha256({}));
  EXPECT_TRUE(must(this->archive_->pending()).empty());
}

TYPED_TEST(ArchiveContract, GivesAReceiptAndTheDocumentBack) {
  auto document = this->issued("decision", 3);
  document.dossier = "H12-1";
  document.source_signed = true;
  document.failed_pages = {{{2}, {ErrorCode::unavailable, "page worker died"}}};
  document.notes = {"encrypted with an empty password"};
  const auto receipt = must(this->archive_->append(document, {}));
  EXPECT_EQ(receipt.document, document.id);
  EXPECT_EQ(receipt.journal_entry, 0U);
  this->reopen();
  const auto record = must(this->archive_->document(document.id));
  EXPECT_EQ(record.receipt, receipt);
  EXPECT_EQ(record.document.source.name, "decision.pdf");
  EXPECT_EQ(record.document.pdf.digest, document.pdf.digest);
  EXPECT_EQ(record.document.json.size, document.json.size);
  EXPECT_EQ(record.document.dossier, "H12-1");
  EXPECT_TRUE(record.document.source_signed);
  EXPECT_EQ(record.document.digitized_at, document.digitized_at);
  EXPECT_EQ(record.document.notes, document.notes);
  EXPECT_EQ(record.document.failed_pages.at(0).page.value, 2U);
  const auto fd = must(this->archive_->objects().open(record.document.text.digest));
  EXPECT_EQ(as_text(must(read_all(fd.get(), 100))), "text decision");
}

TYPED_TEST(ArchiveContract, GivesTheFirstReceiptWhenTheSameBytesComeTwice) {
  const auto document = this->issued("decision");
  const auto first = must(this->archive_->append(document, {}));
  auto again = document;
  again.source.name = again.title = "another name.pdf";
  again.pdf = must(put(this->archive_->objects(), as_bytes("made anew")));
  EXPECT_EQ(must(this->archive_->append(again, {})), first);
  this->reopen();
  EXPECT_EQ(must(this->archive_->append(again, {})), first);
  EXPECT_EQ(this->status().documents, 1U);
  EXPECT_EQ(must(this->archive_->document(document.id)).document.pdf.digest, document.pdf.digest);
}

TYPED_TEST(ArchiveContract, KeepsEveryVersionOfADocument) {
  const auto first = this->issued("decision", 3);
  const auto receipt = must(this->archive_->append(first, {}));
  auto second = this->issued("decision", 3);
  second.text = must(put(this->archive_->objects(), as_bytes("text set right")));
  second.revision = test::some_revision(2);
  const auto revised = must(this->archive_->revise(second));
  EXPECT_EQ(revised.document, first.id);
  EXPECT_GT(revised.journal_entry, receipt.journal_entry);
  this->reopen();
  const auto newest = must(this->archive_->document(first.id));
  EXPECT_EQ(newest.receipt, revised);
  EXPECT_EQ(newest.document.text.digest, second.text.digest);
  EXPECT_EQ(newest.document.revision, second.revision);
  EXPECT_EQ(must(this->archive_->document(first.id, 1)).document.text.digest, first.text.digest);
  EXPECT_EQ(must(this->archive_->document(first.id, 2)).receipt, revised);
  EXPECT_TRUE(fails_with(this->archive_->document(first.id, 3), ErrorCode::not_found));
  const auto status = this->status();
  EXPECT_EQ(status.documents, 1U);
  EXPECT_EQ(status.pages, 3U);
  EXPECT_EQ(status.journal_entries, 2U);
  EXPECT_EQ(must(this->archive_->append(newest.document, {})), receipt) << "the same bytes once more";
}

TYPED_TEST(ArchiveContract, RevisesOneAfterTheOther) {
  auto document = this->issued("decision");
  document.revision = test::some_revision(2);
  EXPECT_TRUE(fails_with(this->archive_->revise(document), ErrorCode::not_found));
  EXPECT_TRUE(fails_with(this->archive_->append(document, {}), ErrorCode::invalid_input));
  document.revision.reset();
  must(this->archive_->append(document, {}));
  EXPECT_TRUE(fails_with(this->archive_->revise(document), ErrorCode::invalid_input));
  document.revision = test::some_revision(3);
  EXPECT_TRUE(fails_with(this->archive_->revise(document), ErrorCode::invalid_input));
  document.revision = test::some_revision(2);
  must(this->archive_->revise(document));
  EXPECT_TRUE(fails_with(this->archive_->revise(document), ErrorCode::already_exists));
  EXPECT_EQ(this->status().journal_entries, 2U);
}

TYPED_TEST(ArchiveContract, NumbersJournalEntriesAndMovesTheRoot) {
  std::vector<Digest> roots{this->status().tree_root};
  for (std::uint64_t i = 0; i < 9; ++i) {
    EXPECT_EQ(must(this->archive_->append(this->issued("n" + std::to_string(i)), {})).journal_entry, i);
    if (i == 4) this->reopen();
    const auto root = this->status().tree_root;
    EXPECT_EQ(std::count(roots.begin(), roots.end(), root), 0);
    roots.push_back(root);
  }
  EXPECT_EQ(this->status().journal_entries, 9U);
}

TYPED_TEST(ArchiveContract, HoldsASubmissionWithItsTermsAndItems) {
  const SubmissionTerms terms{"H12-1", {"vie+eng"}, Priority::interactive};
  const auto id = must(this->archive_->open_submission(terms));
  const auto first = this->add(id, "first");
  const auto second = this->add(id, "second");
  EXPECT_EQ(first, (ItemKey{id, 0}));
  EXPECT_EQ(second, (ItemKey{id, 1}));
  this->reopen();
  const auto submission = must(this->archive_->submission(id));
  EXPECT_EQ(submission.terms.dossier, "H12-1");
  EXPECT_EQ(submission.terms.options, terms.options);
  EXPECT_EQ(submission.terms.priority, Priority::interactive);
  EXPECT_GT(submission.received_at, now() - std::chrono::minutes(1));
  ASSERT_EQ(submission.items.size(), 2U);
  EXPECT_EQ(submission.items[1].name, "second.pdf");
  EXPECT_EQ(submission.items[1].key, second);
  EXPECT_FALSE(submission.settled());
}

TYPED_TEST(ArchiveContract, ListsPendingItemsOldestFirstWithTheirTerms) {
  const auto one = must(this->archive_->open_submission({"one", {}, Priority::bulk}));
  const auto two = must(this->archive_->open_submission({"two", {}, Priority::interactive}));
  const auto a = this->add(two, "a");
  const auto b = this->add(one, "b");
  const auto c = this->add(two, "c");
  this->reopen();
  const auto pending = must(this->archive_->pending());
  ASSERT_EQ(pending.size(), 3U);
  EXPECT_EQ(pending[0].item.key, a);
  EXPECT_EQ(pending[1].item.key, b);
  EXPECT_EQ(pending[2].item.key, c);
  EXPECT_EQ(pending[0].terms.dossier, "two");
  EXPECT_EQ(pending[1].terms.dossier, "one");
}

TYPED_TEST(ArchiveContract, SettlesAllItemsOfADocumentWithIt) {
  const auto id = must(this->archive_->open_submission({}));
  const auto first = this->add(id, "same");
  const auto second = this->add(id, "same");
  const auto other = this->add(id, "other");
  auto document = this->issued("same", 5);
  document.failed_pages = {{{4}, {ErrorCode::resource_exhausted, "over 25 s"}}, {{5}, {ErrorCode::internal, "x"}}};
  must(this->archive_->append(document, {first, second, first}));
  for (const auto& key : {first, second}) {
    const auto item = this->item(key);
    EXPECT_EQ(item.state, ItemState::archived);
    EXPECT_EQ(item.document, document.id);
    EXPECT_EQ(item.pages, 5U);
    EXPECT_EQ(item.error, (Error{ErrorCode::resource_exhausted, "over 25 s"}));
    EXPECT_EQ(item.error_page, 4U);
  }
  ASSERT_EQ(must(this->archive_->pending()).size(), 1U);
  EXPECT_EQ(must(this->archive_->pending())[0].item.key, other);
  EXPECT_EQ(this->status().pending_items, 1U);
  EXPECT_EQ(this->status().pages, 5U);
}

TYPED_TEST(ArchiveContract, SettlesAnItemWhoseDocumentIsKnown) {
  const auto document = this->issued("known", 2);
  const auto receipt = must(this->archive_->append(document, {}));
  const auto key = this->add(must(this->archive_->open_submission({})), "known");
  EXPECT_EQ(must(this->archive_->append(document, {key})), receipt);
  EXPECT_EQ(this->item(key).state, ItemState::archived);
  EXPECT_EQ(this->item(key).pages, 2U);
  EXPECT_EQ(must(this->archive_->append(document, {key})), receipt);
  EXPECT_EQ(this->status().pending_items, 0U);
}

TYPED_TEST(ArchiveContract, AppendsNothingWhenAnItemIsUnknownOrAnothers) {
  const auto key = this->add(must(this->archive_->open_submission({})), "mine");
  const auto document = this->issued("document");
  EXPECT_TRUE(fails_with(this->archive_->append(document, {{key.submission, 7}}), ErrorCode::not_found));
  EXPECT_TRUE(fails_with(this->archive_->append(document, {key}), ErrorCode::invalid_input));
  EXPECT_EQ(this->status().documents, 0U);
  EXPECT_EQ(this->item(key).state, ItemState::pending);
  EXPECT_TRUE(fails_with(this->archive_->document(document.id), ErrorCode::not_found));
}

TYPED_TEST(ArchiveContract, RefusesADocumentUnderAnotherId) {
  auto document = this->issued("document");
  document.id.value[0] = document.id.value[0] == '0' ? '1' : '0';
  EXPECT_TRUE(fails_with(this->archive_->append(document, {}), ErrorCode::invalid_input));
}

TYPED_TEST(ArchiveContract, SettlesAnItemOnce) {
  const auto id = must(this->archive_->open_submission({}));
  const auto failed = this->add(id, "broken");
  const auto expanded = this->add(id, "zip");
  must(this->archive_->settle_item(failed, {ItemState::failed, Error{ErrorCode::invalid_input, "cut off"}, 3}));
  must(this->archive_->settle_item(expanded, {ItemState::expanded, std::nullopt, 0}));
  must(this->archive_->settle_item(failed, this->failure()));
  must(this->archive_->append(this->issued("broken"), {failed}));
  this->reopen();
  EXPECT_EQ(this->item(failed).state, ItemState::failed);
  EXPECT_EQ(this->item(failed).error, (Error{ErrorCode::invalid_input, "cut off"}));
  EXPECT_EQ(this->item(failed).error_page, 3U);
  EXPECT_EQ(this->item(expanded).state, ItemState::expanded);
  EXPECT_EQ(this->status().failed_items, 1U);
  EXPECT_EQ(this->status().pending_items, 0U);
  EXPECT_TRUE(must(this->archive_->submission(id)).settled());
}

TYPED_TEST(ArchiveContract, KeepsTheDocumentsOfAStackApart) {
  const auto id = must(this->archive_->open_submission({"", {}, Priority::bulk, {Split::At::count, 2}}));
  const auto stack = this->add(id, "stack");
  for (const auto& part : {StackPart{1, 1, 2, ""}, StackPart{2, 4, 1, "TP01"}}) {
    auto document = this->issued("stack", part.pages);
    document.part = part;
    document.id = DocumentId::of(document.source.digest, part);
    auto item = test::pending_item(document.source);
    item.part = part;
    item.stack = stack.index;
    const auto key = must(this->archive_->add_item(id, item));
    EXPECT_TRUE(fails_with(this->archive_->append(this->issued("stack"), {key}), ErrorCode::invalid_input))
        << "the whole stack is another document";
    const auto receipt = must(this->archive_->append(document, {key}));
    EXPECT_EQ(must(this->archive_->append(document, {key})), receipt);
    EXPECT_EQ(this->item(key).document, document.id);
  }
  must(this->archive_->settle_item(stack, {ItemState::expanded, std::nullopt, 0, StackSums{2, 3, 1, 0}}));
  this->reopen();
  EXPECT_EQ(this->item(stack).sums, (StackSums{2, 3, 1, 0}));
  EXPECT_EQ(this->item(stack).pages, 4U);
  EXPECT_EQ(this->item({id, 2}).part, (StackPart{2, 4, 1, "TP01"}));
  EXPECT_EQ(must(this->archive_->submission(id)).terms.split, (Split{Split::At::count, 2}));
  EXPECT_EQ(this->status().documents, 2U);
}

TYPED_TEST(ArchiveContract, RefusesOutcomesThatSettleNothing) {
  const auto key = this->add(must(this->archive_->open_submission({})), "file");
  EXPECT_TRUE(fails_with(this->archive_->settle_item(key, {ItemState::pending, {}, 0}), ErrorCode::invalid_input));
  EXPECT_TRUE(fails_with(this->archive_->settle_item(key, {ItemState::archived, {}, 0}), ErrorCode::invalid_input));
  EXPECT_TRUE(fails_with(this->archive_->settle_item(key, {ItemState::failed, {}, 0}), ErrorCode::invalid_input));
  EXPECT_TRUE(fails_with(this->archive_->settle_item({key.submission, 1}, this->failure()), ErrorCode::not_found));
  EXPECT_TRUE(fails_with(this->archive_->settle_item({{"x"}, 0}, this->failure()), ErrorCode::not_found));
  EXPECT_EQ(this->item(key).state, ItemState::pending);
}

TYPED_TEST(ArchiveContract, RecordsAFileThatWasRefusedAtTheDoor) {
  const auto id = must(this->archive_->open_submission({}));
  SubmissionItem refused;
  refused.name = "movie.avi";
  refused.state = ItemState::failed;
  refused.error = Error{ErrorCode::unsupported, "format unknown"};
  const auto key = must(this->archive_->add_item(id, refused));
  EXPECT_EQ(this->item(key).error, refused.error);
  EXPECT_EQ(this->status().failed_items, 1U);
  EXPECT_TRUE(must(this->archive_->pending()).empty());
}

TYPED_TEST(ArchiveContract, RefusesItemsThatDoNotHoldTogether) {
  const auto id = must(this->archive_->open_submission({}));
  const auto good = pending_item(must(test::try_source(this->archive_->objects(), "good")));
  auto item = good;
  item.source.reset();
  EXPECT_TRUE(fails_with(this->archive_->add_item(id, item), ErrorCode::invalid_input)) << "pending without bytes";
  item = good;
  item.source->digest = test::digest_of("never stored");
  EXPECT_TRUE(fails_with(this->archive_->add_item(id, item), ErrorCode::data_loss)) << "bytes not durable";
  item = good;
  item.state = ItemState::archived;
  EXPECT_TRUE(fails_with(this->archive_->add_item(id, item), ErrorCode::invalid_input)) << "archived without append";
  item = good;
  item.state = ItemState::failed;
  EXPECT_TRUE(fails_with(this->archive_->add_item(id, item), ErrorCode::invalid_input)) << "failed without reason";
  EXPECT_TRUE(fails_with(this->archive_->add_item({"no such id"}, good), ErrorCode::not_found));
  EXPECT_TRUE(must(this->archive_->submission(id)).items.empty());
}

TYPED_TEST(ArchiveContract, SaysNotFoundForWhatIsNotThere) {
  for (const std::string id : {"", "x", "../../etc/passwd", "00000000000000000000000000000000", "C"}) {
    EXPECT_TRUE(fails_with(this->archive_->document({id}), ErrorCode::not_found)) << id;
    EXPECT_TRUE(fails_with(this->archive_->submission({id}), ErrorCode::not_found)) << id;
  }
}

TYPED_TEST(ArchiveContract, SortsLaterSubmissionsLater) {
  const auto first = must(this->archive_->open_submission({}));
  std::this_thread::sleep_for(std::chrono::milliseconds(3));
  EXPECT_LT(first, must(this->archive_->open_submission({})));
}

TYPED_TEST(ArchiveContract, TakesWritesFromManyThreads) {
  const auto id = must(this->archive_->open_submission({}));
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 5; ++i) {
        const auto word = std::to_string(t) + "-" + std::to_string(i);
        const auto key = this->add(id, word);
        must(this->archive_->append(this->issued(word), {key}));
        must(this->archive_->status());
        must(this->archive_->submission(id));
        must(this->archive_->pending());
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(this->status().documents, 20U);
  EXPECT_EQ(this->status().journal_entries, 20U);
  EXPECT_TRUE(must(this->archive_->submission(id)).settled());
}

}  // namespace
}  // namespace sohoa
