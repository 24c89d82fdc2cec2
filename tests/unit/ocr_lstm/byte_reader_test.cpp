#include "ocr/lstm/byte_reader.hpp"

#include <gtest/gtest.h>

namespace sohoa::ocr::lstm {
namespace {

TEST(ByteReader, ReadsLittleEndianValuesInOrder) {
  const Bytes bytes{0xFE, 0x01, 0x02, 0x03, 0x00, 0x00, 0x00, 'a', 'b', 'c', 0x00, 0x00, 0x80, 0x3F};
  ByteReader in(bytes);
  EXPECT_EQ(*in.read<std::int8_t>(), -2);
  EXPECT_EQ(*in.read<std::uint16_t>(), 0x0201);
  EXPECT_EQ(in.remaining(), 11U);
  EXPECT_EQ((*in.bytes(1))[0], 0x03);
  EXPECT_EQ((*in.bytes(3)).size(), 3U);
  EXPECT_EQ(as_text(*in.bytes(3)), "abc");
  EXPECT_EQ(*in.read<float>(), 1.0F);
  EXPECT_TRUE(in.at_end());
}

TEST(ByteReader, ReadsStringsWithTheirLength) {
  const Bytes bytes{3, 0, 0, 0, 'x', 'y', 'z', 0, 0, 0, 0};
  ByteReader in(bytes);
  EXPECT_EQ(*in.string(), "xyz");
  EXPECT_EQ(*in.string(), "");
  EXPECT_TRUE(in.at_end());
}

TEST(ByteReader, StaysWhereItIsWhenTooLittleIsLeft) {
  const Bytes bytes{200, 0, 0, 0, 'x'};
  ByteReader in(bytes);
  EXPECT_EQ(in.read<double>().error().code, ErrorCode::invalid_input);
  EXPECT_EQ(in.bytes(6).error().code, ErrorCode::invalid_input);
  EXPECT_EQ(in.string().error().code, ErrorCode::invalid_input);
  EXPECT_EQ(in.remaining(), bytes.size());
  EXPECT_EQ(*in.read<std::uint32_t>(), 200U);
}

}  // namespace
}  // namespace sohoa::ocr::lstm
