#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "api/http/header_value.hpp"
#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::http {

/// What a part says of itself.
struct PartHeader {
  std::string name;         ///< the form field's
  HeaderValue disposition;  ///< for the file name
  std::string media_type;   ///< lower case, "" where none is stated
};

/// Gets a multipart body's parts, in order. An Error ends the parsing and comes out of feed() or finish() unchanged.
class MultipartSink {
 public:
  virtual ~MultipartSink() = default;
  virtual Result<void> begin_part(const PartHeader& header) = 0;
  /// Any number of times, also never. `piece` is gone after the call.
  virtual Result<void> part_data(ByteView piece) = 0;
  virtual Result<void> end_part() = 0;
};

struct MultipartLimits {
  std::size_t parts = 1'000;
  std::size_t header_bytes = 8'192;  ///< of one part; real ones have about 150
  std::size_t header_lines = 16;     ///< of one part
  std::size_t preamble_bytes = 4'096;
};

/// Takes multipart/form-data (RFC 7578, RFC 2046 5.1) apart while it arrives; holds no more than one piece and one
/// boundary. Strict: lines end in CRLF, a part has a Content-Disposition of type form-data with a name, nothing is
/// transfer-encoded. One thread. After an Error it must not be fed again.
class MultipartParser {
 public:
  /// `content_type` is the request's. `sink` outlives the parser. Errors: invalid_input (no boundary, or not one of 1
  /// to 70 characters that RFC 2046 allows).
  static Result<MultipartParser> create(const HeaderValue& content_type, const MultipartLimits& limits,
                                        MultipartSink& sink);

  /// Errors: invalid_input (malformed, over a limit), the sink's.
  Result<void> feed(ByteView piece);
  /// Errors: invalid_input where the closing boundary has not come.
  Result<void> finish();

 private:
  enum class State : std::uint8_t { preamble, after_boundary, header, data, epilogue };
  enum class Step : std::uint8_t { on, wait };

  MultipartParser(std::string delimiter, const MultipartLimits& limits, MultipartSink& sink);
  Result<Step> step();
  Result<Step> until_boundary();
  Result<Step> boundary_line();
  Result<Step> header_line();
  Result<void> take_header(std::string_view line);
  Result<void> begin_part();
  Result<void> pass_on(std::size_t bytes);
  [[nodiscard]] std::string_view rest() const { return std::string_view(held_).substr(done_); }

  std::string delimiter_;  ///< CRLF "--" boundary
  MultipartLimits limits_;
  MultipartSink* sink_;
  State state_ = State::preamble;
  std::string held_;  ///< not yet parsed from done_ on
  std::size_t done_ = 0;
  std::size_t parts_ = 0;
  std::size_t preamble_ = 0;
  std::size_t header_bytes_ = 0;
  std::size_t header_lines_ = 0;
  bool has_disposition_ = false;
  PartHeader header_;
};

}  // namespace sohoa::http
