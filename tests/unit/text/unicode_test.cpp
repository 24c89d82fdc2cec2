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

TEST(Unicode, LeavesAloneWhatIsInNfcAndNothingElse) {
  for (const auto* clean : {"", "plain\n\ttext", "Quyết định số 15/QĐ-UBND – “Thủy”", "đ", "한"})
    EXPECT_EQ(nfc(clean), clean);
  EXPECT_EQ(nfc("a\x7f"), "a");
  EXPECT_EQ(nfc("\u0085a\u00a0"), "a\u00a0") << "controls above 0x7f";
  EXPECT_EQ(nfc("e\u0302\u0301 Quyết"), "ế Quyết");
  EXPECT_EQ(nfc("Quy\xe1\xba"), "Quy\uFFFD") << "cut off";
  EXPECT_EQ(nfc("\xc3("), "\uFFFD(");
  EXPECT_NE(nfc("\xe0\x80\xaf"), "\xe0\x80\xaf") << "too long a form";
  EXPECT_EQ(nfc("\U0001F600"), "\U0001F600");
}

TEST(Unicode, StripsMarksAndBars) {
  EXPECT_EQ(without_marks("ĐẶNG Thị Thủy đường"), "DANG Thi Thuy duong");
}

TEST(Unicode, FoldsSpaces) {
  EXPECT_EQ(folded_spaces(" \t a\u00a0\n b "), "a b");
}

TEST(Case, IsThatOfEveryVietnameseLetter) {
  const std::u32string small = U"aàảãáạăằẳẵắặâầẩẫấậđeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ";
  const std::u32string large = U"AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬĐEÈẺẼÉẸÊỀỂỄẾỆIÌỈĨÍỊOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢUÙỦŨÚỤƯỪỬỮỨỰYỲỶỸÝỴ";
  for (std::size_t i = 0; i < small.size(); ++i) {
    EXPECT_EQ(upper(small[i]), large[i]) << i;
    EXPECT_EQ(upper(large[i]), large[i]) << i;
    EXPECT_EQ(lower(large[i]), small[i]) << i;
  }
  EXPECT_EQ(upper(U'7'), U'7');
}

}  // namespace
}  // namespace sohoa::text
