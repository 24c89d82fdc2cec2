#include "api/config/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/program.hpp"

namespace sohoa::api {
namespace {

class ConfigTest : public testing::Test {
 protected:
  Result<Config> load(const std::string& text) {
    std::ofstream(folder_ / "sohoa.toml") << text;
    return load_config(folder_ / "sohoa.toml");
  }

  testing_support::TemporaryFolder folder_{"config"};
};

TEST_F(ConfigTest, HasADefaultForEverything) {
  const auto config = load_config(std::nullopt);
  ASSERT_TRUE(config);
  EXPECT_EQ(config->reading.languages, "vie");
  EXPECT_GT(config->limits.page_pixels, 100'000'000);
}

TEST_F(ConfigTest, TakesWhatTheFileSays) {
  const auto config = load(
      "data = \"/srv/kho\"\n[workers]\ncount = 3\n[http]\nport = 9000\n"
      "[limits]\npage_seconds = 60\n[rules]\ndecree_107_from = \"2022-01-15\"\n");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->data, "/srv/kho");
  EXPECT_EQ(config->workers.count, 3);
  EXPECT_EQ(config->http.port, 9000);
  EXPECT_EQ(config->limits.page_seconds, 60);
  EXPECT_EQ(config->rules.decree_107_from, date_of(std::string_view("2022-01-15")));
}

struct Row {
  const char* name;
  const char* text;
  const char* reason;
};

class BadConfigTest : public ConfigTest, public testing::WithParamInterface<Row> {};

TEST_P(BadConfigTest, IsRefusedWithLineAndReason) {
  const auto config = load(GetParam().text);
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().code, ErrorCode::invalid_input);
  EXPECT_THAT(config.error().message, testing::HasSubstr(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    Files, BadConfigTest,
    testing::Values(Row{"syntax", "data = \n", "line 1"},
                    Row{"unknown_key", "\n[limits]\npage = 3\n", "line 3: limits.page"},
                    Row{"unknown_table", "[limit]\npages = 3\n", "limit.pages: no such setting"},
                    Row{"wrong_type", "[http]\nport = \"x\"\n", "http.port: wrong type or out of range"},
                    Row{"no_date", "[rules]\ndecree_107_from = \"15/01/2022\"\n", "rules.decree_107_from: wrong type"},
                    Row{"out_of_range", "[http]\nport = 70000\n", "http.port: wrong type or out of range"},
                    Row{"negative", "[limits]\npages = -1\n", "limits.pages: wrong type or out of range"}),
    [](const auto& row) { return row.param.name; });

TEST_F(ConfigTest, NamesAFileThatIsMissing) {
  const auto config = load_config(folder_ / "none.toml");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace sohoa::api
