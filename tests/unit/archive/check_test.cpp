// Plants one kind of damage at a time, behind the archive's back, and expects check() to name exactly that.
#include "archive/check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/rocks_archive.hpp"
#include "pipeline/base/file.hpp"
#include "tests/unit/archive/damaged_archive.hpp"

namespace sohoa {
namespace {

using test::must;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Five documents; one submission with an archived, a pending and a failed item.
class CheckTest : public test::DamagedArchive {
 protected:
  void SetUp() override {
    test::HastyFiles files;
    const auto archive = must(RocksArchive::open(folder_.path(), OpenMode::read_write, {&files}));
    submission_ = must(archive->open_submission({"H12-1", {}, Priority::bulk}));
    for (const char* word : {"zero", "one", "two", "three", "four"}) {
      documents_.push_back(must(test::try_document(archive->objects(), word, 2)));
      std::vector<ItemKey> items;
      if (documents_.size() == 1) {
        items.push_back(must(archive->add_item(submission_, test::pending_item(documents_[0].source))));
      }
      must(archive->append(documents_.back(), items));
    }
    waiting_ = must(test::try_source(archive->objects(), "waiting"));
    must(archive->add_item(submission_, test::pending_item(waiting_)));
    const auto broken =
        must(archive->add_item(submission_, test::pending_item(must(test::try_source(archive->objects(), "broken")))));
    must(archive->settle_item(broken, {ItemState::failed, Error{ErrorCode::invalid_input, "cut off"}, 0}));
  }

  CheckReport report() const { return must(check(folder_.path())); }
  std::filesystem::path path_of(const Digest& digest) const {
    const auto hex = digest.hex();
    return folder_.path() / "objects" / hex.substr(0, 2) / hex.substr(2, 2) / hex;
  }
  void overwrite(const Digest& digest, const std::string& bytes) const {
    must(write_file(path_of(digest), as_bytes(bytes)));
  }

  void edit_row(const std::string& key, const std::string& what, const std::string& with) const {
    change([&](const Database& database, Batch& batch) {
      auto value = *must(database.get(key));
      ASSERT_NE(value.find(what), std::string::npos) << value;
      batch.put(key, value.replace(value.find(what), what.size(), with));
    });
  }
  ItemKey item(std::uint32_t index) const { return {submission_, index}; }
  std::string item_name(std::uint32_t index) const { return submission_.value + "/" + std::to_string(index); }
  std::string id(std::size_t document) const { return documents_[document].id.value; }

  SubmissionId submission_;
  std::vector<IssuedDocument> documents_;
  SourceFile waiting_;
};

TEST_F(CheckTest, CountsASoundArchive) {
  const auto found = report();
  EXPECT_TRUE(found.clean());
  EXPECT_EQ(found.documents, 5U);
  EXPECT_EQ(found.journal_entries, 5U);
  EXPECT_EQ(found.tree_nodes, 5U + 2 + 1);
  EXPECT_EQ(found.submissions, 1U);
  EXPECT_EQ(found.items, 3U);
  EXPECT_EQ(found.objects, 5U * 5 + 2);
  EXPECT_EQ(found.orphans, 0U) << "what items wait for is referred to";
  EXPECT_EQ(found.unfinished, 0U);
}

TEST_F(CheckTest, TellsHowFarItIs) {
  std::vector<std::string> stages;
  must(check(folder_.path(), [&](const CheckProgress& progress) {
    EXPECT_LE(progress.done, progress.total);
    if (stages.empty() || stages.back() != progress.stage) stages.emplace_back(progress.stage);
  }));
  EXPECT_THAT(stages, ElementsAre("journal", "submissions", "objects"));
}

TEST_F(CheckTest, FindsAnArchiveOfNothingSound) {
  const test::TemporaryFolder empty("empty");
  must(RocksArchive::open(empty.path(), OpenMode::read_write));
  EXPECT_TRUE(must(check(empty.path())).clean());
}

TEST_F(CheckTest, RunsBesideAWriter) {
  const auto archive = must(RocksArchive::open(folder_.path(), OpenMode::read_write));
  const auto writer = must(archive->objects().create());
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_EQ(report().unfinished, 1U);
}

// Objects

TEST_F(CheckTest, NamesAnObjectWithAFlippedBit) {
  overwrite(documents_[2].pdf.digest, "pdf twp");
  EXPECT_THAT(findings(), ElementsAre("object " + documents_[2].pdf.digest.hex() +
                                      ": its bytes have another digest; it is the pdf of document " + id(2)));
}

TEST_F(CheckTest, NamesAnObjectThatWasCutOff) {
  overwrite(documents_[1].source.digest, "orig");
  EXPECT_THAT(findings(), ElementsAre("object " + documents_[1].source.digest.hex() +
                                      ": has 4 bytes instead of 12; its bytes have another digest; "
                                      "it is the original of document " +
                                      id(1)));
}

TEST_F(CheckTest, NamesAMissingObjectAndWhoNeedsIt) {
  std::filesystem::remove(path_of(documents_[3].alto.digest));
  std::filesystem::remove(path_of(waiting_.digest));
  EXPECT_THAT(findings(),
              ::testing::UnorderedElementsAre(
                  "object " + documents_[3].alto.digest.hex() + ": is missing; it is the alto of document " + id(3),
                  "object " + waiting_.digest.hex() + ": is missing; it is the bytes of item 1 of submission " +
                      submission_.value));
}

TEST_F(CheckTest, CountsOrphansWithoutComplaint) {
  {
    const auto store = must(DiskObjectStore::open(folder_.path() / "objects", OpenMode::read_write));
    must(put(*store, as_bytes("nobody's")));
  }
  const auto found = report();
  EXPECT_TRUE(found.clean());
  EXPECT_EQ(found.orphans, 1U);
  EXPECT_EQ(found.orphan_bytes, 8U);
}

TEST_F(CheckTest, NamesADamagedOrphan) {
  const auto digest = test::digest_of("nobody's");
  std::filesystem::create_directories(path_of(digest).parent_path());
  overwrite(digest, "something else");
  EXPECT_THAT(findings(),
              ElementsAre("object " + digest.hex() + ": its bytes have another digest; nothing refers to it"));
}

TEST_F(CheckTest, NamesFilesThatAreNoObjects) {
  const auto pdf = documents_[0].pdf.digest;
  std::filesystem::copy_file(path_of(pdf), path_of(documents_[0].text.digest).parent_path() / pdf.hex());
  must(write_file(folder_.path() / "objects" / "notes.txt", as_bytes("hello")));
  const auto folder = path_of(documents_[0].text.digest).parent_path().lexically_relative(folder_.path() / "objects");
  EXPECT_THAT(findings(),
              ::testing::UnorderedElementsAre("file notes.txt: is no folder of objects",
                                              "file " + (folder / pdf.hex()).string() + ": lies in the wrong folder"));
}

// Journal, tree, records

TEST_F(CheckTest, NamesAnAlteredJournalEntry) {
  edit_row(rows::entry_key(1), "\"pages\":2", "\"pages\":3");
  EXPECT_THAT(findings(), ElementsAre("journal entry 1: is not the one whose hash was recorded"));
}

TEST_F(CheckTest, NamesAnAlteredLastJournalEntry) {
  edit_row(rows::entry_key(4), "four.pdf", "five.pdf");
  EXPECT_THAT(findings(), ElementsAre("journal entry 4: is not the one whose hash was recorded"));
}

TEST_F(CheckTest, NamesAJournalEntryThatIsNoJson) {
  put_row(rows::entry_key(2), "\x01\x02");
  EXPECT_THAT(findings(), ElementsAre("journal entry 2: is not the one whose hash was recorded"));
}

TEST_F(CheckTest, NamesMissingJournalEntries) {
  remove_row(rows::entry_key(0));
  remove_row(rows::entry_key(4));
  EXPECT_THAT(findings(), ElementsAre("journal entry 0: is missing", "journal entry 4: is missing"));
}

TEST_F(CheckTest, NamesAJournalEntryThatWasAdded) {
  put_row(rows::entry_key(9), "{}");
  EXPECT_THAT(findings(), ElementsAre("journal entry 9: lies beyond the journal's end"));
}

TEST_F(CheckTest, NamesAnAlteredTreeNodeOfEveryLevel) {
  const std::pair<merkle::NodeId, const char*> nodes[] = {{{0, 3}, "tree node 0/3: is not the hash of its entry"},
                                                          {{1, 0}, "tree node 1/0: is not the hash of its children"},
                                                          {{2, 0}, "tree node 2/0: is not the hash of its children"}};
  for (const auto& [node, finding] : nodes) {
    std::string before;
    change([&](const Database& database, Batch& batch) {
      before = *must(database.get(rows::node_key(node)));
      batch.put(rows::node_key(node), std::string(32, 'x'));
    });
    EXPECT_THAT(findings(), ElementsAre(finding));
    put_row(rows::node_key(node), before);
  }
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(CheckTest, NamesMissingCutAndAddedTreeNodes) {
  remove_row(rows::node_key({0, 4}));
  remove_row(rows::node_key({1, 1}));
  put_row(rows::node_key({2, 0}), "short");
  put_row(rows::node_key({2, 1}), std::string(32, 'x'));
  EXPECT_THAT(findings(), ElementsAre("tree node 1/1: is missing", "tree node 2/0: has not 32 bytes",
                                      "tree node 0/4: is missing", "tree node 2/1: lies beyond the tree's end"));
}

TEST_F(CheckTest, NamesAMissingRecord) {
  remove_row(rows::document_key(documents_[2].id));
  EXPECT_THAT(findings(), ElementsAre("record " + id(2) + ": is missing; it belongs to journal entry 2"));
}

TEST_F(CheckTest, NamesARecordWithAnotherHash) {
  put_row(rows::document_key(documents_[2].id), rows::encode(rows::DocumentRow{{{2, test::digest_of("x")}}}));
  EXPECT_THAT(findings(), ElementsAre("record " + id(2) + ": holds another hash than that of journal entry 2"));
}

TEST_F(CheckTest, NamesARecordThatPointsElsewhere) {
  edit_row(rows::document_key(documents_[2].id), "\"entry\":2", "\"entry\":3");
  EXPECT_THAT(findings(), ElementsAre("record " + id(2) + ": names journal entry 3, which is of document " + id(3)));
  edit_row(rows::document_key(documents_[2].id), "\"entry\":3", "\"entry\":77");
  EXPECT_THAT(findings(), ElementsAre("record " + id(2) + ": names journal entry 77, which does not exist"));
}

TEST_F(CheckTest, NamesAVersionThatItsRecordForgot) {
  std::string before;
  change([&](const Database& database, Batch&) { before = *must(database.get(rows::document_key(documents_[2].id))); });
  auto version = documents_[2];
  version.revision = test::some_revision(2);
  must(must(RocksArchive::open(folder_.path(), OpenMode::read_write))->revise(version));
  EXPECT_THAT(findings(), IsEmpty());
  put_row(rows::document_key(documents_[2].id), before);
  const auto entry = std::to_string(documents_.size());
  EXPECT_THAT(findings(), ElementsAre("record " + id(2) + ": does not name its version in journal entry " + entry));
}

TEST_F(CheckTest, NamesARecordThatCannotBeRead) {
  put_row(rows::document_key(documents_[2].id), "{}");
  EXPECT_THAT(findings(), ElementsAre("record " + id(2) + ": entry is missing"));
}

TEST_F(CheckTest, NamesARecordNobodyWrote) {
  const DocumentId strange{"00000000000000000000000000000000"};
  put_row(rows::document_key(strange), rows::encode(rows::DocumentRow{{{1, test::digest_of("x")}}}));
  EXPECT_THAT(findings(),
              ElementsAre("record " + strange.value + ": names journal entry 1, which is of document " + id(1)));
}

// Submissions, items, pending index

TEST_F(CheckTest, NamesAMissingItem) {
  remove_row(rows::item_key(item(0)));
  EXPECT_THAT(findings(), ElementsAre("item " + item_name(0) + ": is missing"));
}

TEST_F(CheckTest, NamesAMissingLastItemThatWasPendingAndItsIndexRow) {
  change([&](const Database&, Batch& batch) {
    batch.remove(rows::item_key(item(1)));
    batch.remove(rows::item_key(item(2)));
  });
  EXPECT_THAT(findings(), ElementsAre("item " + item_name(1) + ": is missing", "item " + item_name(2) + ": is missing",
                                      "pending index 1: names item " + item_name(1) + ", which does not exist"));
}

TEST_F(CheckTest, NamesAMissingSubmission) {
  remove_row(rows::submission_key(submission_));
  EXPECT_THAT(findings(), ElementsAre("submission " + submission_.value + ": is missing; there are items of it"));
}

TEST_F(CheckTest, NamesAnItemTooMany) {
  edit_row(rows::submission_key(submission_), "\"items\":3", "\"items\":2");
  EXPECT_THAT(findings(), ElementsAre("item " + item_name(2) + ": is one more than its submission has"));
}

TEST_F(CheckTest, NamesItemsThatContradictThemselves) {
  edit_row(rows::item_key(item(0)), id(0), id(1));
  edit_row(rows::item_key(item(2)), "\"error\":", "\"ereor\":");
  EXPECT_THAT(findings(), ElementsAre("item " + item_name(0) + ": names another file's document",
                                      "item " + item_name(2) + ": is not in canonical form"));
}

TEST_F(CheckTest, NamesAnItemOfADocumentThatIsNotThere) {
  const std::string none(32, '0');
  edit_row(rows::item_key(item(0)), id(0), none);
  EXPECT_THAT(findings(), ElementsAre("item " + item_name(0) + ": names another file's document",
                                      "item " + item_name(0) + ": names document " + none + ", which has no record"));
}

/// A stack of four pages cut into one document of three and one sheet: item 3, its document item 4.
class StackCheckTest : public CheckTest {
 protected:
  void SetUp() override {
    CheckTest::SetUp();
    test::HastyFiles files;
    const auto archive = must(RocksArchive::open(folder_.path(), OpenMode::read_write, {&files}));
    auto document = must(test::try_document(archive->objects(), "stack", 3));
    const auto stack = must(archive->add_item(submission_, test::pending_item(document.source)));
    document.part = StackPart{1, 2, 3, ""};
    document.id = DocumentId::of(document.source.digest, document.part);
    auto part = test::pending_item(document.source);
    part.part = document.part;
    part.stack = stack.index;
    must(archive->append(document, {must(archive->add_item(submission_, part))}));
    must(archive->settle_item(stack, {ItemState::expanded, std::nullopt, 0, StackSums{1, 3, 1, 0}}));
  }
};

TEST_F(StackCheckTest, FindsNothingWrongWithASoundStack) {
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(StackCheckTest, NamesAStackThatLostAPage) {
  edit_row(rows::item_key(item(3)), "\"sheets\":1", "\"sheets\":0");
  EXPECT_THAT(findings(),
              ElementsAre("item " + item_name(3) + ": has pages that are in no document, no sheet and not blank"));
}

TEST_F(StackCheckTest, NamesAStackWhoseDocumentsAreNotThoseThatItWasCutInto) {
  edit_row(rows::item_key(item(3)), "\"document_pages\":3", "\"document_pages\":4");
  edit_row(rows::item_key(item(3)), "\"sheets\":1", "\"sheets\":0");
  EXPECT_THAT(findings(),
              ElementsAre("item " + item_name(3) + ": was cut into 1 documents of 4 pages; there are 1 of 3"));
}

TEST_F(StackCheckTest, NamesADocumentOfOtherPages) {
  edit_row(rows::item_key(item(4)), "\"first_page\":2", "\"first_page\":1");
  EXPECT_THAT(findings(), ElementsAre("item " + item_name(4) + ": names another file's document"));
}

TEST_F(CheckTest, NamesAMissingPendingRow) {
  remove_row(rows::pending_key(1));
  EXPECT_THAT(findings(), ElementsAre("pending index 1: is missing; item " + item_name(1) + " is pending"));
}

TEST_F(CheckTest, NamesPendingRowsThatNameTheWrongItem) {
  put_row(rows::pending_key(0), rows::encode(item(0)));
  put_row(rows::pending_key(7), rows::encode(item(1)));
  put_row(rows::pending_key(8), "{}");
  EXPECT_THAT(findings(),
              ElementsAre("pending index 0: names item " + item_name(0) + ", which is archived",
                          "pending index 7: names item " + item_name(1) + ", which has another arrival number",
                          "pending index 8: submission is missing"));
}

// Counters

TEST_F(CheckTest, NamesEveryCounterThatIsOff) {
  const std::pair<const char*, const char*> counters[] = {{"\"documents\":5", "\"documents\":6"},
                                                          {"\"pages\":10", "\"pages\":9"},
                                                          {"\"submissions\":1", "\"submissions\":2"},
                                                          {"\"items\":3", "\"items\":4"},
                                                          {"\"pending_items\":1", "\"pending_items\":0"},
                                                          {"\"failed_items\":1", "\"failed_items\":5"},
                                                          {"\"journal_entries\":5", "\"journal_entries\":6"}};
  for (const auto& [right, wrong] : counters) {
    edit_row(std::string(rows::counters_key), right, wrong);
    const auto found = report().findings;
    ASSERT_EQ(found.size(), 1U) << wrong;
    EXPECT_EQ(found[0].what, "counters");
    EXPECT_EQ("\"" + found[0].id + "\"", std::string(right).substr(0, std::string(right).find(':')));
    edit_row(std::string(rows::counters_key), wrong, right);
  }
}

TEST_F(CheckTest, NamesAnotherRoot) {
  edit_row(std::string(rows::counters_key), "\"tree_root\":\"", "\"tree_root\":\"0");
  EXPECT_THAT(findings(), ElementsAre("counters : tree_root is not a digest"));
  put_row(std::string(rows::counters_key), rows::encode(rows::Counters{5, 10, 1, 3, 1, 1, 5, Digest{}}));
  ASSERT_EQ(report().findings.size(), 1U);
  EXPECT_EQ(report().findings[0].id, "tree_root");
}

TEST_F(CheckTest, NamesMissingCounters) {
  remove_row(std::string(rows::counters_key));
  EXPECT_THAT(findings(), ElementsAre("counters : is missing"));
}

TEST_F(CheckTest, NamesKeysOfNoKind) {
  put_row("X1", "");
  put_row("Jshort", "");
  EXPECT_THAT(findings(), ElementsAre("database 4a73686f7274: is a key of no kind we know",
                                      "database 5831: is a key of no kind we know"));
}

}  // namespace
}  // namespace sohoa
