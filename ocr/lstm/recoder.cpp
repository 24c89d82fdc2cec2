#include "ocr/lstm/recoder.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "ocr/lstm/byte_reader.hpp"

namespace sohoa::ocr::lstm {
namespace {

constexpr std::int32_t max_code = (1 << 16) - 1;

Error damaged(std::string_view what) {
  return {ErrorCode::invalid_input, "recoder: " + std::string(what)};
}

Result<std::vector<std::int32_t>> read_codes(ByteView component, std::int32_t unichars) {
  ByteReader in(component);
  SOHOA_TRY(const auto count, in.read<std::uint32_t>());
  if (static_cast<std::int64_t>(count) != unichars) return damaged("as many entries as characters are needed");
  std::vector<std::int32_t> codes;
  for (std::uint32_t id = 0; id < count; ++id) {
    SOHOA_DO(in.read<std::int8_t>());
    SOHOA_TRY(const auto length, in.read<std::int32_t>());
    if (length != 1) {
      return Error{ErrorCode::unsupported, "recoder: character " + std::to_string(id) + " has not one code"};
    }
    SOHOA_TRY(const auto code, in.read<std::int32_t>());
    if (code < 0 || code > max_code) return damaged("a code out of range");
    codes.push_back(code);
  }
  return codes;
}

}  // namespace

Result<Recoder> Recoder::parse(ByteView component, std::int32_t unichars, std::int32_t null_code) {
  SOHOA_TRY(auto codes, read_codes(component, unichars));
  if (std::find(codes.begin(), codes.end(), null_code) == codes.end()) {
    return Error{ErrorCode::unsupported, "recoder: nothing has the null code"};
  }
  Recoder recoder;
  recoder.null_code_ = null_code;
  const auto range = static_cast<std::size_t>(*std::max_element(codes.begin(), codes.end())) + 1;
  recoder.unichar_of_.assign(range, no_unichar);
  recoder.order_of_.assign(range, -1);
  std::int32_t next_place = 0;
  for (std::size_t id = 0; id < codes.size(); ++id) {
    const auto code = static_cast<std::size_t>(codes[id]);
    if (recoder.order_of_[code] < 0) recoder.order_of_[code] = next_place++;
    recoder.unichar_of_[code] = static_cast<std::int32_t>(id);
  }
  recoder.unichar_of_[static_cast<std::size_t>(null_code)] = no_unichar;
  recoder.code_of_ = std::move(codes);
  return recoder;
}

}  // namespace sohoa::ocr::lstm
