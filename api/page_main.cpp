// `sohoa-page`: loads the models once, then forks page workers for the coordinator (pipeline/engine/zygote.hpp).
// Started by `sohoa`, never by hand: descriptor 3 is the socket to it.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "ocr/page_recognizer.hpp"
#include "pipeline/decode/initialise.hpp"
#include "pipeline/engine/zygote.hpp"
#include "pipeline/flow/read_page.hpp"

namespace {

struct Arguments {
  sohoa::ocr::RecognizerOptions recognizer;
  sohoa::engine::WorkerLimits limits;
};

bool read_arguments(int argc, char** argv, Arguments& arguments) {
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name(argv[i]);
    const std::string value(argv[i + 1]);
    if (name == "--languages") {
      arguments.recognizer.languages = value;
    } else if (name == "--tessdata") {
      arguments.recognizer.models = value;
    } else if (name == "--address-space") {
      arguments.limits.address_space_bytes = std::strtoull(value.c_str(), nullptr, 10);
    } else if (name == "--file-bytes") {
      arguments.limits.file_bytes = std::strtoull(value.c_str(), nullptr, 10);
    } else {
      return false;
    }
  }
  return argc % 2 == 1;
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  if (!read_arguments(argc, argv, arguments)) {
    std::fprintf(stderr, "sohoa-page is started by sohoa\n");
    return 2;
  }
  sohoa::initialise_decoders();
  auto recognizer = sohoa::ocr::PageRecognizer::create(arguments.recognizer);
  if (!recognizer) {
    std::fprintf(stderr, "sohoa-page: %s\n", recognizer.error().message.c_str());
    return 1;
  }
  sohoa::flow::PageReader reader(**recognizer);
  return sohoa::engine::run_zygote(
      3, arguments.limits,
      [&](sohoa::ByteView request, std::span<const sohoa::UniqueFd> fds) { return reader.answer(request, fds); });
}
