#include "ocr/lstm/recoder.hpp"

#include <gtest/gtest.h>

#include "tests/unit/ocr_lstm/model_bytes.hpp"

namespace sohoa::ocr::lstm {
namespace {

using test::recoder_bytes;

TEST(Recoder, MapsCodesToCharacters) {
  const auto recoder = Recoder::parse(recoder_bytes({{0}, {4}, {4}, {2}, {1}, {2}}), 6, 4);
  ASSERT_TRUE(recoder);
  EXPECT_EQ(recoder->code_range(), 5);
  EXPECT_EQ(recoder->unichar(0), 0);
  EXPECT_EQ(recoder->unichar(1), 4);
  EXPECT_EQ(recoder->unichar(2), 5) << "of two ids with one code the last is written";
  EXPECT_EQ(recoder->unichar(3), no_unichar);
  EXPECT_EQ(recoder->unichar(4), no_unichar) << "the null code";
}

TEST(Recoder, OrdersCodesByTheirFirstId) {
  const auto recoder = Recoder::parse(recoder_bytes({{0}, {4}, {4}, {2}, {1}, {2}}), 6, 4);
  ASSERT_TRUE(recoder);
  EXPECT_EQ(recoder->order(0), 0);
  EXPECT_EQ(recoder->order(4), 1);
  EXPECT_EQ(recoder->order(2), 2);
  EXPECT_EQ(recoder->order(1), 3);
  EXPECT_EQ(recoder->order(3), -1);
  EXPECT_EQ(recoder->order(99), -1);
}

TEST(Recoder, RefusesWhatItCannotRead) {
  struct Row {
    const char* name;
    Bytes bytes;
    ErrorCode code;
  };
  auto truncated = recoder_bytes({{0}, {1}});
  truncated.pop_back();
  for (const auto& row :
       {Row{"two codes", recoder_bytes({{0}, {1, 0}}), ErrorCode::unsupported},
        Row{"no code", recoder_bytes({{0}, {}}), ErrorCode::unsupported},
        Row{"nothing has the null code", recoder_bytes({{0}, {2}}), ErrorCode::unsupported},
        Row{"another count", recoder_bytes({{0}, {1}, {1}}), ErrorCode::invalid_input},
        Row{"negative code", recoder_bytes({{1}, {-1}}), ErrorCode::invalid_input},
        Row{"huge code", recoder_bytes({{1}, {1 << 30}}), ErrorCode::invalid_input},
        Row{"truncated", truncated, ErrorCode::invalid_input}, Row{"empty", {}, ErrorCode::invalid_input}}) {
    const auto recoder = Recoder::parse(row.bytes, 2, 1);
    ASSERT_FALSE(recoder) << row.name;
    EXPECT_EQ(recoder.error().code, row.code) << row.name;
  }
}

}  // namespace
}  // namespace sohoa::ocr::lstm
