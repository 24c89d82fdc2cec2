#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

// What is asked of qpdf. Its headers are C++17 that clang does not take as C++20 (JSON.hh of 11.3 has a vector of the
// class that it stands in), so this header and its source are C++17, and the only ones that know qpdf.

namespace sohoa::pdf::qpdf {

/// Takes what was unpacked, piece by piece; false: no more is wanted.
using Sink = std::function<bool(const std::uint8_t* data, std::size_t size)>;

struct Outcome {
  bool done = false;     ///< all of it went to the sink
  bool stopped = false;  ///< by the sink
  std::string problem;
};
/// Undoes one FlateDecode without a predictor.
Outcome inflate(const std::uint8_t* data, std::size_t size, const Sink& sink);
/// Undoes the filters that a stream's dictionary names: "<</Filter[/ASCII85Decode/FlateDecode]/DecodeParms[...]>>".
Outcome unfilter(const std::uint8_t* data, std::size_t size, const std::string& dictionary, const Sink& sink);

/// An object as qpdf's cross-reference table has it.
struct TableEntry {
  int number = 0, generation = 0;
  bool in_stream = false;
  std::uint64_t place = 0;  ///< offset, or the object stream's number
  int index = 0;            ///< in the object stream
};
struct Table {
  std::vector<TableEntry> entries;
  std::string problem;  ///< why there is none
};
/// The table of a file that qpdf reads without repairing anything.
Table table_of(const std::uint8_t* data, std::size_t size);

}  // namespace sohoa::pdf::qpdf
