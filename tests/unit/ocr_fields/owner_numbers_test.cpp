#include "ocr/fields/owner_numbers.hpp"

#include <gtest/gtest.h>

namespace sohoa::fields {
namespace {

TEST(TaxCode, IsHeldAgainstItsCheckDigit) {
  EXPECT_TRUE(is_tax_code("0100047516"));
  EXPECT_TRUE(is_tax_code("0100047516-001"));
  for (const char* wrong :
       {"0100047517", "0100047561", "010004751", "01000475160", "0100047516001", "0100047516-01", "01000a7516", ""}) {
    EXPECT_FALSE(is_tax_code(wrong)) << wrong;
  }
}

TEST(TaxCode, NoticesAnyOneWrongDigit) {
  const std::string right = "0100047516";
  for (std::size_t i = 0; i < right.size(); ++i) {
    for (char c = '0'; c <= '9'; ++c) {
      auto changed = right;
      changed[i] = c;
      EXPECT_EQ(is_tax_code(changed), changed == right) << changed;
    }
  }
}

TEST(PersonalIdentifier, TellsPlaceSexAndYear) {
  const auto woman = read_personal_identifier("051185000123");
  ASSERT_TRUE(woman);
  EXPECT_EQ(woman->place, 51);
  EXPECT_EQ(woman->sex, Sex::female);
  EXPECT_EQ(woman->birth_year, 1985);
  const auto boy = read_personal_identifier("001210000123");
  ASSERT_TRUE(boy);
  EXPECT_EQ(boy->sex, Sex::male);
  EXPECT_EQ(boy->birth_year, 2010);
  for (const char* wrong : {"003085000123", "099085000123", "000085000123", "001985000123", "05118500012",
                            "0511850001234", "05118500012a"}) {
    EXPECT_FALSE(read_personal_identifier(wrong)) << wrong;
  }
}

TEST(CardQr, GivesTheFieldsOfOldAndNewCards) {
  const std::string seven = "051185000123|212345678|Lê Thị Mẫu|05031985|Nữ|Xã Hòa Lâm, Nam Sơn|01072021";
  const auto card = read_card_qr(seven);
  ASSERT_TRUE(card);
  EXPECT_EQ(card->identifier, "051185000123");
  EXPECT_EQ(card->old_number, "212345678");
  EXPECT_EQ(card->name, "Lê Thị Mẫu");
  EXPECT_EQ(card->birth.iso(), "1985-03-05");
  EXPECT_EQ(card->sex, Sex::female);
  EXPECT_EQ(card->issued.iso(), "2021-07-01");
  EXPECT_TRUE(read_card_qr(seven + "||Lê Văn Cha|Trần Thị Mẹ"));
  EXPECT_TRUE(read_card_qr("051085000123||Lê Mẫu|05031985|Nam|Nam Sơn|01072021"));
}

TEST(CardQr, RefusesWhatCannotBeOne) {
  for (const char* wrong :
       {"", "https://example.org", "051185000123|1|Lê Thị Mẫu|05031985|Nữ|Nam Sơn|01072021",
        "003185000123||Lê Thị Mẫu|05031985|Nữ|Nam Sơn|01072021",
        "051185000123||Lê Thị Mẫu|05131985|Nữ|Nam Sơn|01072021", "051185000123||Lê Thị Mẫu|05031985|Nữ|Nam Sơn|2021",
        "051185000123||Lê Thị Mẫu|05031985|Nữ|Nam Sơn"}) {
    EXPECT_FALSE(read_card_qr(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace sohoa::fields
