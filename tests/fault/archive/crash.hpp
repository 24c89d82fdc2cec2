#pragma once

#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <filesystem>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/program.hpp"

namespace sohoa::test {

/// Runs a writer that would go on without end, and kills it after `least` to `most` milliseconds.
inline void run_and_kill(const std::vector<std::string>& command, const std::filesystem::path& out, int least, int most,
                         std::mt19937& random) {
  testing_support::Running writer(command, out);
  std::this_thread::sleep_for(std::chrono::milliseconds(std::uniform_int_distribution(least, most)(random)));
  writer.signal(SIGKILL);
  EXPECT_EQ(writer.wait(), 128 + SIGKILL) << "the writer ended by itself";
}

}  // namespace sohoa::test
