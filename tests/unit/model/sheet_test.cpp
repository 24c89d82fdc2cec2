#include "pipeline/model/sheet.hpp"

#include <gtest/gtest.h>

#include "pipeline/model/ids.hpp"
#include "pipeline/model/stack.hpp"

namespace sohoa {
namespace {

TEST(Sheet, ReadsWhatItWrites) {
  for (const auto& sheet : {Sheet{}, Sheet{Sheet::Kind::cover, "000.00.01.H12-221130-0001", "TP01"},
                            Sheet{Sheet::Kind::cover, "H01", ""}, Sheet{Sheet::Kind::cover, "Hồ sơ 7", "Đơn"}}) {
    EXPECT_EQ(sheet_of(payload_of(sheet)), sheet) << payload_of(sheet);
  }
}

TEST(Sheet, TakesNothingElseForASheet) {
  using namespace std::string_literals;
  const std::string others[] = {"",
                                "S",
                                "SOHOA1",
                                "SOHOA1|",
                                "SOHOA1|s",
                                "SOHOA1|S|",
                                "SOHOA1|S ",
                                " SOHOA1|S",
                                "SOHOA2|S",
                                "SOHOA1|D",
                                "SOHOA1|D|",
                                "SOHOA1|D|A",
                                "SOHOA1|D||TP1",
                                "SOHOA1|D|A|B|C",
                                "SOHOA1|D|A\n|B",
                                "SOHOA1|D|A|B\0"s,
                                "SOHOA1|D|A\x7F|",
                                "SOHOA1|D|" + std::string(201, 'x') + "|",
                                "SOHOA1|D|A|" + std::string(201, 'x'),
                                "034094004321||Nguyễn Văn An|01011994|Nam|Xã Hòa Lâm|10052021"};
  for (const auto& other : others) EXPECT_FALSE(sheet_of(other)) << other;
}

TEST(Sheet, OfAPageIsItsCoverBeforeItsSeparator) {
  const Barcode separator{BarcodeFormat::qr, "SOHOA1|S", {}}, cover{BarcodeFormat::qr, "SOHOA1|D|A|", {}};
  EXPECT_EQ(sheet_on({separator, cover})->dossier, "A");
  EXPECT_EQ(sheet_on({cover, separator})->dossier, "A");
  EXPECT_EQ(sheet_on({separator}), Sheet{});
  EXPECT_FALSE(sheet_on({}));
}

TEST(Split, ReadsWhatItWritesAndNothingElse) {
  for (const char* text : {"none", "sheets", "blank", "1", "12", "20000"}) {
    ASSERT_TRUE(split_of(text)) << text;
    EXPECT_EQ(text_of(*split_of(text)), text);
  }
  EXPECT_EQ(split_of(""), Split{});
  for (const char* text : {"0", "01", "-1", "+1", "1.5", "20001", "99999999999", "Sheets", "sheets ", "12p"}) {
    EXPECT_FALSE(split_of(text)) << text;
  }
}

TEST(StackSums, AreSaidInASentence) {
  EXPECT_EQ(text_of(StackSums{3, 9, 2, 1}), "12 pages: 3 documents of 9 pages, 2 sheets, 1 blank page");
  EXPECT_EQ(text_of(StackSums{1, 1, 0, 0}), "1 page: 1 document of 1 page, 0 sheets, 0 blank pages");
}

TEST(DocumentId, OfAPartDependsOnItsPagesAlone) {
  const auto stack = sha256(as_bytes("stack"));
  const auto id = DocumentId::of(stack, StackPart{1, 2, 3, ""});
  EXPECT_EQ(id.value.size(), 32U);
  EXPECT_EQ(DocumentId::of(stack, StackPart{7, 2, 3, "TP1"}), id);
  EXPECT_NE(DocumentId::of(stack, StackPart{1, 2, 4, ""}), id);
  EXPECT_NE(DocumentId::of(stack, StackPart{1, 3, 3, ""}), id);
  EXPECT_NE(DocumentId::of(sha256(as_bytes("other")), StackPart{1, 2, 3, ""}), id);
  EXPECT_EQ(DocumentId::of(stack, std::nullopt), DocumentId::of(stack));
}

}  // namespace
}  // namespace sohoa
