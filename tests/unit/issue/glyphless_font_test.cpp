#include "pipeline/issue/glyphless_font.hpp"

#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <vector>

#include "pipeline/issue/deflate.hpp"

namespace sohoa::issue {
namespace {

std::uint32_t u32(ByteView bytes, std::size_t at) {
  return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 | std::uint32_t{bytes[at + 2]} << 8 |
         bytes[at + 3];
}

std::uint32_t sum_of(ByteView bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i + 4 <= bytes.size(); i += 4) sum += u32(bytes, i);
  return sum;
}

TEST(GlyphlessFont, HasTheTenTablesInOrderWithTrueChecksums) {
  const Bytes font = glyphless_font();
  EXPECT_EQ(font.size() % 4, 0u);
  EXPECT_EQ(sum_of(font), 0xB1B0AFBAu);  // OpenType, "head": checksumAdjustment
  std::string tags;
  for (std::size_t i = 0; i < 10; ++i) {
    const std::size_t entry = 12 + 16 * i;
    const std::string tag(as_text(ByteView(font).subspan(entry, 4)));
    tags += tag + ' ';
    const auto offset = u32(font, entry + 8);
    const auto length = u32(font, entry + 12);
    ASSERT_LE(offset + length, font.size());
    EXPECT_GT(length, 0u) << tag;
    if (tag == "head") continue;  // its sum is taken with the adjustment at zero
    EXPECT_EQ(sum_of(ByteView(font).subspan(offset, (length + 3) / 4 * 4)), u32(font, entry + 4)) << tag;
  }
  EXPECT_EQ(tags, "OS/2 cmap glyf head hhea hmtx loca maxp name post ");
}

TEST(GlyphlessFont, TablesHaveTheLengthsThatTheirVersionsAskFor) {
  const Bytes font = glyphless_font();
  const std::map<std::string, std::uint32_t> lengths = {{"OS/2", 96}, {"head", 54}, {"hhea", 36}, {"hmtx", 8},
                                                        {"loca", 6},  {"maxp", 32}, {"post", 32}, {"cmap", 44}};
  for (std::size_t i = 0; i < 10; ++i) {
    const std::string tag(as_text(ByteView(font).subspan(12 + 16 * i, 4)));
    if (const auto known = lengths.find(tag); known != lengths.end()) {
      EXPECT_EQ(u32(font, 12 + 16 * i + 12), known->second) << tag;
    }
  }
}

TEST(GlyphlessFont, MapOfAllCidsCompressesToNextToNothing) {
  const Bytes map = all_cids_to_empty_glyph();
  EXPECT_EQ(map.size(), 131072u);
  EXPECT_EQ(map[0], 0);
  EXPECT_EQ(map[1], 1);
  const auto packed = deflated(map);
  ASSERT_TRUE(packed);
  EXPECT_LT(packed->size(), 400u);
}

TEST(GlyphCodes, AreUtf16UnitsAndBorrowedOnesBeyond) {
  GlyphCodes codes;
  EXPECT_TRUE(codes.empty());
  EXPECT_EQ(codes.code_of(U'ế'), 0x1EBF);
  EXPECT_EQ(codes.code_of(U'𝄞'), 0xE000);
  EXPECT_EQ(codes.code_of(U'\uE000'), 0xE001);
  EXPECT_EQ(codes.code_of(U'𝄞'), 0xE000);
  EXPECT_EQ(codes.code_of(static_cast<char32_t>(0xD800)), 0xFFFD);
  EXPECT_EQ(codes.code_of(static_cast<char32_t>(0x110000)), 0xFFFD);
  const std::string cmap = codes.to_unicode_cmap();
  EXPECT_NE(cmap.find("<1ebf><1ebf>\n"), std::string::npos);
  EXPECT_NE(cmap.find("<e000><d834dd1e>"), std::string::npos);
  EXPECT_NE(cmap.find("<e001><e000>"), std::string::npos);
}

TEST(GlyphCodes, SectionsOfTheMapHoldAtMostAHundred) {
  GlyphCodes codes;
  for (char32_t c = 0x1000; c < 0x1000 + 214; ++c) codes.code_of(c);
  std::istringstream lines(codes.to_unicode_cmap());
  std::vector<int> stated, found;
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with(" beginbfchar")) stated.push_back(std::stoi(line)), found.push_back(0);
    if (line.starts_with("<1")) ++found.back();
  }
  EXPECT_EQ(stated, (std::vector<int>{100, 100, 14}));
  EXPECT_EQ(found, stated);
}

TEST(GlyphCodes, KeepWorkingWhenThePrivateAreaIsUsedUp) {
  GlyphCodes codes;
  for (char32_t c = 0x20000; c < 0x20000 + 6400; ++c) EXPECT_NE(codes.code_of(c), 0xFFFD);
  EXPECT_EQ(codes.code_of(0x30000), 0xFFFD);
  EXPECT_EQ(codes.code_of(0x20000), 0xE000);
}

}  // namespace
}  // namespace sohoa::issue
