#include "pipeline/issue/plan_marks.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace sohoa::issue {
namespace {

constexpr PageExtent a4{595, 842};

/// A page of 595 x 842 pixels, so that a pixel is a point, with lines where `boxes` say (from the top).
RecognizedPage page_with(const std::vector<PixelRect>& boxes) {
  RecognizedPage page;
  page.width = 595;
  page.height = 842;
  for (const auto& box : boxes) {
    TextLine line;
    line.box = box;
    Block block;
    block.box = box;
    block.lines.push_back(line);
    page.blocks.push_back(block);
  }
  return page;
}

MarkFacts facts() {
  MarkFacts made;
  made.code = "QD.47.01";
  made.dossier = "000.00.01.H12-221130-0001";
  made.paper_name = "Quyết định";
  made.system = "Sohoa";
  made.agency = "Ủy ban nhân dân xã Mẫu";
  made.by_name = "Nguyễn Thị Mẫu";
  made.at = WallTime(std::chrono::milliseconds(1'795'395'600'000));
  made.person_signs = made.agency_signs = true;
  return made;
}

std::vector<PointRect> places(const PageMarks& marks) {
  std::vector<PointRect> all{marks.qr_place};
  for (const auto& mark : marks.texts) all.push_back(mark.place);
  for (const auto& mark : marks.appearances) all.push_back(mark.text.place);
  return all;
}

bool overlap(const PointRect& a, const PointRect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.top() && b.y < a.top();
}

void expect_apart(const PageMarks& marks) {
  const auto all = places(marks);
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_GE(all[i].x, 0);
    EXPECT_LE(all[i].right(), a4.width);
    EXPECT_LE(all[i].top(), a4.height);
    for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(overlap(all[i], all[j])) << i << " and " << j;
  }
}

TEST(PlanMarks, PersonTopLeftAgencyTopRightOnAFreeMargin) {
  const auto marks = plan_marks(facts(), page_with({{80, 70, 430, 700}}), a4);
  expect_apart(marks);
  ASSERT_EQ(marks.appearances.size(), 2U);
  EXPECT_LT(marks.qr_place.x, 30);
  EXPECT_LT(marks.appearances[0].text.place.right(), 400);
  EXPECT_GT(marks.appearances[1].text.place.right(), 560);
  for (const auto& place : places(marks)) EXPECT_GT(place.y, 842 - 70) << "within the top margin";
}

TEST(PlanMarks, NothingThatStandsThereIsCovered) {
  const std::vector<PixelRect> text{{10, 5, 200, 60}, {400, 5, 190, 40}, {80, 120, 430, 600}};
  auto page = page_with(text);
  page.ink.emplace();
  for (int row = 0; row < 6; ++row) {  // a stamp without words: cells of 6.2 x 8.8 points
    for (int column = 40; column < 60; ++column) page.ink->set(row, column);
  }
  const auto marks = plan_marks(facts(), page, a4);
  expect_apart(marks);
  for (const auto& place : places(marks)) {
    for (const auto& box : text) {
      EXPECT_FALSE(overlap(place, {double(box.x), 842.0 - box.bottom(), double(box.width), double(box.height)}));
    }
    EXPECT_FALSE(overlap(place, {40 * 595.0 / 96, 842 - 6 * 842.0 / 96, 20 * 595.0 / 96, 6 * 842.0 / 96}));
  }
}

TEST(PlanMarks, AFullPageIsMarkedAllTheSame) {
  const auto marks = plan_marks(facts(), page_with({{0, 0, 595, 842}}), a4);
  expect_apart(marks);
}

TEST(PlanMarks, TheCodeTellsWhatTheLawWants) {
  auto told = facts();
  told.kind = IssueKind::result;
  told.procedure = "1.001776";
  told.owner = "079201012345";
  told.paper_name = "Giấy | khai sinh";
  told.validity = "2026-11-23/..";
  EXPECT_EQ(plan_marks(told, page_with({}), a4).qr_text,
            "000.00.01.H12-221130-0001|1.001776|079201012345|Giấy / khai sinh|Sohoa|2026-11-23T08:00:00+07:00|"
            "QD.47.01|2026-11-23/..");
}

TEST(PlanMarks, WhatIsNotKnownStaysEmptyInTheCode) {
  auto told = facts();
  told.dossier.clear();
  EXPECT_EQ(plan_marks(told, page_with({}), a4).qr_text, "|||Quyết định|Sohoa|2026-11-23T08:00:00+07:00|QD.47.01|");
}

TEST(PlanMarks, ElectronicCopiesNameTheirFormWithoutAPerson) {
  auto told = facts();
  told.kind = IssueKind::electronic_copy;
  told.form = CopyForm::sao_luc;
  told.person_signs = false;
  const auto marks = plan_marks(told, page_with({}), a4);
  ASSERT_EQ(marks.appearances.size(), 1U);
  EXPECT_EQ(marks.appearances[0].text.lines,
            (std::vector<std::string>{"SAO LỤC", "Ủy ban nhân dân xã Mẫu", "2026-11-23T08:00:00+07:00"}));
  EXPECT_EQ(marks.appearances[0].text.size, 10);
}

Field field(FieldName name, std::uint32_t page, PixelRect box) {
  Field made;
  made.name = name;
  made.page = {page};
  made.box = box;
  return made;
}

TEST(PlanMarks, AResultIsSealedWhereItIsSigned) {
  auto page = page_with({});
  page.number = {3};
  const auto title = field(FieldName::signer_title, 3, {350, 600, 140, 30});
  const auto name = field(FieldName::signer_name, 3, {340, 720, 160, 20});
  const auto place = signature_place(title, name, page, a4);
  ASSERT_TRUE(place);
  EXPECT_EQ(place->page, 3U);
  EXPECT_EQ(place->between, (PointRect{340, 842 - 720, 160, 90}));

  auto told = facts();
  told.kind = IssueKind::result;
  told.signature_place = place;
  told.seal = told.handwriting = std::make_shared<const ImageStream>();
  const auto marks = plan_marks(told, page_with({}), a4);
  ASSERT_EQ(marks.appearances.size(), 2U);
  const auto &hand = marks.appearances[0], &seal = marks.appearances[1];
  EXPECT_EQ(hand.page, 3U);
  EXPECT_EQ(seal.page, 3U);
  EXPECT_NEAR(seal.text.place.width, 36 * 72 / 25.4, 1e-6) << "real size";
  EXPECT_LT(seal.text.place.x, hand.text.place.x);
  const double covered = seal.text.place.right() - hand.text.place.x;
  EXPECT_NEAR(covered / hand.text.place.width, 1.0 / 3, 0.01) << "on its left (Decree 30/2020)";
}

TEST(PlanMarks, NoPlaceOfSigningIsMadeUp) {
  auto page = page_with({});
  page.number = {3};
  const auto title = field(FieldName::signer_title, 3, {350, 600, 140, 30});
  EXPECT_FALSE(signature_place(title, field(FieldName::signer_name, 4, {340, 720, 160, 20}), page, a4));
  EXPECT_FALSE(signature_place(title, field(FieldName::signer_name, 3, {340, 500, 160, 20}), page, a4)) << "above it";
}

}  // namespace
}  // namespace sohoa::issue
