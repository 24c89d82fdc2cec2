#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

#include "pipeline/engine/memory_budget.hpp"
#include "pipeline/engine/scheduler.hpp"
#include "pipeline/engine/zygote.hpp"

namespace sohoa::engine {

/// One pipeline thread for each page worker, fed by one scheduler. Any thread.
class Crew {
 public:
  struct Options {
    std::uint32_t workers = 1;
    std::uint64_t memory_bytes = 2ULL << 30;
    std::chrono::milliseconds patience = std::chrono::seconds(30);
    Worker::Options worker;
  };
  struct Totals {
    std::uint64_t deaths = 0;
    std::uint64_t replaced = 0;
    std::uint64_t timed_out = 0;
  };

  Crew(std::unique_ptr<Zygote> zygote, const Options& options);
  ~Crew() { stop(); }
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  /// Lets the tasks that run come to their end. Those that wait, and those that they push, are not run. The owner only.
  void stop();

  void push(Task task) { scheduler_.push(std::move(task)); }
  [[nodiscard]] std::uint64_t queued() const { return scheduler_.size(); }
  [[nodiscard]] std::uint32_t workers() const { return static_cast<std::uint32_t>(threads_.size()); }
  [[nodiscard]] Totals totals() const;

 private:
  void work(const Worker::Options& options);

  const std::unique_ptr<Zygote> zygote_;
  Scheduler scheduler_;
  MemoryBudget budget_;
  Guarded<Totals> totals_;
  std::vector<std::jthread> threads_;  ///< last: they end before what they use
};

}  // namespace sohoa::engine
