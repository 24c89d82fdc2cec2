// The filters are qpdf's. Nearly every stream is plain Flate, for which its inflating pipeline is enough; for the rest
// (a predictor, ASCII 85, several filters) a stream is put into an empty document and read back. Either way the result
// runs into a bounded buffer, so that a stream which unpacks to gigabytes costs no more than the limit.

#include "pipeline/pdf/unpack.hpp"

#include <algorithm>
#include <array>

#include "pipeline/pdf/qpdf_bridge.hpp"

namespace sohoa::pdf {
namespace {

constexpr std::size_t most_filters = 8;  // of one stream
constexpr std::array general = {"ASCIIHexDecode", "ASCII85Decode", "FlateDecode", "LZWDecode", "RunLengthDecode"};

std::string dictionary_of(const std::vector<Filter>& filters) {
  std::string names, parameters;
  for (const auto& filter : filters) {
    names += '/' + filter.name;
    parameters += "<</Predictor " + std::to_string(filter.predictor) + "/Colors " + std::to_string(filter.colours) +
                  "/BitsPerComponent " + std::to_string(filter.bits) + "/Columns " + std::to_string(filter.columns) +
                  "/EarlyChange " + std::to_string(filter.early_change) + ">>";
  }
  return "<</Filter[" + names + "]/DecodeParms[" + parameters + "]>>";
}

Result<void> check(const std::vector<Filter>& filters) {
  if (filters.size() > most_filters) return Error{ErrorCode::unsupported, "a stream with many filters"};
  for (const auto& filter : filters) {
    if (std::find(general.begin(), general.end(), filter.name) == general.end()) {
      return Error{ErrorCode::unsupported, "filter " + filter.name};
    }
    // What images may ask for; beyond that a row alone could take all memory.
    const bool sane = filter.colours >= 1 && filter.colours <= 32 && filter.bits >= 1 && filter.bits <= 16 &&
                      filter.columns >= 1 && filter.columns <= 1'000'000;
    if (!sane) return Error{ErrorCode::invalid_input, "decode parameters out of range"};
  }
  return {};
}

}  // namespace

Result<Bytes> unpack(ByteView packed, const std::vector<Filter>& filters, std::size_t limit) {
  SOHOA_DO(check(filters));
  if (filters.empty()) {
    if (packed.size() > limit) return Error{ErrorCode::resource_exhausted, "a stream is too large"};
    return Bytes(packed.begin(), packed.end());
  }
  Bytes result;
  const auto keep = [&](const std::uint8_t* data, std::size_t size) {
    if (size > limit - result.size()) return false;
    result.insert(result.end(), data, data + size);
    return true;
  };
  const bool plain = filters.size() == 1 && filters[0].name == "FlateDecode" && filters[0].predictor <= 1;
  const auto outcome = plain ? qpdf::inflate(packed.data(), packed.size(), keep)
                             : qpdf::unfilter(packed.data(), packed.size(), dictionary_of(filters), keep);
  if (outcome.stopped) {
    return Error{ErrorCode::resource_exhausted, "a stream unpacks to more than " + std::to_string(limit) + " bytes"};
  }
  if (!outcome.done) return Error{ErrorCode::invalid_input, "a stream's data are damaged: " + outcome.problem};
  return result;
}

}  // namespace sohoa::pdf
