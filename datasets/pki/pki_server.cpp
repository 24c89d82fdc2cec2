#include "datasets/pki/pki_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>

#include "pipeline/base/file.hpp"
#include "pipeline/base/unique_fd.hpp"

namespace sohoa::pki {
namespace {

constexpr std::size_t most_bytes = 1 << 20;  // of a request
constexpr int patience_ms = 10'000;          // for a client's next bytes

struct Request {
  std::string path;
  Bytes body;
};

/// Case does not matter in names of headers, digits are all that is wanted.
std::size_t content_length(std::string head) {
  std::transform(head.begin(), head.end(), head.begin(), [](unsigned char c) { return std::tolower(c); });
  const auto at = head.find("\r\ncontent-length:");
  return at == std::string::npos ? 0 : std::strtoul(head.c_str() + at + 17, nullptr, 10);
}

std::optional<Request> read_request(int socket) {
  std::string text;
  std::array<char, 8192> piece{};
  std::size_t whole = 0;
  for (;;) {
    if (const auto end = text.find("\r\n\r\n"); end != std::string::npos) {
      whole = end + 4 + content_length(text.substr(0, end));
      if (whole > most_bytes) return std::nullopt;
      if (text.size() >= whole) {
        const auto first = text.find(' ') + 1;
        const auto body = text.substr(end + 4, whole - end - 4);
        return Request{text.substr(first, text.find(' ', first) - first), Bytes(body.begin(), body.end())};
      }
    }
    pollfd waiting{socket, POLLIN, 0};
    if (text.size() > most_bytes || ::poll(&waiting, 1, patience_ms) != 1) return std::nullopt;
    const auto got = ::recv(socket, piece.data(), piece.size(), 0);
    if (got <= 0) return std::nullopt;
    text.append(piece.data(), static_cast<std::size_t>(got));
  }
}

void send_all(int socket, ByteView bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes = bytes.subspan(static_cast<std::size_t>(sent));
  }
}

void answer(int socket, int status, std::string_view type, ByteView body, const std::string& location = {}) {
  const auto head = "HTTP/1.1 " + std::to_string(status) + " -\r\nContent-Type: " + std::string(type) +
                    (location.empty() ? "" : "\r\nLocation: " + location) +
                    "\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n";
  send_all(socket, as_bytes(head));
  send_all(socket, body);
}

std::optional<Service> service_of(std::string_view path) {
  if (path == "/tsa") return Service::timestamp;
  if (path == "/ocsp") return Service::ocsp;
  if (path == "/root.crl" || path == "/issuing.crl") return Service::crl;
  if (path == "/root.cer" || path == "/issuing.cer") return Service::issuers;
  return std::nullopt;
}

struct Answer {
  std::string_view type;
  Bytes body;
};

Answer answer_of(const DemoPki& pki, Service service, const Request& request, const Conduct& conduct) {
  const auto at = now() + conduct.clock_shift;
  const bool root = request.path.starts_with("/root");
  switch (service) {
    case Service::timestamp: return {"application/timestamp-reply", pki.timestamp(request.body, conduct.lie, at)};
    case Service::ocsp: return {"application/ocsp-response", pki.ocsp(request.body, conduct.lie, at)};
    case Service::crl:
      return {"application/pkix-crl", root ? pki.root_crl(conduct.lie, at) : pki.issuing_crl(conduct.lie, at)};
    case Service::issuers: return {"application/pkix-cert", (root ? pki.root() : pki.issuing()).der()};
  }
  return {};
}

}  // namespace

struct PkiServer::State {
  UniqueFd listener;
  std::string url;
  std::mutex mutex;
  std::condition_variable changed;
  // guarded by mutex
  bool stopping = false;
  const DemoPki* pki = nullptr;
  std::array<Conduct, service_count> conducts;
  std::array<std::size_t, service_count> requests{};
  struct Connection {
    UniqueFd socket;
    std::thread thread;
    bool over = false;
  };
  std::list<Connection> connections;
  std::thread acceptor;

  void handle(int socket) {
    const auto request = read_request(socket);
    if (!request) return;
    const auto service = service_of(request->path);
    if (!service) return answer(socket, 404, "text/plain", {});
    std::unique_lock lock(mutex);
    const auto at = static_cast<std::size_t>(*service);
    ++requests[at];
    const auto conduct = conducts[at];
    const auto* served = pki;
    changed.wait_for(lock, conduct.delay, [&] { return stopping; });
    if (stopping || conduct.away) return;
    lock.unlock();
    if (served == nullptr) return answer(socket, 503, "text/plain", {});
    auto [type, body] = answer_of(*served, *service, *request, conduct);
    if (conduct.garbage) body = Bytes(64, 0x2a);
    body.resize(body.size() + conduct.padding);
    answer(socket, conduct.status, type, body, conduct.location);
  }

  void serve(Connection& connection) {
    handle(connection.socket.get());
    ::shutdown(connection.socket.get(), SHUT_RDWR);
    const std::scoped_lock lock(mutex);
    connection.over = true;
  }

  void accept_all() {
    for (;;) {
      UniqueFd socket(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
      const std::scoped_lock lock(mutex);
      if (stopping) return;
      for (auto& one : connections) {
        if (one.over) one.thread.join();
      }
      connections.remove_if([](const Connection& one) { return one.over; });
      if (!socket) continue;
      auto& connection = connections.emplace_back();
      connection.socket = std::move(socket);
      connection.thread = std::thread([this, &connection] { serve(connection); });
    }
  }
};

PkiServer::PkiServer(std::unique_ptr<State> state) : state_(std::move(state)) {
  state_->acceptor = std::thread([this] { state_->accept_all(); });
}

Result<std::unique_ptr<PkiServer>> PkiServer::listen(const std::string& address, std::uint16_t port) {
  auto state = std::make_unique<State>();
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_port = htons(port);
  if (::inet_pton(AF_INET, address.c_str(), &place.sin_addr) != 1) {
    return Error{ErrorCode::invalid_input, address + ": no IPv4 address"};
  }
  state->listener = UniqueFd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int yes = 1;
  ::setsockopt(state->listener.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  socklen_t size = sizeof place;
  auto* generic = reinterpret_cast<sockaddr*>(&place);
  if (::bind(state->listener.get(), generic, size) != 0 || ::listen(state->listener.get(), 64) != 0 ||
      ::getsockname(state->listener.get(), generic, &size) != 0) {
    return system_error("listen on " + address + ":" + std::to_string(port));
  }
  state->url = "http://" + address + ":" + std::to_string(ntohs(place.sin_port));
  return std::unique_ptr<PkiServer>(new PkiServer(std::move(state)));
}

PkiServer::~PkiServer() {
  {
    const std::scoped_lock lock(state_->mutex);
    state_->stopping = true;
    for (const auto& one : state_->connections) ::shutdown(one.socket.get(), SHUT_RDWR);
  }
  state_->changed.notify_all();
  ::shutdown(state_->listener.get(), SHUT_RDWR);  // wakes the acceptor
  state_->acceptor.join();
  for (auto& one : state_->connections) one.thread.join();
}

std::string PkiServer::url() const {
  return state_->url;
}

void PkiServer::serve(const DemoPki& pki) {
  const std::scoped_lock lock(state_->mutex);
  state_->pki = &pki;
}

void PkiServer::set(Service service, const Conduct& conduct) {
  const std::scoped_lock lock(state_->mutex);
  state_->conducts[static_cast<std::size_t>(service)] = conduct;
}

std::size_t PkiServer::requests(Service service) const {
  const std::scoped_lock lock(state_->mutex);
  return state_->requests[static_cast<std::size_t>(service)];
}

}  // namespace sohoa::pki
