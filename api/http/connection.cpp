// One coroutine a connection, on a strand of its own. Whatever may wait for a disk runs in a pool (on_pool), so a
// few threads drive any number of sockets. A second coroutine, the watchdog, cancels the socket's operation when its
// deadline passes; unlike Beast's own stream timer it leaves the socket open, so that a 408 can still be sent.

#include "api/http/connection.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/beast/http/read.hpp>
#include <exception>
#include <new>
#include <optional>

#include "api/http/connection_parts.hpp"
#include "api/http/problem.hpp"
#include "api/http/request_head.hpp"

namespace sohoa::http {

namespace {

/// Of a body, read and dropped to keep a connection; more is not worth it.
constexpr std::uint64_t unwanted_body_bytes = 64 * 1024;
/// Let pass after a refusal, so that the client gets to read it.
constexpr std::uint64_t lingering_bytes = 16 << 20;
constexpr auto lingering_time = std::chrono::seconds(5);

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

Problem body_too_large(std::uint64_t most) {
  return problem(413, "the body is larger than " + std::to_string(most) + " bytes");
}

}  // namespace

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

void Connection::allow(std::chrono::milliseconds time) {
  allow_until(steady_clock::now() + time);
}

void Connection::allow_until(steady_clock::time_point deadline) {
  timed_out_ = false;
  deadline_ = deadline;
  if (watchdog_.expiry() > deadline) watchdog_.cancel();  // it sleeps too long
}

void Connection::no_deadline() {
  timed_out_ = false;
  deadline_ = steady_clock::time_point::max();
}

/// Cancels what runs past its deadline, again and again until it has ended: a cancel that meets a composed operation
/// between two of its steps is lost.
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

/// Ends our side and lets pass what the client is still sending: closing at once would reset the connection and take
/// the response out of the client's hands.
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
  const bool too_long = error == beast::http::error::header_limit || error == beast::http::error::buffer_overflow;
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
  auto broken = complete(exchange.request, {target.data(), target.size()},
                         exchange.http_1_0 ? Version::http_1_0 : Version::http_1_1);
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
    if (!exchange.expects_continue)
      co_return to_response(problem(417, "Expect: " + std::string(*expect)), request.request_id);
  }
  if (match.route == nullptr) {
    auto refusal = match.pattern.empty()
                       ? to_response(problem(404, "nothing is at " + request.path), request.request_id)
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

/// Has `action` take the body on, feeds it, and lets it finish; nothing of a body that did not come to its end remains.
Connection::Awaitable<Response> Connection::receive(Exchange& exchange, Incoming& incoming, Receive action) {
  const auto& request = exchange.request;
  const auto most = host_.context.options.limits.body_bytes;
  const auto length = incoming.parser.content_length();
  if (!length && !incoming.parser.chunked())
    co_return to_response(problem(411, "neither Content-Length nor chunked"), request.request_id);
  if (length && *length > most) co_return to_response(body_too_large(most), request.request_id);

  no_deadline();
  using Begun = std::variant<Response, std::unique_ptr<BodyReceiver>>;
  auto begin = [&] { return guarded([&]() -> Begun { return action(host_.context, request); }, request.request_id); };
  auto begun = co_await on_pool(host_.writers, begin);
  if (auto* refusal = std::get_if<Response>(&begun)) co_return std::move(*refusal);
  auto receiver = std::get<std::unique_ptr<BodyReceiver>>(std::move(begun));
  auto refusal = co_await feed(exchange, incoming, *receiver);
  auto end = [&] {
    auto response = refusal ? *std::move(refusal) : guarded([&] { return receiver->finish(); }, request.request_id);
    receiver.reset();  // may remove a file, so it is done here in the pool
    return response;
  };
  const bool on_others = exchange.match.route->waits_for == WaitsFor::others;
  co_return co_await on_pool(on_others ? host_.signers : host_.writers, end);
}

/// Hands the body to `receiver` as it comes. A response, or one with status 0 where the client is gone, ends it early.
Connection::Awaitable<std::optional<Response>> Connection::feed(Exchange& exchange, Incoming& incoming,
                                                                BodyReceiver& receiver) {
  const std::string_view request_id = exchange.request.request_id;
  const auto most = host_.context.options.limits.body_bytes;
  std::optional<Response> refusal;
  if (exchange.expects_continue && !exchange.http_1_0) {
    const bool told = co_await write("HTTP/1.1 100 Continue\r\n\r\n");
    if (!told) refusal.emplace().status = 0;
  }
  auto take = [&] {
    const auto piece = as_bytes({incoming.piece.data(), incoming.piece_size});
    return guarded([&] { return receiver.feed(piece); }, request_id);
  };
  while (!refusal && !incoming.parser.is_done()) {
    const bool came = co_await read_piece(exchange, incoming);
    if (!came && timed_out_) {
      refusal = to_response(problem(408, "the body came too slowly"), request_id);
    } else if (!came && is_malformed(incoming.error)) {
      refusal = to_response(problem(400, "the body is malformed: " + incoming.error.message()), request_id);
    } else if (!came) {
      exchange.note = "upload broken off: " + incoming.error.message();
      refusal.emplace().status = 0;
    } else if (exchange.received > most) {
      refusal = to_response(body_too_large(most), request_id);
    } else if (incoming.piece_size > 0) {
      no_deadline();
      refusal = co_await on_pool(host_.writers, take);
    }
  }
  no_deadline();
  co_return refusal;
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
  const auto owed =
      std::chrono::milliseconds(exchange.received * 1000 / std::max<std::uint64_t>(times.body_bytes_per_second, 1));
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

void Connection::report(const Exchange& exchange) {
  const auto seconds = exchange.watch.seconds();
  const auto& request = exchange.request;
  const auto route = exchange.match.pattern;
  // An unknown method is as free to choose as an unknown path: neither may make new series.
  const bool known = exchange.match.route != nullptr;
  if (exchange.status != 0)
    host_.context.metrics.observe(known ? std::string_view(request.method) : "other",
                                  route.empty() ? "unmatched" : route, exchange.status, seconds);
  const auto& log = host_.context.options.log;
  if (!log) return;
  log({remote_, request.method, request.path, std::string(route), exchange.status, exchange.received, exchange.sent,
       seconds, request.request_id, request.trace_id, exchange.note});
}

}  // namespace sohoa::http
