#include "ocr/language/tokens.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sohoa::ocr::language {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Tokens, AreLowerCaseLettersNumbersAndMarks) {
  EXPECT_THAT(tokens_of("Quyết"), ElementsAre("quyết"));
  EXPECT_THAT(tokens_of("ĐỊNH:"), ElementsAre("định", ":"));
  EXPECT_THAT(tokens_of("(Chi"), ElementsAre("(", "chi"));
  EXPECT_THAT(tokens_of("47/QĐ-UBND"), ElementsAre("#", "/", "qđ", "-", "ubnd"));
  EXPECT_THAT(tokens_of("“Điều"), ElementsAre("<p>", "điều"));
  EXPECT_THAT(tokens_of("31.12.2024"), ElementsAre("#", ".", "#", ".", "#"));
  EXPECT_THAT(tokens_of(""), IsEmpty());
}

TEST(Tokens, OfBrokenUtf8AreMarks) {
  EXPECT_THAT(tokens_of("\xFF"), ElementsAre("<p>"));
  EXPECT_THAT(tokens_of("ban\xE1\xBA"), ElementsAre("ban", "<p>", "<p>"));
}

}  // namespace
}  // namespace sohoa::ocr::language
