#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "pipeline/model/fingerprint.hpp"
#include "pipeline/model/recognized_page.hpp"

namespace sohoa::issue {

/// Makes a document's fingerprint while its pages pass. Memory does not grow with them. One thread.
class Fingerprinter {
 public:
  Fingerprinter();
  void add_page(const RecognizedPage& page);
  void add_unread_page();
  [[nodiscard]] Fingerprint finish() const;

 private:
  void add_word(std::string word);
  void add_shingle(std::uint64_t hash);

  Fingerprint print_;
  std::array<std::uint32_t, TextSketch::size> minima_;
  std::string last_;  ///< the word before; words in pairs cross lines and pages
};

}  // namespace sohoa::issue
