#include "api/service/review_json.hpp"

#include <gtest/gtest.h>

namespace sohoa::api {
namespace {

const DocumentId document{std::string(32, 'a')};

TEST(ReadRevision, TakesWordsAndFields) {
  const auto request = read_revision(
      R"({"officer":"cb-01","version":3,"words":[{"page":2,"box":[10,20,30,40],"text":"Quyết định"}],
          "fields":[{"name":"recipients","value":"","was":"Như Điều 3"}],"read_again":true})",
      document);
  ASSERT_TRUE(request) << request.error().message;
  EXPECT_EQ(request->document, document);
  EXPECT_EQ(request->revision.version, 4U) << "the one after that which was looked at";
  EXPECT_EQ(request->revision.by, (Actor{Actor::Kind::officer, "cb-01"}));
  ASSERT_EQ(request->revision.words.size(), 1U);
  EXPECT_EQ(request->revision.words[0], (WordCorrection{{2}, {10, 20, 30, 40}, "Quyết định", ""}));
  ASSERT_EQ(request->revision.fields.size(), 1U);
  EXPECT_EQ(request->revision.fields[0], (FieldCorrection{FieldName::recipients, "", "Như Điều 3"}));
  EXPECT_TRUE(request->revision.read_again);
}

class ReadRevisionRefuses : public testing::TestWithParam<const char*> {};

TEST_P(ReadRevisionRefuses, WhatIsNone) {
  const auto request = read_revision(GetParam(), document);
  ASSERT_FALSE(request);
  EXPECT_EQ(request.error().code, ErrorCode::invalid_input);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, ReadRevisionRefuses,
    testing::Values("", "[]", "{}", R"({"version":1})", R"({"officer":"","version":1})", R"({"officer":"cb-01"})",
                    R"({"officer":"cb-01","version":1,"word":[]})", R"({"officer":"cb-01","version":1,"words":{}})",
                    R"({"officer":"cb-01","version":1,"words":[{"page":1,"box":[1,2,3],"text":"x"}]})",
                    R"({"officer":"cb-01","version":1,"words":[{"page":1,"box":[-1,2,3,4],"text":"x"}]})",
                    R"({"officer":"cb-01","version":1,"words":[{"page":1,"box":[1,2,3,4]}]})",
                    R"({"officer":"cb-01","version":1,"fields":[{"name":"sender","value":"x"}]})",
                    R"({"officer":"cb-01","version":1,"fields":[{"name":"place"}]})"));

}  // namespace
}  // namespace sohoa::api
