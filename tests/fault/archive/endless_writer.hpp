#pragma once

// What the crash tests' victims share: they write without end, and say what was acknowledged.

#include <unistd.h>

#include <cstdio>
#include <string>

#include "pipeline/base/result.hpp"

namespace sohoa::test {

/// In one write(2), so that a kill leaves a line whole or cut off, never mixed up.
inline void say(const std::string& line) {
  if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) _exit(3);
}

/// The main function of a program that is given one folder. `run` comes back with an error only.
template <typename Run>
int endless_main(int argc, char** argv, Run&& run) {
  if (argc != 2) return 2;
  const Result<void> done = run(argv[1]);
  std::fprintf(stderr, "%s\n", done ? "done" : done.error().message.c_str());
  return 1;
}

}  // namespace sohoa::test
