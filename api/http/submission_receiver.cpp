// Each file goes to a writer of the service as it arrives and is made durable when its part ends, so that one upload
// has one open file and the disk's syncs overlap with the network. An upload that breaks off leaves at most durable
// bytes that nothing refers to. The first writer is asked for before any of the body is read: "busy" then costs the
// sender nothing, where Expect: 100-continue is used.

#include "api/http/submission_receiver.hpp"

#include <array>
#include <utility>

#include "api/http/handlers.hpp"
#include "api/http/header_value.hpp"
#include "api/http/multipart.hpp"
#include "api/http/problem.hpp"
#include "api/http/terms.hpp"
#include "api/http/upload.hpp"
#include "api/http/views.hpp"

namespace sohoa::http {
namespace {

/// The files of one request on their way to the service.
class Files {
 public:
  Files(const Context& context, UploadTicket ticket, std::unique_ptr<ObjectWriter> first)
      : context_(context), ticket_(std::move(ticket)), writer_(std::move(first)) {}

  Result<void> begin(std::string name) {
    if (uploads_.size() == context_.options.limits.files)
      return Error{ErrorCode::invalid_input, "more than " + std::to_string(uploads_.size()) + " files"};
    if (!writer_) {
      SOHOA_TRY(writer_, context_.service.create_upload());
    }
    name_ = std::move(name);
    size_ = 0;
    return {};
  }

  Result<void> write(ByteView piece) {
    size_ += piece.size();
    if (size_ > context_.options.limits.file_bytes) {
      too_large_ = true;
      return Error{ErrorCode::invalid_input,
                   name_ + ": larger than " + std::to_string(context_.options.limits.file_bytes) + " bytes"};
    }
    return writer_->write(piece);
  }

  Result<void> end() {
    auto object = writer_->commit();
    writer_.reset();
    if (!object) return std::move(object).error();
    uploads_.push_back({std::move(name_), *object});
    return {};
  }

  [[nodiscard]] std::uint64_t current_size() const { return size_; }
  [[nodiscard]] bool too_large() const { return too_large_; }

  Response submit(const SubmissionTerms& terms, std::string_view request_id) {
    if (uploads_.empty()) return to_response(problem(400, "no file in the request"), request_id);
    const auto id = context_.service.submit(terms, uploads_);
    if (!id) return to_response(problem_of(id.error()), request_id);
    auto response = json_response(202, accepted_json(*id));
    response.headers.set("Location", submission_path(*id));
    return response;
  }

 private:
  const Context& context_;
  UploadTicket ticket_;
  std::unique_ptr<ObjectWriter> writer_;  ///< open, or waiting for the first file
  std::vector<api::Upload> uploads_;
  std::string name_;
  std::uint64_t size_ = 0;
  bool too_large_ = false;
};

class SubmissionReceiver : public BodyReceiver {
 public:
  SubmissionReceiver(Files files, SubmissionTerms terms, std::string request_id)
      : files_(std::move(files)), terms_(std::move(terms)), request_id_(std::move(request_id)) {}

 protected:
  [[nodiscard]] Response refusal(const Error& error) const {
    return to_response(files_.too_large() ? problem(413, error.message) : problem_of(error), request_id_);
  }
  Response submit() { return files_.submit(terms_, request_id_); }

  Files files_;
  SubmissionTerms terms_;
  std::string request_id_;
};

class RawReceiver final : public SubmissionReceiver {
 public:
  RawReceiver(Files files, SubmissionTerms terms, std::string request_id, std::string name)
      : SubmissionReceiver(std::move(files), std::move(terms), std::move(request_id)), name_(std::move(name)) {}

  std::optional<Response> feed(ByteView piece) override {
    if (auto done = add(piece); !done) return refusal(done.error());
    return std::nullopt;
  }

  Response finish() override {
    if (!begun_) return to_response(problem(400, "the body is empty"), request_id_);
    if (auto done = files_.end(); !done) return refusal(done.error());
    return submit();
  }

 private:
  Result<void> add(ByteView piece) {
    if (!std::exchange(begun_, true)) SOHOA_DO(files_.begin(name_));
    return files_.write(piece);
  }

  std::string name_;
  bool begun_ = false;
};

class FormReceiver final : public SubmissionReceiver, private MultipartSink {
 public:
  FormReceiver(Files files, SubmissionTerms terms, std::string request_id)
      : SubmissionReceiver(std::move(files), std::move(terms), std::move(request_id)) {}

  Result<void> open(const HeaderValue& content_type, const HttpLimits& limits) {
    MultipartLimits parts;
    parts.parts = limits.files + 16;  // files and the few fields beside them
    SOHOA_TRY(auto parser, MultipartParser::create(content_type, parts, *this));
    parser_.emplace(std::move(parser));
    return {};
  }

  std::optional<Response> feed(ByteView piece) override {
    if (auto done = parser_->feed(piece); !done) return refusal(done.error());
    return std::nullopt;
  }

  Response finish() override {
    if (auto done = parser_->finish(); !done) return refusal(done.error());
    return submit();
  }

 private:
  enum class Part { file, unnamed_file, term };

  Result<void> begin_part(const PartHeader& header) override {
    if (is_term(header.name)) {
      part_ = Part::term;
      term_ = header.name;
      value_.clear();
      return {};
    }
    if (header.name != "file")
      return Error{ErrorCode::invalid_input, "no field of this name: " + header.name.substr(0, 64)};
    auto name = clean_file_name(stated_file_name(header.disposition).value_or(""));
    // A browser's form without a chosen file sends an empty one without a name: begun only when bytes come.
    part_ = name.empty() ? Part::unnamed_file : Part::file;
    return name.empty() ? Result<void>() : files_.begin(std::move(name));
  }

  Result<void> part_data(ByteView piece) override {
    if (part_ == Part::term) {
      value_.append(as_text(piece));
      if (value_.size() > max_term_bytes) return Error{ErrorCode::invalid_input, term_ + ": too long"};
      return {};
    }
    if (part_ == Part::unnamed_file) {
      SOHOA_DO(files_.begin("unnamed"));
      part_ = Part::file;
    }
    return files_.write(piece);
  }

  Result<void> end_part() override {
    switch (part_) {
      case Part::term: return set_term(terms_, term_, value_);
      case Part::file: return files_.end();
      case Part::unnamed_file: break;
    }
    return {};
  }

  std::optional<MultipartParser> parser_;
  Part part_ = Part::term;
  std::string term_;
  std::string value_;
};

/// How a file without a name is called, by its media type.
struct RawType {
  std::string_view media_type;
  std::string_view name;
};
constexpr std::array raw_types{RawType{"application/pdf", "upload.pdf"}, RawType{"application/zip", "upload.zip"},
                               RawType{"application/x-zip-compressed", "upload.zip"},
                               RawType{"application/octet-stream", "upload"}};

std::optional<std::string> default_raw_name(std::string_view media_type) {
  for (const auto& type : raw_types)
    if (type.media_type == media_type) return std::string(type.name);
  if (media_type.starts_with("image/") && media_type.size() > 6)
    return clean_file_name("upload." + std::string(media_type.substr(6)));
  return std::nullopt;
}

Result<SubmissionTerms> terms_in_query(const Request& request) {
  SubmissionTerms terms;
  for (const auto& [name, value] : request.query)
    if (name != "name") SOHOA_DO(set_term(terms, name, value));
  return terms;
}

}  // namespace

std::variant<Response, std::unique_ptr<BodyReceiver>> receive_submission(const Context& context,
                                                                         const Request& request) {
  const auto refused = [&](unsigned status, std::string detail) {
    return to_response(problem(status, std::move(detail)), request.request_id);
  };
  const auto content_type = parse_header_value(request.headers.get("Content-Type"));
  if (!content_type) return refused(415, "no Content-Type");
  const bool is_form = content_type->value == "multipart/form-data";
  const auto raw = default_raw_name(content_type->value);
  if (!is_form && !raw)
    return refused(415, "neither multipart/form-data nor a PDF, an image or a ZIP: " + content_type->value);
  auto terms = terms_in_query(request);
  if (!terms) return refuse(request, terms.error());

  auto ticket = UploadTicket::take(context);
  if (!ticket) return refused(429, "too many uploads at the same time");
  auto writer = context.service.create_upload();
  if (!writer) return refuse(request, writer.error());
  Files files(context, *std::move(ticket), *std::move(writer));
  if (!is_form)
    return std::make_unique<RawReceiver>(std::move(files), *std::move(terms), request.request_id,
                                         sent_file_name(request, *raw));
  auto receiver = std::make_unique<FormReceiver>(std::move(files), *std::move(terms), request.request_id);
  if (auto opened = receiver->open(*content_type, context.options.limits); !opened)
    return refuse(request, opened.error());
  return receiver;
}

}  // namespace sohoa::http
