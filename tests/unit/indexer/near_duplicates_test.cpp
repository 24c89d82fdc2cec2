// The index against looking at every document in turn (the slow, obvious oracle), and against itself made anew.
#include "indexer/near_duplicates.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "archive/rocks_archive.hpp"
#include "indexer/compare.hpp"
#include "indexer/likeness.hpp"
#include "tests/unit/archive/samples.hpp"

namespace sohoa::indexer {
namespace {

using test::must;

/// Makes up fingerprints, and those of further scans of the same papers.
class Papers {
 public:
  explicit Papers(unsigned seed) : random_(seed) {}

  Fingerprint paper(std::size_t pages, bool with_text = true) {
    Fingerprint print;
    for (std::size_t i = 0; i < pages; ++i) print.pages.emplace_back(PageHash{bits(), bits()});
    if (!with_text) return print;
    print.text.words = 300 * pages + random_() % 50;
    for (std::size_t i = 0; i < TextSketch::size; ++i)
      print.text.minima.push_back(static_cast<std::uint32_t>(random_()));
    return print;
  }

  Fingerprint rescan(Fingerprint print, double text_kept = 0.7, double bits_turned = 0.08) {
    for (auto& least : print.text.minima) {
      if (!chance(text_kept)) least = static_cast<std::uint32_t>(random_());
    }
    for (auto& page : print.pages) {
      if (!page) continue;
      for (auto* view : {&page->by_sheet, &page->by_content}) {
        for (auto& byte : *view) {
          for (int bit = 0; bit < 8; ++bit) byte ^= static_cast<std::uint8_t>((chance(bits_turned) ? 1 : 0) << bit);
        }
      }
    }
    return print;
  }

  bool chance(double share) { return std::uniform_real_distribution<double>()(random_) < share; }

 private:
  PageHash::Bits bits() {
    PageHash::Bits made{};
    for (auto& byte : made) byte = static_cast<std::uint8_t>(random_());
    return made;
  }
  std::mt19937 random_;
};

class NearDuplicatesTest : public ::testing::Test {
 protected:
  NearDuplicatesTest()
      : archive_(must(RocksArchive::open(folder_ / "data", OpenMode::read_write, {&files_}))),
        index_(must(NearDuplicates::open(folder_ / "index", OpenMode::read_write))) {}

  DocumentId add(const Fingerprint& print) {
    auto document = must(test::try_document(archive_->objects(), "paper" + std::to_string(prints_.size())));
    document.fingerprint = print;
    must(archive_->append(document, {}));
    prints_[document.id] = print;
    return document.id;
  }
  std::vector<SimilarDocument> similar(const DocumentId& id, std::size_t limit = 10) {
    must(index_->catch_up(*archive_));
    return must(index_->similar(prints_.at(id), id, limit));
  }
  std::map<DocumentId, Likeness> found(const DocumentId& id) {
    std::map<DocumentId, Likeness> all;
    for (const auto& one : similar(id)) all[one.document] = one.likeness;
    return all;
  }
  std::map<DocumentId, Likeness> looked_for_one_by_one(const DocumentId& id) const {
    std::map<DocumentId, Likeness> all;
    for (const auto& [other, print] : prints_) {
      const auto one = likeness_of(prints_.at(id), print);
      if (one && other != id) all[other] = one->likeness;
    }
    return all;
  }

  test::TemporaryFolder folder_{"near-duplicates"};
  test::HastyFiles files_;
  std::unique_ptr<RocksArchive> archive_;
  std::unique_ptr<NearDuplicates> index_;
  std::map<DocumentId, Fingerprint> prints_;
  Papers papers_{5};
};

TEST_F(NearDuplicatesTest, FindsWhatLookingAtEveryDocumentFinds) {
  std::vector<DocumentId> ids;
  for (int i = 0; i < 120; ++i) {
    auto print = papers_.paper(1 + static_cast<std::size_t>(i) % 5);
    ids.push_back(add(print));
    if (i % 3 == 0) ids.push_back(add(papers_.rescan(print)));
    if (i % 6 == 0) ids.push_back(add(papers_.rescan(print, 1, 0)));
  }
  std::size_t pairs = 0;
  for (const auto& id : ids) {
    const auto expected = looked_for_one_by_one(id);
    EXPECT_EQ(found(id), expected);
    pairs += expected.size();
  }
  EXPECT_GE(pairs, 120U);
}

TEST_F(NearDuplicatesTest, TellsWhatTheLikenessIs) {
  const auto print = papers_.paper(4);
  const auto first = add(print);
  const auto again = add(papers_.rescan(print));
  const auto same = add(papers_.rescan(print, 1, 0.001));
  auto anew = papers_.paper(4);
  anew.text = print.text;
  const auto printed_anew = add(anew);
  auto part = papers_.paper(2);
  part.pages = {print.pages[1], print.pages[2]};
  const auto two_pages = add(part);
  const std::map<DocumentId, Likeness> expected{{again, Likeness::rescan},
                                                {same, Likeness::same_scan},
                                                {printed_anew, Likeness::same_text},
                                                {two_pages, Likeness::part_of}};
  EXPECT_EQ(found(first), expected);
  EXPECT_EQ(similar(first).front().document, same);
  EXPECT_EQ(similar(first).front().pages_alike, 4U);
  EXPECT_EQ(similar(first, 2).size(), 2U);
}

TEST_F(NearDuplicatesTest, OneFormsPapersAreNotDuplicates) {
  const auto form = papers_.paper(1);
  const auto first = add(form);
  for (int i = 0; i < 40; ++i) add(papers_.rescan(form, 0.12, 0.02));  // what the form itself says
  EXPECT_TRUE(found(first).empty());
}

TEST_F(NearDuplicatesTest, FindsOneAmongHundredsOffTheSameForm) {
  const auto form = papers_.paper(1);
  Fingerprint one;
  DocumentId first;
  for (int i = 0; i < 400; ++i) {
    const auto paper = papers_.rescan(form, 0.6, 0.02);
    const auto id = add(paper);
    if (i == 250) one = paper, first = id;
  }
  const auto again = add(papers_.rescan(one, 0.9, 0.05));
  const auto alike = similar(again);
  ASSERT_FALSE(alike.empty());
  EXPECT_EQ(alike.front().document, first);
}

TEST_F(NearDuplicatesTest, PagesWithoutWordsAreKnownByTheirLook) {
  const auto picture = papers_.paper(1, false);
  const auto first = add(picture);
  const auto again = add(papers_.rescan(picture));
  add(papers_.paper(1, false));
  EXPECT_EQ(found(first), (std::map<DocumentId, Likeness>{{again, Likeness::rescan}}));
}

TEST_F(NearDuplicatesTest, EmptyAndBlankDocumentsResembleNothing) {
  Fingerprint blank;
  blank.pages.resize(3);
  const auto empty = add({}), first = add(blank), second = add(blank);
  EXPECT_TRUE(found(empty).empty());
  EXPECT_TRUE(found(first).empty());
  EXPECT_TRUE(found(second).empty());
}

TEST_F(NearDuplicatesTest, ThrownAwayAndMadeAnewItIsTheSame) {
  for (int i = 0; i < 30; ++i) {
    const auto print = papers_.paper(3);
    add(print);
    add(papers_.rescan(print));
    if (i % 7 == 0) must(index_->catch_up(*archive_));
    if (i == 15) index_.reset(), index_ = must(NearDuplicates::open(folder_ / "index", OpenMode::read_write));
  }
  must(index_->catch_up(*archive_));
  const auto fresh = must(NearDuplicates::open(folder_ / "fresh", OpenMode::read_write));
  must(fresh->catch_up(*archive_));
  EXPECT_TRUE(must(compare(*index_, *fresh, 10)).empty());
  EXPECT_EQ(must(index_->position()), must(fresh->position()));
  EXPECT_GT(must(fresh->rows_after("", 100'000)).size(), 60U * 32);
}

TEST(Likeness, IsSymmetric) {
  Papers papers(9);
  for (int i = 0; i < 200; ++i) {
    const auto one = papers.paper(1 + static_cast<std::size_t>(i) % 6);
    auto other = papers.rescan(one, 0.2 + 0.004 * i, 0.001 * i);
    if (i % 5 == 0) other.pages.resize(1), other.text.words /= 4;
    const auto there = likeness_of(one, other), back = likeness_of(other, one);
    ASSERT_EQ(there.has_value(), back.has_value());
    if (!there) continue;
    EXPECT_EQ(there->likeness, back->likeness);
    EXPECT_EQ(there->pages_alike, back->pages_alike);
  }
}

}  // namespace
}  // namespace sohoa::indexer
