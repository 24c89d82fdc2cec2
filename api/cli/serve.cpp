// `sohoa serve`: the HTTP interface over one data folder, until SIGINT or SIGTERM.
#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "api/cli/commands.hpp"
#include "api/cli/console.hpp"
#include "api/cli/request_log.hpp"
#include "api/http/server.hpp"
#include "api/office.hpp"
#include "api/wiring.hpp"

namespace sohoa::api::cli {
namespace {

constexpr auto resume_every = std::chrono::seconds(60);    // what was put off (disk full) is tried again
constexpr auto complete_every = std::chrono::seconds(60);  // what was signed while nobody told the time

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

/// Gets pending timestamps until it is stopped. An error is told once, not every minute.
void complete_pending(const std::stop_token& stop, IssuingService& issuing) {
  std::mutex mutex;
  std::condition_variable_any pause;
  std::unique_lock lock(mutex);
  std::string told;
  do {
    const auto left = issuing.complete_pending();
    const auto message = left ? std::string() : left.error().message;
    if (!left && message != told) (void)complain(left.error());
    told = message;
  } while (!pause.wait_for(lock, stop, complete_every, [&] { return stop.stop_requested(); }));
}

}  // namespace

Exit serve(const Config& config) {
  // Blocked before any thread starts, so that only the one below takes them.
  const auto signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  const auto log = RequestLog::open(config.http.log);
  if (!log) return complain(log.error());
  auto plant = Plant::start(config);
  if (!plant) return complain(plant.error());
  auto office = Office::over(config, {(*plant)->archive(), (*plant)->registry(), (*plant)->journal()});
  if (!office) return complain(office.error());
  http::HttpOptions options;
  options.host = config.http.host;
  options.port = config.http.port;
  options.threads = config.http.threads;
  options.limits.body_bytes = config.http.body_bytes;
  options.limits.open_uploads = config.http.open_uploads;
  options.limits.file_bytes = config.limits.file_bytes;
  if (log->is_open()) options.log = [&log](const http::HttpLogRecord& record) { log->write(record); };
  options.work_folder = config.data / "work";
  const SigningServices signing{(*plant)->issuing(), (*plant)->verification()};
  auto server = http::HttpServer::create((*plant)->service(), (*office)->services(signing), options);
  if (!server) return complain(server.error());
  const auto resumed = (*plant)->digitizer().resume();
  if (!resumed) return complain(resumed.error());
  fmt::print("sohoa: http://{}:{}/api/v1 ({} {})\n", config.http.host, (*server)->port(), *resumed,
             say("tệp làm dở được tiếp tục", "unfinished files resumed"));
  std::fflush(stdout);

  std::jthread waiter([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      const timespec pause{resume_every.count(), 0};
      if (sigtimedwait(&signals, nullptr, &pause) > 0) return (*server)->stop();
      (void)(*plant)->digitizer().resume();  // an error shows in /healthz as well
    }
  });
  std::jthread completer([&](const std::stop_token& stop) { complete_pending(stop, signing.issuing); });
  const auto served = (*server)->run();
  completer.request_stop();
  pthread_kill(waiter.native_handle(), SIGTERM);  // in case the server ended by itself
  waiter.join();
  if (!served) return complain(served.error());
  fmt::print("sohoa: {}\n", say("đã dừng", "stopped"));
  return Exit::done;
}

}  // namespace sohoa::api::cli
