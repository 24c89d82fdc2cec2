#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/result.hpp"

namespace sohoa::catalogue {

struct CsvRow {
  std::uint32_t line = 1;  ///< where it begins, from 1; a quoted field may run over several
  std::vector<std::string> fields;
};

/// RFC 4180: fields parted by commas, in quotes where they hold commas, quotes ("") or line ends; rows end in CRLF or
/// LF. A byte order mark is skipped, and rows of nothing but a line end. Pure, any thread. Errors: invalid_input, with
/// the line in front ("line 7: quote is never closed").
Result<std::vector<CsvRow>> read_csv(std::string_view text);

}  // namespace sohoa::catalogue
