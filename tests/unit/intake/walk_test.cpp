#include "pipeline/intake/walk.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <vector>

namespace sohoa::intake {
namespace {

namespace fs = std::filesystem;

class WalkTest : public testing::Test {
 protected:
  WalkTest() : root_(fs::path(testing::TempDir()) / ("walk_" + std::to_string(::getpid()))) {
    fs::remove_all(root_);
    fs::create_directories(root_ / "b" / "deep");
    for (const char* name : {"z.pdf", "a.png", ".hidden", "b/deep/c.tif"}) std::ofstream(root_ / name) << "x";
    fs::create_symlink(root_, root_ / "b" / "circle");
  }
  ~WalkTest() override { fs::remove_all(root_); }

  std::vector<std::string> visited(const fs::path& start) {
    std::vector<std::string> names;
    walk(start, [&](const std::string& name, const Result<fs::path>& path) {
      names.push_back(path ? fs::relative(name, root_).string() : "error: " + std::string(name_of(path.error().code)));
    });
    return names;
  }

  const fs::path root_;
};

TEST_F(WalkTest, VisitsFilesBelowAFolderInOrderWithoutHiddenOnesAndLinks) {
  EXPECT_EQ(visited(root_), (std::vector<std::string>{"a.png", "b/deep/c.tif", "z.pdf"}));
}

TEST_F(WalkTest, VisitsAFileThatIsNamed) {
  EXPECT_EQ(visited(root_ / "z.pdf"), std::vector<std::string>{"z.pdf"});
}

TEST_F(WalkTest, ReportsWhatIsNotThere) {
  EXPECT_EQ(visited(root_ / "none"), std::vector<std::string>{"error: not_found"});
}

}  // namespace
}  // namespace sohoa::intake
