#include "pipeline/engine/crew.hpp"

namespace sohoa::engine {

Crew::Crew(std::unique_ptr<Zygote> zygote, const Options& options)
    : zygote_(std::move(zygote)), scheduler_(options.patience), budget_(options.memory_bytes) {
  for (std::uint32_t i = 0; i < options.workers; ++i) {
    threads_.emplace_back([this, worker = options.worker] { work(worker); });
  }
}

void Crew::stop() {
  scheduler_.stop();
  for (auto& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

Crew::Totals Crew::totals() const {
  return totals_.with([](const Totals& totals) { return totals; });
}

void Crew::work(const Worker::Options& options) {
  Worker worker(*zygote_, options);
  Worker::Usage told;
  while (auto task = scheduler_.pop()) {
    const auto reservation = budget_.reserve(task->memory);
    task->run(worker);
    const auto& usage = worker.usage();
    totals_.with([&](Totals& totals) {
      totals.deaths += usage.deaths - told.deaths;
      totals.replaced += usage.replaced - told.replaced;
      totals.timed_out += usage.timed_out - told.timed_out;
    });
    told = usage;
  }
}

}  // namespace sohoa::engine
