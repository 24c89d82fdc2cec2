#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <regex>

#include "api/portal/connector.hpp"

namespace sohoa::api::portal {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

constexpr auto longest_wait = std::chrono::seconds(30);

/// The parts of http://host:port/path.
struct Address {
  std::string host;
  std::string port;
  std::string path;
};

std::optional<Address> address_of(const std::string& text) {
  static const std::regex form(R"(http://([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?(/[^\s]*)?)");
  std::smatch parts;
  if (!std::regex_match(text, parts, form)) return std::nullopt;
  return Address{parts[1], parts[2].matched ? parts[2].str() : "80", parts[3].matched ? parts[3].str() : "/"};
}

class HttpConnector final : public Connector {
 public:
  explicit HttpConnector(Address address) : address_(std::move(address)) {}

  Result<void> send(const Message& message) override {
    asio::io_context context;
    beast::tcp_stream stream(context);
    http::response<http::string_body> response;
    boost::system::error_code failed;
    // One exchange after the other; only asynchronous calls heed the stream's deadline.
    const auto run = [&](auto&& start) {
      stream.expires_after(longest_wait);
      start([&](boost::system::error_code error, auto&&...) { failed = error; });
      context.restart();
      context.run();
      return !failed;
    };
    asio::ip::tcp::resolver resolver(context);
    const auto hosts = resolver.resolve(address_.host, address_.port, failed);
    http::request<http::string_body> request(http::verb::post, address_.path, 11, message.json);
    request.set(http::field::host, address_.host);
    request.set(http::field::content_type, "application/json; charset=utf-8");
    request.prepare_payload();
    beast::flat_buffer buffer;
    const bool answered = !failed && run([&](auto done) { stream.async_connect(hosts, done); }) &&
                          run([&](auto done) { http::async_write(stream, request, done); }) &&
                          run([&](auto done) { http::async_read(stream, buffer, response, done); });
    if (!answered) return Error{ErrorCode::unavailable, address_.host + ": " + failed.message()};
    const auto status = response.result_int();
    if (status >= 200 && status < 300) return {};
    return Error{status < 500 ? ErrorCode::invalid_input : ErrorCode::unavailable,
                 "dossier " + message.dossier.value + ": answered with " + std::to_string(status)};
  }

 private:
  const Address address_;
};

}  // namespace

Result<std::unique_ptr<Connector>> http_connector(const std::string& address) {
  auto parts = address_of(address);
  if (!parts) return Error{ErrorCode::invalid_input, address + ": is no http:// address"};
  return std::unique_ptr<Connector>(std::make_unique<HttpConnector>(std::move(*parts)));
}

}  // namespace sohoa::api::portal
