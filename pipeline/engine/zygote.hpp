#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "pipeline/base/guarded.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/base/unique_fd.hpp"
#include "pipeline/engine/frame.hpp"

namespace sohoa::engine {

/// Starts worker processes from a warm, single-threaded process of another executable, so that a multithreaded process
/// is never forked and the models, loaded once, are shared copy-on-write. Restarts that process where it died. Any
/// thread.
class Zygote {
 public:
  struct Options {
    std::filesystem::path executable;
    std::vector<std::string> arguments;
  };
  /// A worker just forked: its socket, and a handle that names the process even after its pid was given away again.
  struct Child {
    pid_t pid = -1;
    UniqueFd socket;
    UniqueFd process;
  };

  /// Errors: not_found (no such executable), unavailable (it did not come up).
  static Result<std::unique_ptr<Zygote>> start(Options options);
  ~Zygote();
  Zygote(const Zygote&) = delete;
  Zygote& operator=(const Zygote&) = delete;

  /// Errors: unavailable.
  Result<Child> fork_worker();
  /// Kills the child if it still runs, waits for it, and says how it ended: "signal 11 (Segmentation fault)".
  std::string end(Child& child);

 private:
  struct Process {
    pid_t pid = -1;
    UniqueFd control;
  };
  explicit Zygote(Options options) : options_(std::move(options)) {}
  static Result<Process> launch(const Options& options);
  static void stop(Process& process);

  const Options options_;
  Guarded<Process> process_;
};

/// What a worker process does with a request. Its descriptors are the request's; the answer goes back as one frame.
using Handler = std::function<Bytes(ByteView request, std::span<const UniqueFd> fds)>;

/// What one worker may take; 0 leaves the system's limit.
struct WorkerLimits {
  std::uint64_t address_space_bytes = 0;
  std::uint64_t file_bytes = 0;  ///< of a file it writes through a descriptor
};

/// The other side: the main loop of the zygote's executable. `control` is the socket that start() passed (descriptor
/// 3). Forks a worker for each request; a worker takes up `limits`, loses network and new privileges, and answers
/// requests by `handler` until its socket closes. Returns when the parent is gone. MUST be called by a single-threaded
/// process.
int run_zygote(int control, const WorkerLimits& limits, const Handler& handler);

}  // namespace sohoa::engine
