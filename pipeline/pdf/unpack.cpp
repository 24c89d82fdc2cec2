// The filters are qpdf's. Nearly every stream is plain Flate, for which its inflating pipeline is enough; for the rest
// (a predictor, ASCII 85, several filters) a stream is put into an empty document and read back. Either way the result
// runs into a bounded buffer, so that a stream which unpacks to gigabytes costs no more than the limit.

#include "pipeline/pdf/unpack.hpp"

#include <algorithm>
#include <array>
#include <qpdf/Buffer.hh>
#include <qpdf/Pipeline.hh>
#include <qpdf/Pl_Flate.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <stdexcept>

namespace sohoa::pdf {
namespace {

constexpr std::size_t most_filters = 8;  // of one stream
constexpr std::array general = {"ASCIIHexDecode", "ASCII85Decode", "FlateDecode", "LZWDecode", "RunLengthDecode"};

struct TooLarge : std::runtime_error {
  TooLarge() : std::runtime_error("too large") {}
};

class Collector final : public Pipeline {
 public:
  explicit Collector(std::size_t limit) : Pipeline("collector", nullptr), limit_(limit) {}
  void write(unsigned char const* data, std::size_t size) override {
    if (size > limit_ - bytes.size()) throw TooLarge();
    bytes.insert(bytes.end(), data, data + size);
  }
  void finish() override {}

  Bytes bytes;

 private:
  std::size_t limit_;
};

/// Takes them as they are; qpdf does not write to its input.
unsigned char* not_const(ByteView bytes) {
  return const_cast<unsigned char*>(bytes.data());
}

void inflate(ByteView packed, Collector& result) {
  Pl_Flate flate("flate", &result, Pl_Flate::a_inflate);
  flate.write(not_const(packed), packed.size());
  flate.finish();
}

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

bool filter_by_document(ByteView packed, const std::vector<Filter>& filters, Collector& result) {
  QPDF document;
  document.setSuppressWarnings(true);
  document.emptyPDF();
  auto stream = QPDFObjectHandle::newStream(&document, std::make_shared<Buffer>(not_const(packed), packed.size()));
  stream.replaceDict(QPDFObjectHandle::parse(dictionary_of(filters)));
  return stream.pipeStreamData(&result, 0, qpdf_dl_specialized, true, false);
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
  Collector result(limit);
  try {
    if (filters.size() == 1 && filters[0].name == "FlateDecode" && filters[0].predictor <= 1) {
      inflate(packed, result);
    } else if (!filter_by_document(packed, filters, result)) {
      return Error{ErrorCode::invalid_input, "a stream's data are damaged"};
    }
  } catch (const TooLarge&) {
    return Error{ErrorCode::resource_exhausted, "a stream unpacks to more than " + std::to_string(limit) + " bytes"};
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& failure) {
    return Error{ErrorCode::invalid_input, std::string("a stream's data are damaged: ") + failure.what()};
  }
  return std::move(result.bytes);
}

}  // namespace sohoa::pdf
