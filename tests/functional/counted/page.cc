// One page through every stage, for callgrind: each stage's instructions are counted apart and dumped under its name.
#include <valgrind/callgrind.h>

#include <cstdio>

#include "ocr/layout/office_layout.hpp"
#include "ocr/page_recognizer.hpp"
#include "pipeline/decode/initialise.hpp"
#include "tests/support/upright_pages.hpp"

using namespace sohoa;

namespace {

template <typename F>
auto counted(const char* stage, F&& f) {
  struct Stop {
    const char* stage;
    ~Stop() {
      CALLGRIND_TOGGLE_COLLECT;
      CALLGRIND_DUMP_STATS_AT(stage);
    }
  } const stop{stage};
  CALLGRIND_ZERO_STATS;
  CALLGRIND_TOGGLE_COLLECT;
  return f();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  initialise_decoders();
  auto recognizer = ocr::PageRecognizer::create({});
  if (!recognizer) return 1;
  bool read = false;
  testing_support::StagesOfAPage stages;
  stages.decode = [](auto&& f) { return counted("decode", f); };
  stages.imaging = [](auto&& f) { return counted("imaging", f); };
  testing_support::for_each_upright_page(
      argv[1],
      [&](const UprightPage& page) {
        if (read) return;
        const auto lines = counted("layout", [&] { return ocr::lay_out(page.pixels, page.dpi, {}).lines.size(); });
        const auto reading = counted("recognize", [&] { return (*recognizer)->read(page, "vie"); });
        read = lines > 0 && reading && !reading->blocks.empty();
      },
      stages);
  return read ? 0 : 1;
}
