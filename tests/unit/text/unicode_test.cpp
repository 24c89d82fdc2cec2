#include "pipeline/text/unicode.hpp"

#include <gtest/gtest.h>

namespace sohoa::text {
namespace {

TEST(Unicode, ComposesVietnamese) {
  EXPECT_EQ(nfc("Quye\u0302\u0301t \u0111i\u0323nh"), "Quyết định");
}

TEST(Unicode, ReplacesMalformedBytesAndDropsControls) {
  EXPECT_EQ(nfc("a\xff\x62"), "a\uFFFDb");
  EXPECT_EQ(nfc(std::string_view("a\0\x1b"
                                 "b\n",
                                 5)),
            "ab\n");
}

TEST(Unicode, StripsMarksAndBars) {
  EXPECT_EQ(without_marks("ĐẶNG Thị Thủy đường"), "DANG Thi Thuy duong");
}

TEST(Unicode, FoldsSpaces) {
  EXPECT_EQ(folded_spaces(" \t a\u00a0\n b "), "a b");
}

}  // namespace
}  // namespace sohoa::text
