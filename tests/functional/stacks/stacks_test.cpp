// Stacks of printed sheets and papers, skewed, noisy, partly upside down, grey or 1-bit, go in by `digitize --split`;
// each must be cut where it was put together, and no page may be lost. SOHOA_STACKS sets how many (`./dev stacks`:
// 120).
#include <cstdlib>

#include "tests/support/sohoa_program.hpp"
#include "tests/support/stacks.hpp"

namespace sohoa {
namespace {

using testing_support::StackMaker;
using testing_support::TruePart;
using testing_support::TrueStack;

int stacks_wanted() {
  const char* wanted = std::getenv("SOHOA_STACKS");
  return wanted != nullptr ? std::atoi(wanted) : 8;
}

class StacksTest : public SohoaProgram {
 protected:
  using Lines = std::map<std::string, nlohmann::json>;

  [[nodiscard]] std::string file(const std::string& name) const { return (folder_ / name).string(); }

  /// The documents that a stack became, in the order of their pages.
  static std::vector<TruePart> parts_of(const Lines& lines, const std::string& stack) {
    std::vector<TruePart> parts;
    for (int number = 1; lines.contains(stack + "/" + std::to_string(number)); ++number) {
      const auto& line = lines.at(stack + "/" + std::to_string(number));
      EXPECT_EQ(line.at("status"), "archived") << line;
      const auto& part = line.at("stack_part");
      EXPECT_EQ(part.at("number"), number);
      EXPECT_EQ(part.at("pages"), line.at("pages"));
      parts.push_back({part.at("first_page"), part.at("pages"), line.at("dossier"), part.at("component")});
    }
    return parts;
  }

  /// What is wrong with the cutting of `stack`, "" where nothing is.
  static std::string fault(const Lines& lines, const std::string& stack, const TrueStack& truth) {
    if (!lines.contains(stack)) return "no line";
    const auto& line = lines.at(stack);
    if (line.at("status") != "expanded") return line.dump();
    std::uint32_t document_pages = 0;
    for (const auto& part : truth.parts) document_pages += part.pages;
    const nlohmann::json sums{{"documents", truth.parts.size()},
                              {"document_pages", document_pages},
                              {"sheets", truth.sheets},
                              {"blank_pages", truth.blank_pages}};
    if (line.at("pages") != truth.pages || line.at("stack") != sums) return line.dump() + " instead of " + sums.dump();
    return parts_of(lines, stack) == truth.parts ? "" : "cut at other places, or put to another dossier";
  }

  StackMaker maker_{folder_.path(), std::string(SOHOA_BINARY_DIR) + "/sohoa"};
};

TEST_F(StacksTest, AreCutAtTheirSheetsAndLoseNoPage) {
  constexpr int at_once = 10;
  int right = 0;
  std::uint32_t pages = 0;
  for (int first = 0; first < stacks_wanted(); first += at_once) {
    std::map<std::string, TrueStack> stacks;
    std::vector<std::string> arguments{"--split", "sheets"};
    for (int i = first; i < std::min(first + at_once, stacks_wanted()); ++i) {
      const auto name = file("stack-" + std::to_string(i) + (i % 2 == 0 ? ".pdf" : ".tif"));
      stacks[name] = maker_.write(name, static_cast<std::uint64_t>(i));
      arguments.push_back(name);
    }
    const auto lines = digitize(arguments);
    EXPECT_EQ(exit_code_, 0) << error_text_;
    for (const auto& [name, truth] : stacks) {
      const auto wrong = fault(lines, name, truth);
      EXPECT_EQ(wrong, "") << name;
      right += wrong.empty() ? 1 : 0;
      pages += truth.pages;
      std::filesystem::remove(name);
    }
  }
  std::printf("%d of %d stacks of %u pages cut right\n", right, stacks_wanted(), pages);
  EXPECT_EQ(sohoa({"check"}).exit_code, 0);
}

TEST_F(StacksTest, GiveTheFirstReceiptsWhenTheyComeAgain) {
  maker_.write(file("one.tif"), 3);
  std::filesystem::copy_file(file("one.tif"), file("two.tif"));
  const auto first = digitize({"--split", "sheets", file("one.tif")});
  const auto again = digitize({"--split", "sheets", file("two.tif")});
  ASSERT_GT(first.size(), 2);
  ASSERT_EQ(again.size(), first.size());
  for (const auto& [name, line] : first) {
    if (name == file("one.tif")) continue;
    const auto& other = again.at(file("two.tif") + name.substr(file("one.tif").size()));
    EXPECT_EQ(other.at("document"), line.at("document"));
    EXPECT_EQ(other.at("receipt"), line.at("receipt"));
  }
}

TEST_F(StacksTest, HandOutEachDocumentWithItsOwnPagesAndTheStackAsItsOriginal) {
  const auto truth = maker_.write(file("stack.tif"), 4);
  const auto lines = digitize({"--split", "sheets", file("stack.tif")});
  const auto& line = lines.at(file("stack.tif") + "/2");
  const auto id = line.at("document").get<std::string>();
  const auto json = nlohmann::json::parse(sohoa({"get", id, "--as", "json"}).out);
  EXPECT_EQ(json.at("page_count"), truth.parts.at(1).pages);
  EXPECT_EQ(json.at("stack_part").at("first_page"), truth.parts.at(1).first_page);
  EXPECT_EQ(sohoa({"get", id, "--as", "original"}).out, testing_support::read_text(file("stack.tif")));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "out/stack/2.pdf"));
}

TEST_F(StacksTest, AreCutAtBlankPages) {
  maker_.write_papers(file("stack.pdf"), 4, {1, 3});
  const auto lines = digitize({"--split", "blank", file("stack.pdf")});
  EXPECT_EQ(exit_code_, 0) << error_text_;
  EXPECT_EQ(fault(lines, file("stack.pdf"), {{{1, 1, "", ""}, {3, 2, "", ""}, {6, 1, "", ""}}, 6, 0, 2}), "");
}

TEST_F(StacksTest, AreCutByPageCountBlankPagesAmongThem) {
  maker_.write_papers(file("stack.pdf"), 4, {1});
  const auto lines = digitize({"--split", "2", "--dossier", "D-1", file("stack.pdf")});
  EXPECT_EQ(fault(lines, file("stack.pdf"), {{{1, 2, "D-1", ""}, {3, 2, "D-1", ""}, {5, 1, "D-1", ""}}, 5, 0, 0}), "");
}

TEST_F(StacksTest, WithoutAnySheetAreOneDocumentThatSaysSo) {
  maker_.write_papers(file("stack.pdf"), 2, {1});
  const auto lines = digitize({"--split", "sheets", file("stack.pdf")});
  ASSERT_EQ(lines.size(), 1);
  const auto& line = lines.at(file("stack.pdf"));
  EXPECT_EQ(line.at("status"), "archived");
  EXPECT_EQ(line.at("pages"), 3);
  const auto json = sohoa({"get", line.at("document").get<std::string>(), "--as", "json"}).out;
  EXPECT_THAT(json, testing::HasSubstr("no separator sheet was found"));
}

TEST_F(StacksTest, StayWholeWhereNobodyAskedToCutThem) {
  const auto truth = maker_.write(file("stack.tif"), 5);
  const auto lines = digitize({file("stack.tif")});
  ASSERT_EQ(lines.size(), 1);
  EXPECT_EQ(lines.at(file("stack.tif")).at("pages"), truth.pages);
}

TEST_F(StacksTest, SayWhenUsageIsWrong) {
  maker_.write_papers(file("stack.pdf"), 1, {});
  for (const char* split : {"0", "-2", "everywhere", "20001"}) {
    EXPECT_EQ(sohoa({"digitize", "--split", split, file("stack.pdf")}).exit_code, 2) << split;
  }
  EXPECT_EQ(sohoa({"separator", "--out", file("x.pdf"), "--count", "0"}, false).exit_code, 2);
  EXPECT_EQ(sohoa({"separator", "--out", file("x.pdf"), "--component", "TP01"}, false).exit_code, 2);
  EXPECT_EQ(sohoa({"separator", "--out", file("x.pdf"), "--dossier", "a|b"}, false).exit_code, 2);
}

}  // namespace
}  // namespace sohoa
