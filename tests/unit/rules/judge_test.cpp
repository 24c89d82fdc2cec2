#include "pipeline/rules/judge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/small_office.hpp"

namespace sohoa::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A good scan of two pages, and what is changed in it.
class JudgeTest : public ::testing::Test {
 protected:
  JudgeTest() {
    for (std::uint32_t page = 1; page <= 2; ++page) facts_.images.push_back({{page}, false, true, 300});
    component_.pages = 2;
  }
  std::vector<std::string> codes() {
    std::vector<std::string> codes;
    for (const auto& finding : findings()) {
      codes.push_back((finding.severity == Severity::error ? "error " : "warning ") + finding.code);
    }
    return codes;
  }
  std::vector<RuleFinding> findings() { return judge(rules_, component_, facts_); }
  ImageFacts& image(std::size_t page) { return facts_.images[page - 1]; }

  const Catalogue catalogue_ = test::small_catalogue();
  RuleSet rules_ = *catalogue_.rule_set({"decree-118-2025"});
  DossierComponent component_{{"TP1"}, {"GKS"}};
  PaperFacts facts_;
};

TEST_F(JudgeTest, LetsAGoodScanPass) {
  EXPECT_THAT(codes(), IsEmpty());
}

TEST_F(JudgeTest, BlocksAPageThatCouldNotBeRead) {
  image(2).failed = true;
  ASSERT_THAT(codes(), ElementsAre("error page_failed"));
  EXPECT_THAT(findings()[0].pages, ElementsAre(2));
  EXPECT_EQ(findings()[0].vietnamese, "Không đọc được trang 2; cần quét lại.");
  EXPECT_TRUE(blocks(findings()));
}

TEST_F(JudgeTest, BlocksFewerImagesThanPages) {
  component_.pages = 3;
  ASSERT_THAT(codes(), ElementsAre("error images_missing"));
  EXPECT_EQ(findings()[0].english, "The paper has 3 pages: 3 images are needed, 2 were scanned.");
}

TEST_F(JudgeTest, BlocksMoreImagesThanPages) {
  component_.pages = 1;
  EXPECT_THAT(codes(), ElementsAre("error images_surplus"));
}

TEST_F(JudgeTest, AsksAboutMoreImagesWhereTheyAreBlankBacks) {
  component_.pages = 1;
  image(2).blank = true;
  EXPECT_THAT(codes(), ElementsAre("warning images_surplus", "warning blank_page"));
  EXPECT_FALSE(blocks(findings()));
}

TEST_F(JudgeTest, WantsAPageWithAStickyNoteTwice) {
  component_.sticky_notes = 1;
  ASSERT_THAT(codes(), ElementsAre("error images_missing"));
  EXPECT_THAT(findings()[0].vietnamese, HasSubstr("1 trang có giấy nhớ quét hai lần, cần 3 ảnh"));
  facts_.images.push_back({{3}, false, true, 300});
  EXPECT_THAT(codes(), IsEmpty());
}

TEST_F(JudgeTest, AsksWherePagesWereNotCounted) {
  component_.pages = 0;
  EXPECT_THAT(codes(), ElementsAre("warning pages_not_counted"));
}

TEST_F(JudgeTest, BlocksTooLowAResolution) {
  image(1).dpi = 199.4;
  ASSERT_THAT(codes(), ElementsAre("error dpi_too_low"));
  EXPECT_THAT(findings()[0].pages, ElementsAre(1));
  image(1).dpi = 199.6;
  EXPECT_THAT(codes(), IsEmpty()) << "200 dpi but for rounding";
}

TEST_F(JudgeTest, AsksWhereTheResolutionIsOnlyEstimated) {
  image(1).dpi = 150;
  image(1).dpi_estimated = true;
  EXPECT_THAT(codes(), ElementsAre("warning dpi_unsure"));
}

TEST_F(JudgeTest, BlocksWhatIsNotInColour) {
  image(1).colour = ColourKind::grey;
  image(2).colour = ColourKind::bilevel;
  ASSERT_THAT(codes(), ElementsAre("error not_colour"));
  EXPECT_THAT(findings()[0].english, HasSubstr("Page 1-2"));
}

TEST_F(JudgeTest, AsksAboutBlankPages) {
  image(2).blank = true;
  image(2).colour = ColourKind::bilevel;
  EXPECT_THAT(codes(), ElementsAre("warning blank_page")) << "a blank page need not be in colour";
}

TEST_F(JudgeTest, AsksNoResolutionOrColourOfBornDigitalPages) {
  for (auto& image : facts_.images) image = {image.page, false, false, 0, false, ColourKind::bilevel};
  EXPECT_THAT(codes(), IsEmpty());
}

TEST_F(JudgeTest, AsksWhatTheRuleSetAsksAndNothingElse) {
  image(1).dpi = 100;
  image(1).colour = ColourKind::grey;
  image(2).blank = true;
  component_.pages = 5;
  rules_.minimum_dpi = 72;
  rules_.colour.required = rules_.images_equal_pages.required = rules_.no_blank_pages.required = false;
  EXPECT_THAT(codes(), IsEmpty());
  rules_.colour = {true, Severity::warning};
  EXPECT_THAT(codes(), ElementsAre("warning not_colour"));
}

TEST_F(JudgeTest, RefusesExemptPapersWithTheRulesName) {
  component_.form = PaperForm::photocopy;
  image(2).failed = true;
  ASSERT_THAT(codes(), ElementsAre("error exempt")) << "nothing else matters then";
  EXPECT_EQ(findings()[0].vietnamese, "Bản sao chụp không thuộc diện số hóa.");
  EXPECT_THAT(findings()[0].law, HasSubstr("Nghị định 118/2025/NĐ-CP"));
}

TEST_F(JudgeTest, EveryFormIsExemptOrNot) {
  const auto exempt = [&](const char* rules, PaperForm form) {
    component_.form = form;
    return exemption_of(*catalogue_.rule_set({rules}), component_).has_value();
  };
  for (const auto* rules : {"decree-107-2021", "decree-118-2025"}) {
    for (const auto form : {PaperForm::original, PaperForm::certified_electronic_copy})
      EXPECT_FALSE(exempt(rules, form));
    for (const auto form : {PaperForm::photocopy, PaperForm::certified_paper_copy, PaperForm::for_comparison,
                            PaperForm::confidential, PaperForm::shared_data, PaperForm::filed_online}) {
      EXPECT_TRUE(exempt(rules, form)) << name_of(form);
    }
  }
  EXPECT_FALSE(exempt("decree-107-2021", PaperForm::agency_appraisal));
  EXPECT_TRUE(exempt("decree-118-2025", PaperForm::agency_appraisal)) << "Circular 03/2025";
}

TEST_F(JudgeTest, HoldsOneRuleSetADay) {
  const auto on = [&](const char* day) {
    const auto* rules = catalogue_.rules_on(*date_of(std::string_view(day)));
    return rules ? rules->id.value : "none";
  };
  EXPECT_EQ(on("2021-12-05"), "none");
  EXPECT_EQ(on("2021-12-06"), "decree-107-2021");
  EXPECT_EQ(on("2025-06-30"), "decree-107-2021");
  EXPECT_EQ(on("2025-07-01"), "decree-118-2025");
}

TEST_F(JudgeTest, AsksAboutPagesInTheWrongOrder) {
  facts_.images.push_back({{3}, false, true, 300});
  component_.pages = 3;
  image(1).printed_number = 2;
  image(2).printed_number = 4;
  image(3).printed_number = 3;
  ASSERT_THAT(codes(), ElementsAre("warning pages_out_of_order"));
  EXPECT_THAT(findings()[0].pages, ElementsAre(3));
  image(2).printed_number = 3;
  image(3).printed_number = 4;
  ASSERT_THAT(codes(), ElementsAre("warning pages_missing"));
  EXPECT_THAT(findings()[0].vietnamese, HasSubstr("Không thấy trang in số 1;"));
  rules_.page_order.required = false;
  EXPECT_THAT(codes(), IsEmpty());
}

TEST_F(JudgeTest, TellsWhichFieldsWereReadWithDoubt) {
  facts_.unsure_fields = {"number_symbol", "issue_date"};
  ASSERT_THAT(codes(), ElementsAre("warning fields_unsure"));
  EXPECT_THAT(findings()[0].vietnamese, HasSubstr("số, ký hiệu, ngày ban hành"));
}

}  // namespace
}  // namespace sohoa::rules
