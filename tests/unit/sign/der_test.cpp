#include <gtest/gtest.h>

#include "pipeline/sign/der_reader.hpp"
#include "pipeline/sign/times.hpp"

namespace sohoa::sign {
namespace {

using der::Reader;
using der::Tag;

struct Encoded {
  const char* name;
  Bytes bytes;
  bool readable;
};
class Elements : public ::testing::TestWithParam<Encoded> {};

TEST_P(Elements, AreReadOrRefused) {
  Reader reader(GetParam().bytes);
  reader.next();
  EXPECT_EQ(reader.done(), GetParam().readable);
}

INSTANTIATE_TEST_SUITE_P(
    Der, Elements,
    ::testing::Values(Encoded{"Short", {0x04, 0x01, 0xff}, true}, Encoded{"Empty", {0x30, 0x00}, true},
                      Encoded{"Nothing", {}, false}, Encoded{"TagAlone", {0x04}, false},
                      Encoded{"CutOff", {0x04, 0x02, 0xff}, false},
                      Encoded{"LeftOver", {0x04, 0x01, 0xff, 0x00}, false},
                      Encoded{"LongerThanNeedBe", {0x04, 0x81, 0x01, 0xff}, false},
                      Encoded{"LengthWithZero", {0x04, 0x82, 0x00, 0x80}, false},
                      Encoded{"LengthOfFiveBytes", {0x04, 0x85, 0x01, 0x00, 0x00, 0x00, 0x00}, false},
                      Encoded{"HugeLength", {0x04, 0x84, 0xff, 0xff, 0xff, 0xff}, false},
                      Encoded{"TagOfManyBytes", {0x1f, 0x20, 0x01, 0x00}, false},
                      Encoded{"Indefinite", {0x30, 0x80, 0x04, 0x01, 0xff, 0x00, 0x00}, true},
                      Encoded{"IndefiniteWithoutEnd", {0x30, 0x80, 0x04, 0x01, 0xff}, false},
                      Encoded{"IndefinitePrimitive", {0x04, 0x80, 0x00, 0x00}, false}),
    [](const auto& row) { return row.param.name; });

TEST(Der, DeepNestingIsRefusedEarly) {
  Bytes deep;
  for (int i = 0; i < 100'000; ++i) deep.insert(deep.end(), {0x30, 0x80});
  Reader reader(deep);
  reader.next();
  EXPECT_FALSE(reader.ok());
}

TEST(Der, WhatIsWrittenIsRead) {
  for (const std::uint64_t number : {0ULL, 1ULL, 127ULL, 128ULL, 255ULL, 256ULL, 0x7fffffffffffffffULL}) {
    const auto bytes = der::integer(number);
    Reader reader(bytes);
    EXPECT_EQ(reader.number(), number);
    EXPECT_TRUE(reader.done());
  }
  for (const std::size_t size : {0U, 1U, 127U, 128U, 255U, 256U, 70'000U}) {
    const auto bytes = der::octet_string(Bytes(size, 7));
    Reader reader(bytes);
    EXPECT_EQ(reader.next(Tag::octet_string).content.size(), size);
    EXPECT_TRUE(reader.done());
  }
}

TEST(Der, NegativeAndEmptyNumbersFail) {
  for (const Bytes& bytes : {Bytes{0x02, 0x01, 0x80}, Bytes{0x02, 0x00}, Bytes{0x04, 0x01, 0x01}}) {
    Reader reader(bytes);
    reader.number();
    EXPECT_FALSE(reader.ok());
  }
}

TEST(Der, MembersOfASetStandInTheOrderOfTheirBytes) {
  EXPECT_EQ(der::set_of({der::integer(2), der::null(), der::integer(1)}),
            (Bytes{0x31, 0x08, 0x02, 0x01, 0x01, 0x02, 0x01, 0x02, 0x05, 0x00}));
}

TEST(Der, PiecesOfAnOctetStringAreJoined) {
  const Bytes bytes{0x24, 0x80, 0x04, 0x01, 0x61, 0x04, 0x02, 0x62, 0x63, 0x00, 0x00};
  EXPECT_EQ(der::octets(Reader(bytes).next()), (Bytes{'a', 'b', 'c'}));
  const Bytes wrong{0x24, 0x03, 0x05, 0x01, 0x61};
  EXPECT_FALSE(der::octets(Reader(wrong).next()));
}

std::string shown(std::optional<WallTime> time) {
  return time ? iso8601(*time) : "none";
}

TEST(Times, AreReadInTheThreeWaysTheyAreWritten) {
  EXPECT_EQ(shown(generalized_time("20250124072343Z")), "2025-01-24T14:23:43.000+07:00");
  EXPECT_EQ(shown(generalized_time("20250124072343.25Z")), "2025-01-24T14:23:43.250+07:00");
  EXPECT_EQ(shown(utc_time("250124072343Z")), "2025-01-24T14:23:43.000+07:00");
  EXPECT_EQ(shown(utc_time("990124072343Z")), "1999-01-24T14:23:43.000+07:00");
  EXPECT_EQ(shown(iso_time("2025-01-24T14:23:43+07:00")), "2025-01-24T14:23:43.000+07:00");
  EXPECT_EQ(shown(iso_time("2025-01-24T07:23:43.5Z")), "2025-01-24T14:23:43.500+07:00");
  EXPECT_EQ(shown(iso_time("2025-01-24T02:23:43-05:00")), "2025-01-24T14:23:43.000+07:00");
}

TEST(Times, OthersAreNone) {
  for (const char* text : {"", "2025", "20250124072343", "20251324072343Z", "20250124072343,5Z", "20250124072343.Z",
                           "2025012407234xZ", "20250124250000Z"}) {
    EXPECT_EQ(shown(generalized_time(text)), "none") << text;
  }
  for (const char* text : {"", "2501240723Z", "25012407234xZ"}) EXPECT_EQ(shown(utc_time(text)), "none") << text;
  for (const char* text : {"", "2025-01-24", "2025-01-24T14:23:43", "2025-01-24 14:23:43Z", "2025-02-30T14:23:43Z",
                           "2025-01-24T14:23:43+0700", "2025-01-24T14:23:43.Zx"}) {
    EXPECT_EQ(shown(iso_time(text)), "none") << text;
  }
}

}  // namespace
}  // namespace sohoa::sign
