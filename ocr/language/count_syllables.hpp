#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "pipeline/base/bytes.hpp"

namespace sohoa::ocr::language {

/// Counts syllables and pairs of them, and makes a model's bytes of that (syllable_model.hpp). Pairs are discounted by
/// .75 (absolute discounting); what that leaves is given to unigrams. One thread.
class SyllableCounts {
 public:
  /// A sentence or paragraph, UTF-8.
  void add_line(std::string_view line);
  /// Tokens and pairs that were seen less often than `least` are left out.
  [[nodiscard]] Bytes model(std::uint32_t least) const;

 private:
  std::uint32_t id_of(const std::string& token);

  std::unordered_map<std::string, std::uint32_t> ids_;
  std::vector<std::uint64_t> counts_;                       ///< by id
  std::unordered_map<std::uint64_t, std::uint32_t> pairs_;  ///< by first id << 32 | second id
};

}  // namespace sohoa::ocr::language
