#include "api/http/json_receiver.hpp"

#include "api/http/header_value.hpp"
#include "api/http/problem.hpp"

namespace sohoa::http {
namespace {

class JsonReceiver final : public BodyReceiver {
 public:
  JsonReceiver(const Context& context, const Request& request, HandleJson handle)
      : context_(context), request_(request), handle_(handle) {}

  std::optional<Response> feed(ByteView piece) override {
    const auto most = context_.options.limits.json_bytes;
    if (body_.size() + piece.size() > most) {
      return to_response(problem(413, "JSON of more than " + std::to_string(most) + " bytes"), request_.request_id);
    }
    body_.append(as_text(piece));
    return std::nullopt;
  }

  Response finish() override { return handle_(context_, request_, body_); }

 private:
  const Context& context_;
  const Request& request_;
  const HandleJson handle_;
  std::string body_;
};

}  // namespace

std::variant<Response, std::unique_ptr<BodyReceiver>> receive_json(const Context& context, const Request& request,
                                                                   HandleJson handle) {
  const auto content_type = parse_header_value(request.headers.get("Content-Type"));
  if (!content_type || content_type->value != "application/json") {
    return to_response(problem(415, "the body is not application/json"), request.request_id);
  }
  return std::make_unique<JsonReceiver>(context, request, handle);
}

}  // namespace sohoa::http
