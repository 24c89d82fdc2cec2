#include "pipeline/text/edit_distance.hpp"

#include <gtest/gtest.h>

#include <string>

namespace sohoa::text {
namespace {

TEST(EditDistance, CountsBytesChangedMissingAndAdded) {
  EXPECT_EQ(edit_distance("thongbao", "thongcao"), 1U);
  EXPECT_EQ(edit_distance("079201012345", "079201012845"), 1U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(EditDistance, OfAPartCountsWhatIsWrongInTheBestStretchAlone) {
  const std::u32string text = U"Ủy ban nhân dân xã Mẫu";
  EXPECT_EQ(edit_distance_to_part(std::u32string(U"nhân dân"), text), 0U);
  EXPECT_EQ(edit_distance_to_part(std::u32string(U"nhan dân"), text), 1U);
  EXPECT_EQ(edit_distance(std::u32string(U"nhan dân"), std::u32string(U"nhân dân")), 1U) << "in code points";
}

}  // namespace
}  // namespace sohoa::text
