#include "tests/support/program.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

namespace sohoa::testing_support {
namespace {

namespace fs = std::filesystem;

int code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

pid_t start(const std::vector<std::string>& command, const fs::path& out, const fs::path& err) {
  std::vector<char*> argv;
  for (const auto& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  ::dup2(::open("/dev/null", O_RDONLY), 0);
  ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644), 1);
  ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644), 2);
  ::execvp(argv[0], argv.data());
  ::_exit(127);
}

}  // namespace

TemporaryFolder::TemporaryFolder(const std::string& name) {
  auto pattern = (fs::temp_directory_path() / (name + "-XXXXXX")).string();
  if (::mkdtemp(pattern.data()) == nullptr) std::abort();
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Ended run(const std::vector<std::string>& command, std::chrono::seconds time) {
#ifdef SOHOA_SANITIZED
  time *= 10;  // instrumented code takes three to ten times as long
#endif
  const TemporaryFolder folder("sohoa-run");
  const pid_t pid = start(command, folder / "out", folder / "err");
  const auto deadline = std::chrono::steady_clock::now() + time;
  int status = 0;
  while (::waitpid(pid, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > deadline) ::kill(pid, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return {code_of(status), read_text(folder / "out"), read_text(folder / "err")};
}

Running::Running(const std::vector<std::string>& command, const fs::path& out)
    : pid_(start(command, out, "/dev/null")) {}

Running::~Running() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    wait();
  }
}

void Running::signal(int number) const {
  if (pid_ > 0) ::kill(pid_, number);
}

int Running::wait() {
  if (pid_ > 0) {
    while (::waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
  }
  return code_of(status_);
}

bool Running::ended() {
  if (pid_ > 0 && ::waitpid(pid_, &status_, WNOHANG) == pid_) pid_ = -1;
  return pid_ < 0;
}

}  // namespace sohoa::testing_support
