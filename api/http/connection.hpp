#pragma once

// Private to connection*.cpp and server.cpp: the only files that see Boost.

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/context.hpp"
#include "api/http/message.hpp"
#include "api/http/routes.hpp"

namespace sohoa::http {

/// What all connections share. Outlives them.
struct ConnectionHost {
  const Context& context;
  boost::asio::thread_pool& readers;
  boost::asio::thread_pool& writers;
  boost::asio::thread_pool& signers;
  std::function<void(std::uint64_t id)> left;  ///< called once, when a connection has ended
};

/// One client's connection: request after request, each answered before the next is looked at, so pipelining is safe.
/// All members are touched on the socket's strand alone; handlers run in a pool and touch none.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(std::uint64_t id, boost::asio::ip::tcp::socket socket, const ConnectionHost& host);

  void start();
  /// Ends after the request in progress, at once where there is none. Any thread.
  void wind_down();
  /// Ends now. Any thread.
  void abort();

 private:
  class Door;
  struct Exchange;
  struct Incoming;
  enum class Next { keep_alive, close, linger };
  template <typename T>
  using Awaitable = boost::asio::awaitable<T>;

  Awaitable<void> serve();
  Awaitable<void> watch();
  Awaitable<Next> exchange();
  Awaitable<bool> wait_for_request();
  Awaitable<Next> refuse_header(Incoming& incoming, bool timed_out);
  Awaitable<Next> answer(Exchange& exchange, Incoming& incoming);
  Awaitable<Response> respond(Exchange& exchange, Incoming& incoming);
  Awaitable<Response> receive(Exchange& exchange, Incoming& incoming, Receive action);
  Awaitable<std::optional<Response>> feed(Exchange& exchange, Incoming& incoming, BodyReceiver& receiver);
  Awaitable<bool> discard_body(Exchange& exchange, Incoming& incoming);
  Awaitable<bool> read_piece(Exchange& exchange, Incoming& incoming);
  Awaitable<bool> send(Exchange& exchange, Response response);
  Awaitable<bool> send_file(Exchange& exchange, FileBody file);
  Awaitable<bool> send_events(Exchange& exchange, EventSource& source);
  Awaitable<bool> write(std::string_view bytes);
  Awaitable<void> linger();
  void report(const Exchange& exchange);
  void watch_for_hang_up();
  void allow(std::chrono::milliseconds time);
  void allow_until(std::chrono::steady_clock::time_point deadline);
  void no_deadline();

  const std::uint64_t id_;
  const ConnectionHost& host_;
  boost::asio::ip::tcp::socket socket_;
  boost::beast::flat_buffer buffer_;
  boost::asio::steady_timer watchdog_;
  boost::asio::steady_timer events_timer_;
  std::chrono::steady_clock::time_point deadline_;
  std::string remote_;
  bool timed_out_ = false;  ///< the current deadline passed
  bool idle_ = false;       ///< no request is in progress
  bool ending_ = false;     ///< wind_down() was called
  bool gone_ = false;       ///< the client hung up on an event stream
  bool ended_ = false;
};

}  // namespace sohoa::http
