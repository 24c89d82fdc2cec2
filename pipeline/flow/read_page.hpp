#pragma once

#include <memory>
#include <span>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/unique_fd.hpp"
#include "pipeline/model/page_messages.hpp"
#include "pipeline/ports/recognizer.hpp"

namespace sohoa::flow {

/// THE ORDER, the page worker's half: source bytes -> page image -> upright page -> text lines -> recognized page.
/// One thread; keeps the source that it read last open.
class PageReader {
 public:
  explicit PageReader(Recognizer& recognizer);
  ~PageReader();

  /// Answers one request of the coordinator. `fds`: the source's bytes, and for UnpackRequest the file to write to.
  /// Never throws; running out of memory is resource_exhausted.
  PageReply answer(const PageRequest& request, std::span<const UniqueFd> fds);
  /// The same from wire form to wire form.
  Bytes answer(ByteView request, std::span<const UniqueFd> fds);

 private:
  struct State;
  const std::unique_ptr<State> state_;
};

}  // namespace sohoa::flow
