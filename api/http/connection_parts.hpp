#pragma once

// Private to connection*.cpp.
// GCC 12 destroys a capturing lambda twice when it stands inside a co_await expression: each has a name, and on_pool
// takes it by reference. It also lays out a wrong frame for some conditions that contain a co_await: their results have
// names too.

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <string>
#include <type_traits>
#include <vector>

#include "api/http/connection.hpp"
#include "pipeline/base/clock.hpp"

namespace sohoa::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using std::chrono::steady_clock;

inline constexpr std::size_t piece_bytes = 64 * 1024;  ///< of a body, either way, on its way through memory

/// Runs `work` in `pool` and comes back to the coroutine's own executor. `work` must not throw.
template <typename Work>
asio::awaitable<std::invoke_result_t<Work&>> on_pool(asio::thread_pool& pool, Work& work) {
  co_await asio::post(asio::bind_executor(pool.get_executor(), asio::use_awaitable));
  auto result = work();
  co_await asio::post(asio::use_awaitable);
  co_return result;
}

/// A request as Beast reads it.
struct Connection::Incoming {
  beast::http::request_parser<beast::http::buffer_body> parser;
  error_code error;
  std::vector<char> piece;  ///< made with the first piece: most requests have no body
  std::size_t piece_size = 0;
};

/// What is known of the request in progress, up to its log line.
struct Connection::Exchange {
  Request request;
  Match match;
  Stopwatch watch;
  steady_clock::time_point begun = steady_clock::now();
  bool http_1_0 = false;
  bool keep_alive = true;
  bool expects_continue = false;
  std::uint64_t received = 0;
  std::uint64_t sent = 0;
  unsigned status = 0;
  std::string note;
};

}  // namespace sohoa::http
