#include "pipeline/issue/json_pages.hpp"

#include <fcntl.h>

#include "pipeline/issue/issue_document.hpp"
#include "tests/unit/issue/documents.hpp"
#include "tests/unit/issue/images.hpp"
#include "tests/unit/issue/tools.hpp"

namespace sohoa {
namespace {

class JsonPagesTest : public testing::Test {
 protected:
  StoredObject issue(std::vector<Result<ReadPage>> pages, const std::vector<Field>& locked = {}) {
    MadePages made(std::move(pages));
    auto document = document_of(made);
    document.inspection.notes = {"encrypted with an empty password"};
    document.options.languages = "vie+eng";
    document.locked_fields = locked;
    auto issued = issue_document(document, store_);
    EXPECT_TRUE(issued);
    return issued ? issued->json : StoredObject{};
  }
  Result<issue::JsonPages> open(const std::string& text) {
    return issue::JsonPages::open(UniqueFd(::open(folder_.put("result.json", as_bytes(text)).c_str(), O_RDONLY)));
  }

  MemoryStore store_;
  Folder folder_;
};

/// A page on which every member is something else than its default.
ReadPage rich_page() {
  auto read = letter();
  auto& page = read.page;
  page.quality.turn = Turn::clockwise_270;
  page.quality.turn_confidence = 0.75F;
  page.quality.skew_degrees = -1.25F;
  page.quality.colour = ColourKind::colour;
  page.quality.dpi = {299.9};
  page.quality.dpi_estimated = true;
  page.quality.cut_edges = true;
  page.quality.seals = {{{500, 900, 120, 120}, 0.875F}};
  page.findings = {{"cut_edges", Severity::warning, "content touches the edge"}};
  page.times = {{"decode", 0.0123}};
  page.barcodes = {{BarcodeFormat::qr, "a|b", {1, 2, 3, 4}}};
  page.hash = PageHash{sha256(as_bytes("sheet")).bytes, sha256(as_bytes("content")).bytes};
  auto& word = page.blocks[0].lines[0].words[0];
  word.certainty = 0.875F;
  word.alternatives = {{"Ủy", -0.25F}};
  word.correction = Correction{"cb-01", "2026-11-23T08:00:00.000+07:00", "UY"};
  return read;
}

TEST_F(JsonPagesTest, WhatIsReadBackGivesTheSameResult) {
  Field number;
  number.name = FieldName::number_symbol;
  number.value = "47/QĐ-UBND";
  number.raw = "4T/QD-UBND";
  number.page = {1};
  number.box = {1, 2, 3, 4};
  number.confidence = 1;
  number.rule = "officer";
  number.correction = Correction{"cb-01", "2026-11-23T08:00:00.000+07:00", "41/QĐ-UBND"};
  const auto pages = std::vector<Result<ReadPage>>{rich_page(), Error{ErrorCode::unavailable, "worker died"}, letter()};
  const auto first = store_.text(issue(pages, {number}));
  const auto back = open(first);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->page_count(), 3U);
  EXPECT_EQ(back->languages(), "vie+eng");
  EXPECT_EQ(back->source_notes(), std::vector<std::string>{"encrypted with an empty password"});
  ASSERT_EQ(back->fields().size(), 1U);
  EXPECT_EQ(back->fields()[0].correction, number.correction);

  std::vector<Result<ReadPage>> again;
  for (std::uint32_t number_of_page = 1; number_of_page <= 3; ++number_of_page) {
    const auto page = back->page({number_of_page});
    ASSERT_TRUE(page) << page.error().message;
    if (const auto* read = std::get_if<RecognizedPage>(&*page)) {
      again.emplace_back(ReadPage{*read, letter().canvas});
    } else {
      again.emplace_back(std::get<Error>(*page));
    }
  }
  EXPECT_EQ(store_.text(issue(std::move(again), back->fields())), first);
}

TEST_F(JsonPagesTest, RefusesWhatIsCutOffOrNoResult) {
  const auto whole = store_.text(issue({letter(), letter()}));
  ASSERT_TRUE(open(whole));
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    const auto cut = open(whole.substr(0, size));
    ASSERT_FALSE(cut) << size;
    EXPECT_EQ(cut.error().code, ErrorCode::data_loss);
  }
  EXPECT_FALSE(open("{}\n{}\n"));
  EXPECT_FALSE(open("\n\n\n"));

  auto changed = whole;
  changed.replace(changed.find("\"width\":827"), 11, "\"width\":\"a\"");
  const auto damaged = open(changed);
  ASSERT_TRUE(damaged);
  EXPECT_FALSE(damaged->page({1}));
  EXPECT_TRUE(damaged->page({2}));
  EXPECT_FALSE(damaged->page({3}));
  EXPECT_FALSE(damaged->page({0}));
}

}  // namespace
}  // namespace sohoa
