#include "pipeline/rules/page_order.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sohoa::rules {
namespace {

using Numbers = std::vector<std::uint32_t>;

struct Case {
  const char* name;
  Numbers printed;  ///< image by image; 0: no number, 999: a blank back
  std::uint32_t sticky_notes = 0;
  Numbers out_of_order = {}, repeated = {}, missing = {};
};

PaperFacts facts_of(const Numbers& printed) {
  PaperFacts facts;
  for (const auto number : printed) {
    ImageFacts image;
    image.page = {static_cast<std::uint32_t>(facts.images.size() + 1)};
    image.blank = number == 999;
    image.printed_number = image.blank ? 0 : number;
    facts.images.push_back(image);
  }
  return facts;
}

TEST(PageOrderTest, FindsWhatPrintedNumbersShow) {
  const std::vector<Case> cases{{"no image", {}},
                                {"no number", {0, 0, 0}},
                                {"the usual: page 1 bears none", {0, 2, 3, 4}},
                                {"numbers from page 1 on", {1, 2, 3}},
                                {"some could not be read", {0, 2, 0, 4, 0, 0, 7}},
                                {"two were swapped", {0, 3, 2, 4}, 0, {3}},
                                {"two later ones were swapped", {0, 2, 4, 3, 5}, 0, {4}},
                                {"the stack was upside down", {5, 4, 3, 0}, 0, {2, 3}},
                                {"a page was left out", {0, 2, 4, 5}, 0, {}, {}, {3}},
                                {"several were left out", {0, 2, 6}, 0, {}, {}, {3, 4, 5}},
                                {"the first ones were left out", {4, 5}, 0, {}, {}, {1, 2, 3}},
                                {"a page came twice", {0, 2, 2, 3}, 0, {}, {3}},
                                {"a page with a sticky note came twice, as it should", {0, 2, 2, 3}, 1},
                                {"more pages came twice than have sticky notes", {0, 2, 2, 3, 3}, 1, {}, {5}},
                                {"an annex begins anew", {0, 2, 3, 0, 2, 3}},
                                {"an annex begins anew at 1", {0, 2, 3, 1, 2}},
                                {"blank backs that were not counted", {0, 999, 2, 999, 3, 999}},
                                {"blank backs that were counted", {0, 999, 3, 999, 5}},
                                {"a misread number says nothing", {0, 2, 9, 4, 5}},
                                {"a number of four digits is no gap of thousands", {0, 2, 2025}}};
  for (const auto& [name, printed, sticky_notes, out_of_order, repeated, missing] : cases) {
    SCOPED_TRACE(name);
    const auto found = page_order(facts_of(printed), sticky_notes);
    EXPECT_EQ(found.out_of_order, out_of_order);
    EXPECT_EQ(found.repeated, repeated);
    EXPECT_EQ(found.missing, missing);
  }
}

TEST(PageOrderTest, MissesTheEndWhereTheTotalIsPrinted) {
  auto facts = facts_of({1, 2, 3});
  for (auto& image : facts.images) image.printed_total = 5;
  EXPECT_EQ(page_order(facts, 0).missing, (Numbers{4, 5}));
  facts = facts_of({1, 2, 0, 0, 0});
  facts.images[1].printed_total = 5;
  EXPECT_EQ(page_order(facts, 0).missing, Numbers{}) << "the last ones may just not be readable";
}

}  // namespace
}  // namespace sohoa::rules
