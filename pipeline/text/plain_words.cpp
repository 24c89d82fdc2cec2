#include "pipeline/text/plain_words.hpp"

#include <utility>

#include "pipeline/text/unicode.hpp"

namespace sohoa::text {

std::vector<std::string> plain_words(std::string_view utf8) {
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(std::exchange(word, {}));
  };
  for (const char c : without_marks(utf8)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r') {
      end_word();
    } else if (c >= 'A' && c <= 'Z') {
      word += static_cast<char>(c - 'A' + 'a');
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || byte >= 0x80) {
      word += c;
    }
  }
  end_word();
  return words;
}

}  // namespace sohoa::text
