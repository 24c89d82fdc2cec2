#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::ocr::lstm {

/// The parts of a `.traineddata` file that a line recogniser needs, by their index in the file's table of offsets.
enum class Component : std::uint8_t {
  network = 17,
  punctuation_dawg = 18,
  word_dawg = 19,
  number_dawg = 20,
  unicharset = 21,
  recoder = 22,
};

/// A `.traineddata` file in memory: `int32 n`, `int64 offset[n]` (absolute, -1: absent), then the components.
class TrainedData {
 public:
  /// Errors: not_found (no such file), invalid_input (no such container).
  static Result<TrainedData> load(const std::filesystem::path& path);
  static Result<TrainedData> parse(Bytes bytes);

  /// Nothing where the file has no such component. The view lives as long as this object.
  [[nodiscard]] std::optional<ByteView> component(Component which) const;

 private:
  static constexpr std::size_t components = 24;
  Bytes bytes_;
  std::array<std::optional<std::pair<std::size_t, std::size_t>>, components> ranges_;  ///< begin, end
};

}  // namespace sohoa::ocr::lstm
