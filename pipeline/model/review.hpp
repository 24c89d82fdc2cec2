#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/model/fields.hpp"
#include "pipeline/model/ids.hpp"
#include "pipeline/model/text.hpp"

namespace sohoa {

/// Of the words above it, 99.6 in 100 and more are right on real scans (tests/bench/certainty.py); an officer is asked
/// about those below.
inline constexpr float sure_word = 0.98F;

[[nodiscard]] inline bool is_doubtful(const Word& word) {
  return word.certainty < sure_word;
}

/// A word that an officer is asked about.
struct DoubtfulWord {
  PageNumber page;
  Word word;
  std::string line;         ///< the text line that it stands in
  std::size_t in_line = 0;  ///< which of the line's words it is, from 0
};

/// What of a document's newest version an officer is asked about.
struct Review {
  DocumentId document;
  std::uint32_t version = 1;
  std::uint64_t words = 0;          ///< of the document, without stamps and signatures' texts
  std::vector<DoubtfulWord> asked;  ///< in reading order
  std::vector<Field> fields;        ///< those whose `review` says why
};

}  // namespace sohoa
