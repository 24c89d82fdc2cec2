#include "api/http/server.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>
#include <thread>
#include <utility>
#include <vector>

#include "api/http/connection.hpp"
#include "api/http/problem.hpp"
#include "api/http/request_head.hpp"
#include "pipeline/base/clock.hpp"
#include "pipeline/base/guarded.hpp"

namespace sohoa::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

class HttpServer::Implementation {
 public:
  Implementation(api::Service& service, api::OfficeServices office, HttpOptions options)
      : options_(std::move(options)),
        context_{service, office, options_, metrics_, std::to_string(now().time_since_epoch().count())},
        io_(static_cast<int>(std::max(options_.threads, 1U))),
        readers_(std::max(options_.readers, 1U)),
        writers_(std::max(options_.writers, 1U)),
        signers_(std::max(options_.signers, 1U)),
        main_(asio::make_strand(io_)),
        acceptor_(main_),
        stop_signal_(main_),
        timer_(main_),
        host_{context_, readers_, writers_, signers_, [this](std::uint64_t id) { leave(id); }} {}

  ~Implementation() {
    readers_.join();
    writers_.join();
    signers_.join();
  }
  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;

  Result<void> open();
  [[nodiscard]] std::uint16_t port() const { return port_; }
  Result<void> run();
  void stop() noexcept {
    const std::uint64_t one = 1;
    // Fails only where the counter is full, when stop() has been called long since.
    [[maybe_unused]] const auto written = ::write(stop_fd_, &one, sizeof one);
  }

 private:
  using Connections = std::map<std::uint64_t, std::weak_ptr<Connection>>;

  asio::awaitable<void> accept();
  asio::awaitable<void> wait_for_stop();
  asio::awaitable<void> pause(std::chrono::milliseconds time);
  void admit(tcp::socket socket);
  void turn_away(tcp::socket& socket) const;
  void leave(std::uint64_t id);
  template <typename Use>
  void for_each_connection(Use use);
  [[nodiscard]] std::size_t connection_count() const {
    return connections_.with([](const Connections& all) { return all.size(); });
  }

  // Constant after construction.
  const HttpOptions options_;
  HttpMetrics metrics_;
  const Context context_;
  std::uint16_t port_ = 0;
  int stop_fd_ = -1;  ///< an eventfd, owned by stop_signal_

  Guarded<Connections> connections_;

  // The main strand's; destroyed before what its handlers refer to.
  asio::io_context io_;
  asio::thread_pool readers_;
  asio::thread_pool writers_;
  asio::thread_pool signers_;
  asio::strand<asio::io_context::executor_type> main_;
  tcp::acceptor acceptor_;
  asio::posix::stream_descriptor stop_signal_;
  asio::steady_timer timer_;
  std::uint64_t next_id_ = 0;
  const ConnectionHost host_;
};

Result<void> HttpServer::Implementation::open() {
  error_code error;
  tcp::resolver resolver(io_);
  const auto found = resolver.resolve(options_.host, std::to_string(options_.port),
                                      tcp::resolver::passive | tcp::resolver::numeric_service, error);
  if (error || found.empty()) return Error{ErrorCode::invalid_input, options_.host + ": " + error.message()};
  const tcp::endpoint endpoint = *found.begin();
  const auto attempt = [&](auto step) {
    if (!error) step();
  };
  attempt([&] { acceptor_.open(endpoint.protocol(), error); });
  attempt([&] { acceptor_.set_option(tcp::acceptor::reuse_address(true), error); });
  attempt([&] { acceptor_.bind(endpoint, error); });
  attempt([&] { acceptor_.listen(asio::socket_base::max_listen_connections, error); });
  attempt([&] { port_ = acceptor_.local_endpoint(error).port(); });
  if (error)
    return Error{ErrorCode::unavailable, options_.host + ":" + std::to_string(options_.port) + ": " + error.message()};
  stop_fd_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (stop_fd_ < 0) return Error{ErrorCode::unavailable, "eventfd: no descriptor left"};
  stop_signal_.assign(stop_fd_);
  return {};
}

Result<void> HttpServer::Implementation::run() {
  Guarded<std::string> broken;
  const auto drive = [&] {
    try {
      io_.run();
    } catch (const std::exception& e) {
      broken.with([&](std::string& what) { what = e.what(); });
      io_.stop();
    }
  };
  asio::co_spawn(main_, accept(), asio::detached);
  asio::co_spawn(main_, wait_for_stop(), asio::detached);
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 1; i < options_.threads; ++i) threads.emplace_back(drive);
    drive();
  }
  const auto what = broken.with([](const std::string& text) { return text; });
  if (!what.empty()) return Error{ErrorCode::internal, "http server: " + what};
  return {};
}

asio::awaitable<void> HttpServer::Implementation::pause(std::chrono::milliseconds time) {
  error_code ignored;
  timer_.expires_after(time);
  co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

asio::awaitable<void> HttpServer::Implementation::accept() {
  while (acceptor_.is_open()) {
    error_code error;
    tcp::socket socket(asio::make_strand(io_));
    co_await acceptor_.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
    if (!acceptor_.is_open()) co_return;  // stopping: nobody would wind it down
    if (!error) {
      admit(std::move(socket));
    } else {
      // No descriptor left, mostly: they come back when connections end.
      co_await pause(std::chrono::milliseconds(50));
    }
  }
}

void HttpServer::Implementation::admit(tcp::socket socket) {
  if (connection_count() >= options_.limits.connections) return turn_away(socket);
  const auto id = next_id_++;
  const auto connection = std::make_shared<Connection>(id, std::move(socket), host_);
  connections_.with([&](Connections& all) { all.emplace(id, connection); });
  ++metrics_.connections;
  connection->start();
}

/// One try without waiting: a fresh socket's buffer takes it.
void HttpServer::Implementation::turn_away(tcp::socket& socket) const {
  const auto id = new_request_id();
  const auto response = to_response(problem(503, "too many connections"), id);
  const auto text =
      response_head(response, {Version::http_1_1, Persistence::close}, id) + std::get<std::string>(response.body);
  error_code ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(text), ignored);
  socket.shutdown(tcp::socket::shutdown_send, ignored);
}

void HttpServer::Implementation::leave(std::uint64_t id) {
  --metrics_.connections;
  connections_.with([&](Connections& all) { all.erase(id); });
}

template <typename Use>
void HttpServer::Implementation::for_each_connection(Use use) {
  std::vector<std::shared_ptr<Connection>> present;
  connections_.with([&](const Connections& all) {
    for (const auto& [id, weak] : all)
      if (auto connection = weak.lock()) present.push_back(std::move(connection));
  });
  for (const auto& connection : present) use(*connection);
}

asio::awaitable<void> HttpServer::Implementation::wait_for_stop() {
  error_code ignored;
  co_await stop_signal_.async_wait(asio::posix::stream_descriptor::wait_read,
                                   asio::redirect_error(asio::use_awaitable, ignored));
  acceptor_.close(ignored);
  timer_.cancel();
  for_each_connection([](Connection& connection) { connection.wind_down(); });
  const auto end = std::chrono::steady_clock::now() + options_.timeouts.drain;
  while (connection_count() > 0 && std::chrono::steady_clock::now() < end)
    co_await pause(std::chrono::milliseconds(10));
  for_each_connection([](Connection& connection) { connection.abort(); });
}

HttpServer::HttpServer(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::create(api::Service& service, api::OfficeServices office,
                                                       HttpOptions options) {
  try {
    auto implementation = std::make_unique<Implementation>(service, office, std::move(options));
    SOHOA_DO(implementation->open());
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(implementation)));
  } catch (const std::exception& e) {
    return Error{ErrorCode::unavailable, std::string("http server: ") + e.what()};
  }
}

std::uint16_t HttpServer::port() const {
  return implementation_->port();
}
Result<void> HttpServer::run() {
  return implementation_->run();
}
void HttpServer::stop() noexcept {
  implementation_->stop();
}

}  // namespace sohoa::http
