#include <gtest/gtest.h>

#include <string>

#include "pipeline/model/recognized_page.hpp"

namespace sohoa {
namespace {

struct Row {
  const char* name;
  std::string text;
  bool fits;
};

class LanguageList : public testing::TestWithParam<Row> {};

TEST_P(LanguageList, IsNamesJoinedByPlus) {
  EXPECT_EQ(is_language_list(GetParam().text), GetParam().fits);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, LanguageList,
    testing::Values(Row{"one", "vie", true}, Row{"two", "vie+eng", true}, Row{"underscore", "chi_sim", true},
                    Row{"digit", "vie2+eng", true}, Row{"longest", std::string(64, 'a'), true},
                    Row{"too_long", std::string(65, 'a'), false}, Row{"empty", "", false}, Row{"plus", "+", false},
                    Row{"plus_first", "+vie", false}, Row{"plus_last", "vie+", false},
                    Row{"plus_twice", "vie++eng", false}, Row{"slash", "../vie", false}, Row{"dot", "vie.eng", false},
                    Row{"blank", "vie eng", false}, Row{"zero_byte", std::string("vie\0", 4), false},
                    Row{"not_ascii", "vi\xC3\xAA", false}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace sohoa
