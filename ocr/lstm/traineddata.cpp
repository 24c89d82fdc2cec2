#include "ocr/lstm/traineddata.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "ocr/lstm/byte_reader.hpp"

namespace sohoa::ocr::lstm {

Result<TrainedData> TrainedData::load(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{ErrorCode::not_found, "no model " + path.filename().string()};
  return parse(Bytes(std::istreambuf_iterator<char>(file), {}));
}

Result<TrainedData> TrainedData::parse(Bytes bytes) {
  TrainedData data;
  data.bytes_ = std::move(bytes);
  ByteReader reader(data.bytes_);
  SOHOA_TRY(const auto count, reader.read<std::int32_t>());
  if (count < 0 || count > 1000) return Error{ErrorCode::invalid_input, "no container of a model"};
  std::vector<std::int64_t> offsets;
  for (std::int32_t i = 0; i < count; ++i) {
    SOHOA_TRY(const auto offset, reader.read<std::int64_t>());
    offsets.push_back(offset);
  }
  const auto size = static_cast<std::int64_t>(data.bytes_.size());
  for (std::size_t i = 0; i < std::min(offsets.size(), components); ++i) {
    if (offsets[i] < 0) continue;
    // A component runs to the next one's begin, whichever that is.
    std::int64_t end = size;
    for (const auto other : offsets) {
      if (other > offsets[i]) end = std::min(end, other);
    }
    if (offsets[i] > size || end > size) return Error{ErrorCode::invalid_input, "the model's file ends too early"};
    data.ranges_[i] = {static_cast<std::size_t>(offsets[i]), static_cast<std::size_t>(end)};
  }
  return data;
}

std::optional<ByteView> TrainedData::component(Component which) const {
  const auto& range = ranges_[static_cast<std::size_t>(which)];
  if (!range) return std::nullopt;
  return ByteView(bytes_).subspan(range->first, range->second - range->first);
}

}  // namespace sohoa::ocr::lstm
