#include "pipeline/flow/page_spool.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/program.hpp"

namespace sohoa::flow {
namespace {

class PageSpoolTest : public testing::Test {
 protected:
  static ReadPage sample(std::uint32_t number) {
    ReadPage read;
    read.page.number = {number};
    read.page.width = 100;
    read.page.blocks = {
        {BlockRole::body, {1, 2, 3, 4}, {{{{"Số", {1, 2, 3, 4}, 96.5F}}, {1, 2, 3, 4}, {1, 6}, {4, 6}}}}};
    read.canvas = {595, 842, {{{.codec = ImageCodec::jpeg, .data = {1, 2, 3}}, {595, 0, 0, 842, 0, 0}}}};
    return read;
  }

  testing_support::TemporaryFolder folder_{"page-spool"};
  PageSpool spool_{folder_ / "work"};
};

TEST_F(PageSpoolTest, GivesBackPagesAfterARestart) {
  ASSERT_TRUE(spool_.save_inspection({.pages = 2}));
  ASSERT_TRUE(spool_.save({1}, sample(1)));
  PageSpool again(folder_ / "work");
  EXPECT_EQ(again.page_count(), 2);
  EXPECT_TRUE(again.holds({1}));
  EXPECT_FALSE(again.holds({2}));
  const auto read = again.page({1});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->page.text(), "Số\n");
  EXPECT_EQ(read->canvas.images.at(0).image.data, (Bytes{1, 2, 3}));
}

TEST_F(PageSpoolTest, KeepsWhyAPageCouldNotBeRead) {
  const Error error{ErrorCode::resource_exhausted, "time limit of 25 s reached"};
  ASSERT_TRUE(spool_.save({1}, error));
  const auto page = spool_.page({1});
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error(), error);
}

TEST_F(PageSpoolTest, TakesATornOrAlteredFileForAbsent) {
  ASSERT_TRUE(spool_.save({1}, sample(1)));
  const auto path = folder_ / "work/page-000001";
  const auto whole = testing_support::read_text(path);
  for (const std::size_t size : {std::size_t{0}, std::size_t{31}, std::size_t{40}, whole.size() - 1}) {
    std::ofstream(path, std::ios::binary) << whole.substr(0, size);
    EXPECT_FALSE(spool_.holds({1})) << size;
  }
  auto altered = whole;
  altered[50] ^= 1;
  std::ofstream(path, std::ios::binary) << altered;
  EXPECT_FALSE(spool_.holds({1}));
}

TEST_F(PageSpoolTest, IsGoneWhenRemoved) {
  ASSERT_TRUE(spool_.save({1}, sample(1)));
  spool_.remove();
  EXPECT_FALSE(std::filesystem::exists(folder_ / "work"));
}

}  // namespace
}  // namespace sohoa::flow
