// Method: what has come is appended to a short buffer, and a state machine takes from its front whatever is certain. In
// a part's data everything is certain but a tail that may be the beginning of CRLF "--" boundary, so at most boundary +
// 6 bytes stay for the next piece. The search is one pass of memmem over a piece (several GB/s), far quicker than any
// disk behind it. The buffer starts with a CRLF of ours, so that the first boundary, which may stand at the very
// beginning, is found like all others.
// "--boundary" followed by anything but CRLF, "--" or white space is data: another part's boundary may begin with the
// same letters.

#include "api/http/multipart.hpp"

#include <string.h>

#include <algorithm>

#include "api/http/message.hpp"

namespace sohoa::http {
namespace {

constexpr std::size_t max_padding =
    64;  // bytes of white space after a boundary; RFC 2046 sets no limit, nobody sends any

Error malformed(std::string_view what) {
  return {ErrorCode::invalid_input, "multipart body: " + std::string(what)};
}

bool is_boundary_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
}

bool is_valid_boundary(std::string_view boundary) {
  return !boundary.empty() && boundary.size() <= 70 && boundary.back() != ' ' &&
         std::all_of(boundary.begin(), boundary.end(), is_boundary_character);
}

std::size_t find(std::string_view text, std::string_view wanted) {
  const void* found = ::memmem(text.data(), text.size(), wanted.data(), wanted.size());
  return found == nullptr ? std::string_view::npos
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

bool ends_boundary(std::string_view two) {
  return two == "\r\n" || two == "--" || two[0] == ' ' || two[0] == '\t';
}

}  // namespace

Result<MultipartParser> MultipartParser::create(const HeaderValue& content_type, const MultipartLimits& limits,
                                                MultipartSink& sink) {
  const auto boundary = content_type.parameter("boundary");
  if (!boundary || !is_valid_boundary(*boundary)) return malformed("no valid boundary in Content-Type");
  return MultipartParser("\r\n--" + std::string(*boundary), limits, sink);
}

MultipartParser::MultipartParser(std::string delimiter, const MultipartLimits& limits, MultipartSink& sink)
    : delimiter_(std::move(delimiter)), limits_(limits), sink_(&sink), held_("\r\n") {}

Result<void> MultipartParser::feed(ByteView piece) {
  held_.append(as_text(piece));
  while (true) {
    SOHOA_TRY(const auto next, step());
    if (next == Step::wait) break;
  }
  held_.erase(0, done_);
  done_ = 0;
  return {};
}

Result<void> MultipartParser::finish() {
  if (state_ != State::epilogue) return malformed("ends before its closing boundary");
  return {};
}

Result<MultipartParser::Step> MultipartParser::step() {
  switch (state_) {
    case State::preamble:
    case State::data: return until_boundary();
    case State::after_boundary: return boundary_line();
    case State::header: return header_line();
    case State::epilogue: break;
  }
  done_ = held_.size();
  return Step::wait;
}

Result<MultipartParser::Step> MultipartParser::until_boundary() {
  const auto found = find(rest(), delimiter_);
  if (found == std::string_view::npos) {
    const auto kept = std::min(rest().size(), delimiter_.size() - 1);
    SOHOA_DO(pass_on(rest().size() - kept));
    return Step::wait;
  }
  SOHOA_DO(pass_on(found));
  if (rest().size() < delimiter_.size() + 2) return Step::wait;
  if (!ends_boundary(rest().substr(delimiter_.size(), 2))) {
    SOHOA_DO(pass_on(2));  // its CRLF; the next may begin at once behind
    return Step::on;
  }
  done_ += delimiter_.size();
  if (state_ == State::data) SOHOA_DO(sink_->end_part());
  state_ = State::after_boundary;
  return Step::on;
}

Result<MultipartParser::Step> MultipartParser::boundary_line() {
  if (rest().starts_with("--")) {
    state_ = State::epilogue;
    return Step::on;
  }
  const auto end = rest().find_first_not_of(" \t");
  if (std::min(end, rest().size()) > max_padding) return malformed("too much white space after a boundary");
  if (end == std::string_view::npos || rest().size() < end + 2) return Step::wait;
  if (rest().substr(end, 2) != "\r\n") return malformed("text after a boundary");
  done_ += end + 2;
  if (++parts_ > limits_.parts) return malformed("more than " + std::to_string(limits_.parts) + " parts");
  state_ = State::header;
  header_ = {};
  header_bytes_ = header_lines_ = 0;
  has_disposition_ = false;
  return Step::on;
}

Result<MultipartParser::Step> MultipartParser::header_line() {
  const auto room = limits_.header_bytes - header_bytes_;
  const auto end = find(rest().substr(0, room), "\r\n");
  if (end == std::string_view::npos) {
    if (rest().size() >= room)
      return malformed("part header longer than " + std::to_string(limits_.header_bytes) + " bytes");
    return Step::wait;
  }
  const auto line = rest().substr(0, end);
  header_bytes_ += end + 2;
  if (line.empty()) {
    done_ += end + 2;
    SOHOA_DO(begin_part());
    return Step::on;
  }
  if (++header_lines_ > limits_.header_lines) return malformed("too many header lines in a part");
  SOHOA_DO(take_header(line));
  done_ += end + 2;
  return Step::on;
}

Result<void> MultipartParser::take_header(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return malformed("part header line without a name");
  if (line.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos)
    return malformed("control character in a part header");
  const auto name = line.substr(0, colon);
  if (name.find_first_of(" \t") != std::string_view::npos) return malformed("white space in a part header's name");
  const auto value = trimmed(line.substr(colon + 1));
  if (equal_ignoring_case(name, "Content-Disposition")) {
    if (has_disposition_) return malformed("two Content-Disposition lines in a part");
    auto disposition = parse_header_value(value);
    if (!disposition) return disposition.error().within("multipart body: Content-Disposition");
    header_.disposition = *std::move(disposition);
    has_disposition_ = true;
  } else if (equal_ignoring_case(name, "Content-Type")) {
    header_.media_type = lower_case(trimmed(value.substr(0, value.find(';'))));
  } else if (equal_ignoring_case(name, "Content-Transfer-Encoding") && !equal_ignoring_case(value, "binary") &&
             !equal_ignoring_case(value, "8bit") && !equal_ignoring_case(value, "7bit")) {
    return malformed("transfer-encoded part (RFC 7578, 4.7 forbids it)");
  }
  return {};
}

Result<void> MultipartParser::begin_part() {
  const auto name = header_.disposition.parameter("name");
  if (!has_disposition_ || header_.disposition.value != "form-data" || !name)
    return malformed("part without a form-data name");
  header_.name = *name;
  state_ = State::data;
  return sink_->begin_part(header_);
}

/// Moves on by `bytes`, which are data, or preamble that nobody wants.
Result<void> MultipartParser::pass_on(std::size_t bytes) {
  if (bytes == 0) return {};
  if (state_ == State::data) {
    SOHOA_DO(sink_->part_data(as_bytes(rest().substr(0, bytes))));
  } else {
    preamble_ += bytes;
    if (preamble_ > limits_.preamble_bytes) return malformed("no boundary at its beginning");
  }
  done_ += bytes;
  return {};
}

}  // namespace sohoa::http
