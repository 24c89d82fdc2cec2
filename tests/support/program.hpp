#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace sohoa::testing_support {

/// What a program said and how it ended.
struct Ended {
  int exit_code = -1;  ///< 128 + signal where a signal ended it
  std::string out;
  std::string err;
};

/// Runs a program to its end; it is killed after `time`.
Ended run(const std::vector<std::string>& command, std::chrono::seconds time = std::chrono::seconds(100));

/// A program that runs beside the test; killed with the object.
class Running {
 public:
  /// Its standard output goes to `out`, its standard error nowhere.
  Running(const std::vector<std::string>& command, const std::filesystem::path& out);
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  void signal(int number) const;
  /// Waits for the end; the exit code, or 128 + signal.
  int wait();
  /// True once it has ended; does not wait.
  bool ended();

 private:
  pid_t pid_ = -1;
  int status_ = 0;
};

/// A folder that goes with the object.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::string& name);
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

[[nodiscard]] std::string read_text(const std::filesystem::path& path);

}  // namespace sohoa::testing_support
