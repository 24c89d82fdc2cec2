// The zygote's executable for the engine's tests: a worker that does what the first word of the request says.
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "pipeline/base/file.hpp"
#include "pipeline/engine/zygote.hpp"

namespace {

std::vector<char> kept;  // what "grow" never gives back

sohoa::Bytes answer(std::string_view text) {
  const auto bytes = sohoa::as_bytes(text);
  return {bytes.begin(), bytes.end()};
}

sohoa::Bytes handle(sohoa::ByteView request, std::span<const sohoa::UniqueFd> fds) {
  const auto word = sohoa::as_text(request);
  if (word == "crash") {
    std::signal(SIGSEGV, SIG_DFL);  // a sanitizer would catch it
    std::raise(SIGSEGV);
  }
  if (word == "hang") ::pause();
  if (word == "pid") return answer(std::to_string(::getpid()));
  if (word == "network") return answer(::socket(AF_INET, SOCK_STREAM, 0) < 0 ? "refused" : "open");
  if (word == "program") {
    ::execl("/bin/true", "true", static_cast<char*>(nullptr));
    return answer("refused");
  }
  if (word == "grow") {
    kept.resize(kept.size() + (64U << 20));
    std::memset(kept.data(), 1, kept.size());
    return answer("grown");
  }
  if (word == "large") return sohoa::Bytes(40U << 20, 7);
  if (word == "read") {
    auto bytes = sohoa::read_all(fds.front().get(), 1000);
    return bytes ? *bytes : answer("error");
  }
  return answer(word);
}

}  // namespace

int main() {
  return sohoa::engine::run_zygote(3, {.address_space_bytes = 1ULL << 30, .file_bytes = 1 << 20}, handle);
}
