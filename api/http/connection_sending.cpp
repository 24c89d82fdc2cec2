// The sending half of a connection: files in pieces, event streams in chunks.

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <exception>
#include <mutex>

#include "api/http/connection_parts.hpp"
#include "api/http/request_head.hpp"

namespace sohoa::http {

/// Lets a feed's thread wake a connection, as long as it is there.
class Connection::Door {
 public:
  explicit Door(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}
  void knock() {
    if (knocked.exchange(true)) return;
    const std::scoped_lock lock(mutex_);
    if (!connection_) return;
    asio::post(connection_->socket_.get_executor(), [connection = connection_] { connection->events_timer_.cancel(); });
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
    auto drop = [&] {
      response.body = std::string();
      return true;
    };
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
      // All that cancels the timer runs on this strand: what came before the wait is seen here, what comes later ends
      // it.
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
    // Asio may report anew what the read of the request has taken already; only the client's end is its leaving.
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return self->watch_for_hang_up();
    self->gone_ = true;
    self->events_timer_.cancel();
  });
}

}  // namespace sohoa::http
