// One coroutine a connection, on a strand of its own. Whatever may wait for a disk runs in a pool (on_pool below), so a few
// threads drive any number of sockets. A second coroutine, the watchdog, cancels the socket's operation when its deadline
// passes; unlike Beast's own stream timer it leaves the socket open, so that a 408 can still be sent.
// GCC 12 destroys a capturing lambda twice when it stands inside a co_await expression: each has a name here, and on_pool takes
// it by reference. It also lays out a wrong frame for some conditions that contain a co_await: their results have names too.

#include "api/http/connection.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <exception>
#include <mutex>
#include <new>
#include <optional>
#include <vector>

#include "api/http/problem.hpp"
#include "api/http/request_head.hpp"
#include "pipeline/base/clock.hpp"

namespace sohoa::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t piece_bytes = 64 * 1024;           ///< of a body, either way, on its way through memory
constexpr std::uint64_t unwanted_body_bytes = 64 * 1024;  ///< read and dropped to keep a connection; more is not worth it
constexpr std::uint64_t lingering_bytes = 16 << 20;       ///< let pass after a refusal, so that the client gets to read it
constexpr auto lingering_time = std::chrono::seconds(5);

/// Runs `work` in `pool` and comes back to the coroutine's own executor. `work` must not throw.
template <typename Work>
asio::awaitable<std::invoke_result_t<Work&>> on_pool(asio::thread_pool& pool, Work& work) {
  co_await asio::post(asio::bind_executor(pool.get_executor(), asio::use_awaitable));
  auto result = work();
  co_await asio::post(asio::use_awaitable);
  co_return result;
}

Response failure(const std::exception_ptr& exception, std::string_view request_id) {
  try {
    std::rethrow_exception(exception);
  } catch (const std::bad_alloc&) {
    return to_response(problem(503, "out of memory"), request_id);
  } catch (const std::exception& e) {
    return to_response(problem(500, e.what()), request_id);
  } catch (...) {
    return to_response(problem(500, "unknown exception"), request_id);
  }
}

/// Whether the parser found fault with what came, rather than the connection with its end.
bool is_malformed(const error_code& error) {
  static const auto& parser_category = beast::http::make_error_code(beast::http::error::bad_method).category();
  return error.category() == parser_category && error != beast::http::error::end_of_stream &&
         error != beast::http::error::partial_message;
}

/// A handler's call with its exceptions, which are bugs or lack of memory, turned into a response.
template <typename Call>
auto guarded(Call call, std::string_view request_id) -> decltype(call()) {
  try {
    return call();
  } catch (...) {
    return failure(std::current_exception(), request_id);
  }
}

}  // namespace

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

/// Lets a feed's thread wake a connection, as long as it is there.
class Connection::Door {
 public:
  explicit Door(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}
  void knock() {
    if (knocked.exchange(true)) return;
    const std::scoped_lock lock(mutex_);
    if (!connection_) return;
    asio::post(connection_->socket_.get_executor(),
               [connection = connection_] { connection->events_timer_.cancel(); });
  }
  void close() {
    std::shared_ptr<Connection> dropped;
    const std::scoped_lock lock(mutex_);
    dropped.swap(connection_);
  }
  std::atomic<bool> knocked = false;  ///< since the last look at the queue

 private:
  std::mutex mutex_;
  std::shared_ptr<Connection> connection_;
};

Connection::Connection(std::uint64_t id, asio::ip::tcp::socket socket, const ConnectionHost& host)
    : id_(id),
      host_(host),
      socket_(std::move(socket)),
      watchdog_(socket_.get_executor()),
      events_timer_(socket_.get_executor()) {
  error_code error;
  const auto endpoint = socket_.remote_endpoint(error);
  if (!error) remote_ = endpoint.address().to_string() + ":" + std::to_string(endpoint.port());
  socket_.set_option(asio::ip::tcp::no_delay(true), error);
  buffer_.max_size(std::max<std::size_t>(host.context.options.limits.header_bytes, piece_bytes) + 4096);
  no_deadline();
}

void Connection::start() {
  const auto self = shared_from_this();
  asio::co_spawn(socket_.get_executor(), [self] { return self->serve(); }, asio::detached);
  asio::co_spawn(socket_.get_executor(), [self] { return self->watch(); }, asio::detached);
}

void Connection::wind_down() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    self->ending_ = true;
    self->events_timer_.cancel();
    error_code ignored;
    if (self->idle_) self->socket_.cancel(ignored);
  });
}

void Connection::abort() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    error_code ignored;
    self->ending_ = true;
    self->gone_ = true;
    self->events_timer_.cancel();
    self->socket_.close(ignored);
  });
}

void Connection::allow(std::chrono::milliseconds time) { allow_until(steady_clock::now() + time); }

void Connection::allow_until(steady_clock::time_point deadline) {
  timed_out_ = false;
  deadline_ = deadline;
  if (watchdog_.expiry() > deadline) watchdog_.cancel();  // it sleeps too long
}

void Connection::no_deadline() {
  timed_out_ = false;
  deadline_ = steady_clock::time_point::max();
}

/// Cancels what runs past its deadline, again and again until it has ended: a cancel that meets a composed operation between
/// two of its steps is lost.
Connection::Awaitable<void> Connection::watch() {
  while (!ended_) {
    const auto now = steady_clock::now();
    if (now >= deadline_) {
      timed_out_ = true;
      error_code ignored;
      socket_.cancel(ignored);
      watchdog_.expires_after(std::chrono::milliseconds(50));
    } else {
      watchdog_.expires_at(deadline_);
    }
    error_code ignored;
    co_await watchdog_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
}

Connection::Awaitable<void> Connection::serve() {
  auto next = Next::keep_alive;
  try {
    while (next == Next::keep_alive) next = co_await exchange();
  } catch (const std::exception&) {
    next = Next::close;  // no memory for this connection; the others go on
  }
  if (next == Next::linger) co_await linger();
  error_code ignored;
  ended_ = true;
  watchdog_.cancel();
  socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
  socket_.close(ignored);
  host_.left(id_);
}

/// Ends our side and lets pass what the client is still sending: closing at once would reset the connection and take the
/// response out of the client's hands.
Connection::Awaitable<void> Connection::linger() {
  error_code error;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  allow(std::chrono::duration_cast<std::chrono::milliseconds>(lingering_time));
  idle_ = true;
  std::array<char, 8192> dropped;
  std::uint64_t total = 0;
  while (!error && !ending_ && total < lingering_bytes)
    total += co_await socket_.async_read_some(asio::buffer(dropped), asio::redirect_error(asio::use_awaitable, error));
}

/// Waits for the first byte of a request. False: there will be none.
Connection::Awaitable<bool> Connection::wait_for_request() {
  if (buffer_.size() > 0) co_return true;
  if (ending_) co_return false;
  idle_ = true;
  allow(host_.context.options.timeouts.idle);
  error_code error;
  const auto count =
      co_await socket_.async_read_some(buffer_.prepare(4096), asio::redirect_error(asio::use_awaitable, error));
  buffer_.commit(count);
  idle_ = false;
  co_return !error;
}

Connection::Awaitable<Connection::Next> Connection::exchange() {
  const bool came = co_await wait_for_request();
  if (!came) co_return Next::close;
  const auto incoming = std::make_unique<Incoming>();  // Beast's parser is not movable
  incoming->parser.header_limit(host_.context.options.limits.header_bytes);
  incoming->parser.body_limit(boost::none);  // ours differ by route: read_piece
  allow(host_.context.options.timeouts.header);
  co_await beast::http::async_read_header(socket_, buffer_, incoming->parser,
                                          asio::redirect_error(asio::use_awaitable, incoming->error));
  if (incoming->error) co_return co_await refuse_header(*incoming, timed_out_);
  Exchange exchange;
  const auto next = co_await answer(exchange, *incoming);
  report(exchange);
  co_return next;
}

/// Says what was wrong with a header that could not be read to its end, where somebody is there to hear it.
Connection::Awaitable<Connection::Next> Connection::refuse_header(Incoming& incoming, bool timed_out) {
  const auto error = incoming.error;
  if (!is_malformed(error) && !timed_out) co_return Next::close;  // the client left, or we are stopping
  Exchange exchange;
  exchange.keep_alive = false;
  exchange.request.request_id = new_request_id();
  auto refusal = problem(400, "the request header is malformed: " + error.message());
  if (timed_out) refusal = problem(408, "the request header took too long");
  const bool too_long =
      error == beast::http::error::header_limit || error == beast::http::error::buffer_overflow;
  if (too_long)
    refusal = problem(431, "the request header is longer than " +
                               std::to_string(host_.context.options.limits.header_bytes) + " bytes");
  co_await send(exchange, to_response(refusal, exchange.request.request_id));
  report(exchange);
  co_return Next::linger;
}

Connection::Awaitable<Connection::Next> Connection::answer(Exchange& exchange, Incoming& incoming) {
  const auto& head = incoming.parser.get();
  exchange.http_1_0 = head.version() < 11;
  exchange.keep_alive = incoming.parser.keep_alive();
  exchange.request.method = std::string(head.method_string());
  for (const auto& field : head) {
    const auto name = field.name_string();
    const auto value = field.value();
    exchange.request.headers.add({name.data(), name.size()}, {value.data(), value.size()});
  }
  const auto target = head.target();
  auto broken = complete(exchange.request, {target.data(), target.size()}, exchange.http_1_0 ? Version::http_1_0 : Version::http_1_1);
  Response response;
  if (broken) {
    exchange.keep_alive = false;
    response = to_response(*broken, exchange.request.request_id);
  } else {
    exchange.match = match(routes(), exchange.request.method, exchange.request.segments);
    exchange.request.parameters = std::move(exchange.match.parameters);
    response = co_await respond(exchange, incoming);
  }
  const bool body_left = !incoming.parser.is_done();
  if (body_left || ending_ || std::holds_alternative<std::unique_ptr<EventSource>>(response.body))
    exchange.keep_alive = false;
  if (response.status == 0) co_return Next::close;
  const bool sent = co_await send(exchange, std::move(response));
  if (!sent) co_return Next::close;
  if (body_left) co_return Next::linger;
  co_return exchange.keep_alive ? Next::keep_alive : Next::close;
}

/// The response, or one with status 0 where nobody is there to hear it.
Connection::Awaitable<Response> Connection::respond(Exchange& exchange, Incoming& incoming) {
  const auto& request = exchange.request;
  const auto& match = exchange.match;
  if (const auto expect = request.headers.find("Expect")) {
    exchange.expects_continue = equal_ignoring_case(*expect, "100-continue");
    if (!exchange.expects_continue) co_return to_response(problem(417, "Expect: " + std::string(*expect)), request.request_id);
  }
  if (match.route == nullptr) {
    auto refusal = match.pattern.empty() ? to_response(problem(404, "nothing is at " + request.path), request.request_id)
                                         : to_response(problem(405, request.method + " is not possible here"), request.request_id);
    if (!match.allow.empty()) refusal.headers.set("Allow", match.allow);
    co_await discard_body(exchange, incoming);
    co_return refusal;
  }
  if (const auto* receives = std::get_if<Receive>(&match.route->action))
    co_return co_await receive(exchange, incoming, *receives);
  const bool done = co_await discard_body(exchange, incoming);
  if (!done) co_return to_response(problem(413, "a body is not wanted here"), request.request_id);
  no_deadline();
  const auto handle = std::get<Handle>(match.route->action);
  auto call = [&] { return guarded([&] { return handle(host_.context, request); }, request.request_id); };
  co_return co_await on_pool(host_.readers, call);
}

Connection::Awaitable<Response> Connection::receive(Exchange& exchange, Incoming& incoming, Receive action) {
  const auto& request = exchange.request;
  const auto& limits = host_.context.options.limits;
  const auto too_large = [&] {
    return to_response(problem(413, "the body is larger than " + std::to_string(limits.body_bytes) + " bytes"), request.request_id);
  };
  const auto length = incoming.parser.content_length();
  if (!length && !incoming.parser.chunked())
    co_return to_response(problem(411, "neither Content-Length nor chunked"), request.request_id);
  if (length && *length > limits.body_bytes) co_return too_large();

  no_deadline();
  using Begun = std::variant<Response, std::unique_ptr<BodyReceiver>>;
  auto begin = [&] { return guarded([&]() -> Begun { return action(host_.context, request); }, request.request_id); };
  auto begun = co_await on_pool(host_.writers, begin);
  if (auto* refusal = std::get_if<Response>(&begun)) co_return std::move(*refusal);
  auto receiver = std::get<std::unique_ptr<BodyReceiver>>(std::move(begun));
  // Dropping a writer removes a file: in the pool as well.
  auto drop = [&] { receiver.reset(); return true; };

  Response silence;
  silence.status = 0;
  if (exchange.expects_continue && !exchange.http_1_0) {
    const bool told = co_await write("HTTP/1.1 100 Continue\r\n\r\n");
    if (!told) {
      co_await on_pool(host_.writers, drop);
      co_return silence;
    }
  }
  std::optional<Response> refusal;
  const std::string_view request_id = request.request_id;
  auto feed = [&] {
    const auto piece = as_bytes({incoming.piece.data(), incoming.piece_size});
    return guarded([&] { return receiver->feed(piece); }, request_id);
  };
  while (!refusal && !incoming.parser.is_done()) {
    const bool came = co_await read_piece(exchange, incoming);
    if (!came) {
      if (timed_out_) {
        refusal = to_response(problem(408, "the body came too slowly"), request_id);
      } else if (is_malformed(incoming.error)) {
        refusal = to_response(problem(400, "the body is malformed: " + incoming.error.message()), request_id);
      } else {
        exchange.note = "upload broken off: " + incoming.error.message();
        refusal = std::move(silence);
      }
    } else if (exchange.received > limits.body_bytes) {
      refusal = too_large();
    } else if (incoming.piece_size > 0) {
      no_deadline();
      refusal = co_await on_pool(host_.writers, feed);
    }
  }
  no_deadline();
  if (!refusal) {
    auto finish = [&] { return guarded([&] { return receiver->finish(); }, request_id); };
    refusal = co_await on_pool(host_.writers, finish);
  }
  co_await on_pool(host_.writers, drop);
  co_return *std::move(refusal);
}

/// Reads and drops a body that nobody wants. False: it is too long, and stays where it is.
Connection::Awaitable<bool> Connection::discard_body(Exchange& exchange, Incoming& incoming) {
  bool whole = incoming.parser.is_done();
  bool more = !whole && !exchange.expects_continue;
  while (more) {
    const bool came = co_await read_piece(exchange, incoming);
    whole = incoming.parser.is_done();
    more = came && !whole && exchange.received <= unwanted_body_bytes;
  }
  co_return whole;
}

/// Reads what has come of the body into incoming.piece. False: it broke off, was malformed or too slow.
Connection::Awaitable<bool> Connection::read_piece(Exchange& exchange, Incoming& incoming) {
  const auto& times = host_.context.options.timeouts;
  const auto owed = std::chrono::milliseconds(exchange.received * 1000 / std::max<std::uint64_t>(times.body_bytes_per_second, 1));
  allow_until(std::min(steady_clock::now() + times.body, exchange.begun + times.body_grace + owed));
  incoming.piece.resize(piece_bytes);
  auto& body = incoming.parser.get().body();
  body.data = incoming.piece.data();
  body.size = incoming.piece.size();
  body.more = true;
  co_await beast::http::async_read_some(socket_, buffer_, incoming.parser,
                                        asio::redirect_error(asio::use_awaitable, incoming.error));
  if (incoming.error == beast::http::error::need_buffer) incoming.error = {};
  incoming.piece_size = incoming.piece.size() - body.size;
  exchange.received += incoming.piece_size;
  host_.context.metrics.received_bytes += incoming.piece_size;
  co_return !incoming.error;
}

Connection::Awaitable<bool> Connection::write(std::string_view bytes) {
  allow(host_.context.options.timeouts.body);
  error_code error;
  co_await asio::async_write(socket_, asio::buffer(bytes.data(), bytes.size()),
                             asio::redirect_error(asio::use_awaitable, error));
  no_deadline();
  co_return !error;
}

/// False: the response did not get through in full; the connection is of no use any more.
Connection::Awaitable<bool> Connection::send(Exchange& exchange, Response response) {
  exchange.status = response.status;
  const Framing framing{exchange.http_1_0 ? Version::http_1_0 : Version::http_1_1,
                        exchange.keep_alive ? Persistence::keep_alive : Persistence::close};
  auto head = response_head(response, framing, exchange.request.request_id);
  const bool bodiless = exchange.request.method == "HEAD" || response.status == 204 || response.status == 304;
  bool sent = false;
  if (const auto* text = std::get_if<std::string>(&response.body); text != nullptr || bodiless) {
    if (!bodiless) {
      head += *text;  // one write, one packet
      exchange.sent = text->size();
    }
    sent = co_await write(head);
  } else if (auto* file = std::get_if<FileBody>(&response.body)) {
    sent = co_await write(head);
    if (sent) sent = co_await send_file(exchange, std::move(*file));
  } else {
    auto& source = *std::get<std::unique_ptr<EventSource>>(response.body);
    sent = co_await write(head);
    if (sent) sent = co_await send_events(exchange, source);
    // Its end unsubscribes and may wait for the feed.
    auto drop = [&] { response.body = std::string(); return true; };
    co_await on_pool(host_.readers, drop);
  }
  host_.context.metrics.sent_bytes += exchange.sent;
  if (!sent && exchange.note.empty()) exchange.note = "response broken off";
  co_return sent;
}

Connection::Awaitable<bool> Connection::send_file(Exchange& exchange, FileBody file) {
  std::string piece(static_cast<std::size_t>(std::min<std::uint64_t>(file.size, piece_bytes)), '\0');
  ssize_t count = 0;
  auto read = [&] {
    const auto wanted = std::min<std::uint64_t>(piece.size(), file.size);
    count = ::pread(file.file.get(), piece.data(), wanted, static_cast<off_t>(file.offset));
    return true;
  };
  while (file.size > 0) {
    co_await on_pool(host_.readers, read);
    if (count <= 0) {
      exchange.note = "the stored file is shorter than recorded, or cannot be read";
      co_return false;
    }
    const bool written = co_await write(std::string_view(piece).substr(0, static_cast<std::size_t>(count)));
    if (!written) co_return false;
    file.offset += static_cast<std::uint64_t>(count);
    file.size -= static_cast<std::uint64_t>(count);
    exchange.sent += static_cast<std::uint64_t>(count);
  }
  co_return true;
}

/// Chunks of whole events until the source's last, the client's end or ours. HTTP/1.0 knows no chunks: the end of the
/// connection ends the stream there.
Connection::Awaitable<bool> Connection::send_events(Exchange& exchange, EventSource& source) {
  const auto door = std::make_shared<Door>(shared_from_this());
  const bool chunks = !exchange.http_1_0;
  EventSource::Piece piece;
  bool sent = true;
  bool failed = false;
  bool started = false;
  watch_for_hang_up();
  auto take = [&] {
    door->knocked = false;
    try {
      if (!started) source.start([door] { door->knock(); });
      started = true;
      piece = source.take();
    } catch (const std::exception&) {
      failed = true;  // the status line is long gone: breaking off is all that can be said
    }
    return true;
  };
  while (sent && !piece.last && !ending_ && !gone_) {
    co_await on_pool(host_.readers, take);
    if (failed) break;
    if (piece.text.empty() && !piece.last) {
      // All that cancels the timer runs on this strand: what came before the wait is seen here, what comes later ends it.
      if (door->knocked || gone_ || ending_) continue;
      events_timer_.expires_after(host_.context.options.timeouts.heartbeat);
      error_code woken;
      co_await events_timer_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
      if (woken) continue;
      piece.text = ": still here\n\n";
    }
    exchange.sent += piece.text.size();
    if (piece.text.empty()) break;  // the last one
    const auto framed = chunks ? chunk(piece.text) : piece.text;
    sent = co_await write(framed);
  }
  door->close();
  if (gone_) exchange.note = "the client left";
  if (failed || gone_ || !sent) co_return false;
  if (!chunks) co_return true;
  const auto last = chunk("");
  sent = co_await write(last);
  co_return sent;
}

/// Notices a client that leaves an event stream, which nothing is read from.
void Connection::watch_for_hang_up() {
  socket_.async_wait(asio::ip::tcp::socket::wait_read, [self = shared_from_this()](const error_code& error) {
    if (error) return;
    char byte = 0;
    const auto count = ::recv(self->socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (count > 0) return;  // another request waits behind this one: it is not read, as the stream ends the connection
    self->gone_ = true;
    self->events_timer_.cancel();
  });
}

void Connection::report(const Exchange& exchange) {
  const auto seconds = exchange.watch.seconds();
  const auto& request = exchange.request;
  const auto route = exchange.match.pattern;
  // An unknown method is as free to choose as an unknown path: neither may make new series.
  const bool known = exchange.match.route != nullptr;
  if (exchange.status != 0)
    host_.context.metrics.observe(known ? std::string_view(request.method) : "other", route.empty() ? "unmatched" : route,
                                  exchange.status, seconds);
  const auto& log = host_.context.options.log;
  if (!log) return;
  log({remote_, request.method, request.path, std::string(route), exchange.status, exchange.received, exchange.sent, seconds,
       request.request_id, request.trace_id, exchange.note});
}

}  // namespace sohoa::http
