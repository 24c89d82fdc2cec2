// Guards the page path against getting slower, by instructions counted (callgrind) on one scanned page, which no other
// load on the machine changes. Valgrind shows no AVX-512, so the AVX2 kernels are what is counted. The figures stand in
// instructions.tsv: a stage that needs a tenth more fails; one that needs less is to be written down there.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/support/program.hpp"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

/// Millions of instructions by stage, of all the dumps of a run.
std::map<std::string, double> counted_in(const fs::path& folder) {
  std::map<std::string, double> counts;
  for (const auto& dump : fs::directory_iterator(folder)) {
    std::istringstream text(testing_support::read_text(dump.path()));
    std::string stage;
    const std::string request = "desc: Trigger: Client Request: ";
    for (std::string line; std::getline(text, line);) {
      if (line.starts_with(request)) stage = line.substr(request.size());
      if (line.starts_with("summary: ") && !stage.empty()) counts[stage] += std::stod(line.substr(9)) / 1e6;
    }
  }
  return counts;
}

TEST(CountedPage, NeedsNoMoreInstructionsThanItDid) {
  const testing_support::TemporaryFolder folder("sohoa-counted");
  const auto ended = testing_support::run(
      {"valgrind", "--tool=callgrind", "--collect-atstart=no", "--callgrind-out-file=" + (folder / "out").string(),
       std::string(SOHOA_BINARY_DIR) + "/sohoa-counted-page",
       std::string(SOHOA_SOURCE_DIR) + "/datasets/samples/directive-07CT-2018.pdf"},
      std::chrono::seconds(280));
  ASSERT_EQ(ended.exit_code, 0) << ended.err;
  const auto counts = counted_in(folder.path());
  std::ifstream table(std::string(SOHOA_SOURCE_DIR) + "/tests/functional/counted/instructions.tsv");
  std::string line, stage;
  std::getline(table, line);  // the head
  int rows = 0;
  for (double millions = 0; table >> stage >> millions; ++rows) {
    ASSERT_TRUE(counts.contains(stage)) << stage << "\n" << ended.err;
    std::printf("%-10s %8.1f million instructions, written down %8.1f\n", stage.c_str(), counts.at(stage), millions);
    EXPECT_LE(counts.at(stage), 1.1 * millions) << stage << " needs more than it did";
    EXPECT_GE(counts.at(stage), 0.5 * millions) << stage << " needs far less: write it down";
  }
  EXPECT_EQ(rows, 4);
}

}  // namespace
}  // namespace sohoa
