// A PDF comes in to be looked at and is not kept: its bytes go to a file that has no name, so that they are gone with
// the request, also where this process is killed.

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "api/http/handlers.hpp"
#include "api/http/header_value.hpp"
#include "api/http/problem.hpp"
#include "api/http/query.hpp"
#include "api/http/signing.hpp"
#include "api/http/upload.hpp"
#include "pipeline/base/file.hpp"

namespace sohoa::http {
namespace {

Result<UniqueFd> nameless_file(const std::filesystem::path& folder) {
  std::error_code exists;  // failing to make it shows at once
  std::filesystem::create_directories(folder, exists);
  auto name = (folder / "verified-XXXXXX").string();
  UniqueFd file(::mkostemp(name.data(), O_CLOEXEC));
  if (!file) return system_error(name);
  ::unlink(name.c_str());
  return file;
}

/// The same file for reading only: page workers get it.
Result<UniqueFd> for_reading(const UniqueFd& file) {
  const auto path = "/proc/self/fd/" + std::to_string(file.get());
  UniqueFd opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened) return system_error(path);
  return opened;
}

class VerifyReceiver final : public BodyReceiver {
 public:
  struct Parts {
    UploadTicket ticket;
    UniqueFd file;
    std::string name;
    api::VerificationService& verification;
    std::uint64_t most;  ///< bytes
  };
  VerifyReceiver(const Request& request, Parts parts) : request_(request), parts_(std::move(parts)) {}

  std::optional<Response> feed(ByteView piece) override {
    size_ += piece.size();
    if (size_ > parts_.most) {
      const auto detail = parts_.name + ": larger than " + std::to_string(parts_.most) + " bytes";
      return to_response(problem(413, detail), request_.request_id);
    }
    if (const auto done = write_all(parts_.file.get(), piece); !done) return refuse(request_, done.error());
    return std::nullopt;
  }

  Response finish() override {
    if (size_ == 0) return to_response(problem(400, "the body is empty"), request_.request_id);
    const auto file = for_reading(parts_.file);
    if (!file) return refuse(request_, file.error());
    const auto verified = parts_.verification.verify(file->get(), parts_.name);
    if (!verified) return refuse(request_, verified.error());
    return json_response(200, api::to_json(*verified));
  }

 private:
  const Request& request_;
  Parts parts_;
  std::uint64_t size_ = 0;
};

}  // namespace

std::variant<Response, std::unique_ptr<BodyReceiver>> post_verify(const Context& context, const Request& request) {
  const auto content_type = parse_header_value(request.headers.get("Content-Type"));
  if (!content_type || content_type->value != "application/pdf") {
    return to_response(problem(415, "the body is not application/pdf"), request.request_id);
  }
  Query query(request);
  (void)query.text("name");
  if (const auto good = query.end(); !good) return refuse(request, good.error());
  const auto signing = signing_of(context);
  if (!signing) return refuse(request, signing.error());
  auto ticket = UploadTicket::take(context);
  if (!ticket) return to_response(problem(429, "too many uploads at the same time"), request.request_id);
  auto file = nameless_file(context.options.work_folder);
  if (!file) return refuse(request, file.error());
  return std::make_unique<VerifyReceiver>(
      request, VerifyReceiver::Parts{*std::move(ticket), *std::move(file), sent_file_name(request, "upload.pdf"),
                                     signing->verification, context.options.limits.file_bytes});
}

}  // namespace sohoa::http
