#include "pipeline/engine/zygote.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "pipeline/base/file.hpp"
#include "pipeline/base/wire.hpp"
#include "pipeline/engine/confinement.hpp"

extern char** environ;

namespace sohoa::engine {
namespace {

constexpr int control_fd = 3;
constexpr auto answer_time = std::chrono::seconds(60);

enum class Order : std::uint8_t { fork_worker, reap };

/// What the parent asks of the zygote.
struct Request {
  Order order = Order::fork_worker;
  std::int32_t pid = 0;
  static constexpr auto fields = [](auto& self) { return std::tie(self.order, self.pid); };
};

/// pid and, for reap, the status as waitpid gives it.
struct Answer {
  std::int32_t pid = -1;
  std::int32_t status = 0;
  static constexpr auto fields = [](auto& self) { return std::tie(self.pid, self.status); };
};

}  // namespace
}  // namespace sohoa::engine

template <>
inline constexpr int sohoa::wire::enum_last<sohoa::engine::Order> = static_cast<int>(sohoa::engine::Order::reap);

namespace sohoa::engine {
namespace {

Result<Answer> ask(int control, const Request& request, std::span<const int> fds, std::vector<UniqueFd>& received) {
  const auto deadline = std::chrono::steady_clock::now() + answer_time;
  SOHOA_DO(send_frame(control, wire::to_bytes(request), fds, deadline));
  SOHOA_TRY(auto frame, receive_frame(control, deadline));
  received = std::move(frame.fds);
  return wire::from_bytes<Answer>(frame.body);
}

std::string describe(int status) {
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    return "signal " + std::to_string(signal) + " (" + ::strsignal(signal) + ")";
  }
  if (WIFEXITED(status)) return "exit status " + std::to_string(WEXITSTATUS(status));
  return "unknown end";
}

/// Environment of the zygote: ours, with OpenMP held to one thread before any library starts (threads inside a worker
/// would fight over its core, tesseract issue 3109).
std::vector<std::string> worker_environment() {
  std::vector<std::string> variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view variable(*entry);
    if (!variable.starts_with("OMP_")) variables.emplace_back(variable);
  }
  variables.emplace_back("OMP_THREAD_LIMIT=1");
  variables.emplace_back("OMP_NUM_THREADS=1");
  return variables;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (auto& text : strings) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

}  // namespace

Result<Zygote::Process> Zygote::launch(const Options& options) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return system_error("socketpair");
  UniqueFd ours(ends[0]);
  const UniqueFd theirs(ends[1]);

  std::vector<std::string> arguments{options.executable.string()};
  arguments.insert(arguments.end(), options.arguments.begin(), options.arguments.end());
  auto environment = worker_environment();
  auto argv = pointers(arguments);
  auto envp = pointers(environment);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (theirs.get() == control_fd) {  // dup2 onto itself would leave close-on-exec set
    ::fcntl(control_fd, F_SETFD, 0);
  } else {
    posix_spawn_file_actions_adddup2(&actions, theirs.get(), control_fd);
  }
  pid_t pid = -1;
  const int failed = ::posix_spawn(&pid, options.executable.c_str(), &actions, nullptr, argv.data(), envp.data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    errno = failed;
    return system_error(options.executable.string());
  }
  return Process{pid, std::move(ours)};
}

void Zygote::stop(Process& process) {
  process.control.reset();
  if (process.pid > 0) {
    ::kill(process.pid, SIGKILL);
    while (::waitpid(process.pid, nullptr, 0) < 0 && errno == EINTR) {
    }
    process.pid = -1;
  }
}

Result<std::unique_ptr<Zygote>> Zygote::start(Options options) {
  std::unique_ptr<Zygote> zygote(new Zygote(std::move(options)));
  SOHOA_TRY(auto process, launch(zygote->options_));
  zygote->process_.with([&](Process& held) { held = std::move(process); });
  return zygote;
}

Zygote::~Zygote() {
  process_.with([](Process& process) { stop(process); });
}

Result<Zygote::Child> Zygote::fork_worker() {
  return process_.with([&](Process& process) -> Result<Child> {
    Error last{ErrorCode::unavailable, "page workers do not start"};
    for (int attempt = 0; attempt < 2; ++attempt) {
      if (attempt > 0) {
        stop(process);
        SOHOA_TRY(process, launch(options_));
      }
      std::array<int, 2> ends{};
      if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return system_error("socketpair");
      UniqueFd ours(ends[0]);
      const UniqueFd theirs(ends[1]);
      std::vector<UniqueFd> received;
      const std::array<int, 1> sent{theirs.get()};
      auto answer = ask(process.control.get(), {Order::fork_worker, 0}, sent, received);
      if (answer && answer->pid > 0 && received.size() == 1) {
        return Child{answer->pid, std::move(ours), std::move(received.front())};
      }
      if (!answer) last = {ErrorCode::unavailable, "page workers do not start: " + answer.error().message};
    }
    return last;
  });
}

std::string Zygote::end(Child& child) {
  if (child.process) ::syscall(SYS_pidfd_send_signal, child.process.get(), SIGKILL, nullptr, 0);
  child.socket.reset();
  const auto how = process_.with([&](Process& process) -> std::string {
    std::vector<UniqueFd> received;
    const auto answer = ask(process.control.get(), {Order::reap, child.pid}, {}, received);
    return answer && answer->pid == child.pid ? describe(answer->status) : "unknown end";
  });
  child.process.reset();
  child.pid = -1;
  return how;
}

namespace {

[[noreturn]] void serve(int socket, const WorkerLimits& limits, const Handler& handler) {
  // A worker that outlives its zygote would have no one to reap it.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (const auto confined = confine(limits); !confined) {
    std::fprintf(stderr, "sohoa-page: %s\n", confined.error().message.c_str());
    ::_exit(3);
  }
  for (;;) {
    auto frame = receive_frame(socket, no_deadline());
    if (!frame) ::_exit(0);
    const auto reply = handler(frame->body, frame->fds);
    if (!send_frame(socket, reply, {}, no_deadline())) ::_exit(0);
  }
}

}  // namespace

int run_zygote(int control, const WorkerLimits& limits, const Handler& handler) {
  ::signal(SIGINT, SIG_IGN);  // Ctrl-C reaches the whole group; the coordinator decides when workers end
  ::signal(SIGPIPE, SIG_IGN);
  for (;;) {
    auto frame = receive_frame(control, no_deadline());
    if (!frame) return 0;
    const auto request = wire::from_bytes<Request>(frame->body);
    if (!request) return 1;
    Answer answer;
    UniqueFd process;
    if (request->order == Order::reap) {
      pid_t reaped = -1;
      while ((reaped = ::waitpid(request->pid, &answer.status, 0)) < 0 && errno == EINTR) {
      }
      answer.pid = reaped;
    } else if (frame->fds.size() == 1) {
      const pid_t pid = ::fork();
      if (pid == 0) {
        ::close(control);
        serve(frame->fds.front().get(), limits, handler);
      }
      answer.pid = pid;
      if (pid > 0) process = UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    }
    const std::array<int, 1> fds{process.get()};
    const auto sent = send_frame(control, wire::to_bytes(answer),
                                 process ? std::span<const int>(fds) : std::span<const int>(), no_deadline());
    if (!sent) return 0;
  }
}

}  // namespace sohoa::engine
