#pragma once

#include <vector>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/pdf/file.hpp"

namespace sohoa::pdf {

/// startxref NUMBER %%EOF, the end of a revision.
struct Tail {
  std::uint64_t begin = 0;   ///< of the keyword
  std::uint64_t target = 0;  ///< where it says that the section begins, white space stepped over
  std::uint64_t marker = 0;  ///< behind %%EOF; 0: there is none
};

/// All of them, in order, wherever the word stands.
[[nodiscard]] std::vector<Tail> find_tails(ByteView bytes);

/// The cross-reference section that begins at `at`. Errors: invalid_input, resource_exhausted.
[[nodiscard]] Result<Section> read_section(ByteView bytes, std::uint64_t at, std::vector<Flaw>& flaws);

}  // namespace sohoa::pdf
