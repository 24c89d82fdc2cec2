// Every word of the pages given, a JSON object a line: file, text, certainty, and the features that the certainty comes
// from. For certainty.py, which compares with the truth and fits the weights.
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "ocr/language/choose_words.hpp"
#include "ocr/page_recognizer.hpp"
#include "pipeline/decode/initialise.hpp"
#include "pipeline/model/review.hpp"
#include "tests/support/upright_pages.hpp"

namespace {

using namespace sohoa;
using namespace sohoa::ocr;

void tell(const std::string& file, std::vector<Block> blocks) {
  std::erase_if(blocks, [](const Block& block) { return is_apart(block.role); });
  language::choose_words(
      blocks, language::SyllableModel::built_in(), [&](const Word& word, const language::WordFeatures& features) {
        const nlohmann::json line = {{"file", file},
                                     {"text", word.text},
                                     {"chosen", features.chosen},
                                     {"certainty", word.certainty},
                                     {"doubtful", is_doubtful(word)},
                                     {"without", language::certainty_without_language(features)},
                                     {"with_language", language::with_language(features)},
                                     {"without_language", language::without_language(features)}};
        std::printf("%s\n", line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
      });
}

}  // namespace

int main(int argc, char** argv) {
  ::setenv("OMP_THREAD_LIMIT", "1", 1);
  initialise_decoders();
  auto recognizer = PageRecognizer::create({.words = WordChoice::as_read});
  if (!recognizer) {
    std::fprintf(stderr, "%s\n", recognizer.error().message.c_str());
    return 1;
  }
  for (int i = 1; i < argc; ++i) {
    testing_support::for_each_upright_page(argv[i], [&](const UprightPage& page) {
      auto reading = (*recognizer)->read(page, "vie");
      if (reading) tell(argv[i], std::move(reading->blocks));
    });
  }
  return 0;
}
