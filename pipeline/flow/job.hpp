#pragma once

// Private to pipeline/flow: what the digitizer's source files know of a file in hand.

#include <array>
#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "pipeline/base/guarded.hpp"
#include "pipeline/flow/digitizer.hpp"

namespace sohoa::flow {

/// One file in hand. Several items may wait for the same bytes.
struct Digitizer::Job {
  Job(std::string its_key, const SubmissionItem& first, SubmissionTerms its_terms, std::filesystem::path folder)
      : key(std::move(its_key)),
        source(*first.source),
        terms(std::move(its_terms)),
        spool(std::move(folder)),
        items(1, first) {}

  [[nodiscard]] bool is_stack() const { return terms.split.at != Split::At::nowhere; }

  const std::string key;
  const SourceFile source;
  const SubmissionTerms terms;
  PageSpool spool;
  SourceInspection inspection;  ///< written before any page is asked for
  std::atomic<std::uint32_t> pages_done = 0;
  std::atomic<bool> dropped = false;           ///< given up; pages still queued are not read
  Guarded<std::vector<SubmissionItem>> items;  ///< waiting for these bytes, at least one while in hand
};

template <typename T>
Result<T> Digitizer::ask(engine::Worker& worker, const SourceFile& source, const PageRequest& request,
                         std::chrono::seconds time, int output) const {
  SOHOA_TRY(const auto file, archive_.objects().open(source.digest));
  const std::array<int, 2> fds{file.get(), output};
  SOHOA_TRY(const auto answer, worker.call(wire::to_bytes(request), std::span(fds).first(output < 0 ? 1 : 2), time));
  return answer_of<T>(answer);
}

}  // namespace sohoa::flow
