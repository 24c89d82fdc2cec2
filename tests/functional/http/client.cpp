#include "tests/functional/http/client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>

namespace sohoa::http {
namespace {

constexpr int patience_ms = 20'000;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

Client::Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) socket_.reset();
}

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Client::more() {
  pollfd waiting{socket_.get(), POLLIN, 0};
  if (::poll(&waiting, 1, patience_ms) <= 0) return false;
  char piece[65536];
  const auto count = ::recv(socket_.get(), piece, sizeof piece, 0);
  if (count <= 0) return false;
  held_.append(piece, static_cast<std::size_t>(count));
  return true;
}

bool Client::ends_within(std::chrono::milliseconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  while (true) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    pollfd waiting{socket_.get(), POLLIN, 0};
    if (left <= 0 || ::poll(&waiting, 1, static_cast<int>(left)) <= 0) return false;
    char piece[4096];
    const auto count = ::recv(socket_.get(), piece, sizeof piece, 0);
    if (count <= 0) return true;
    held_.append(piece, static_cast<std::size_t>(count));
  }
}

std::string Client::read_until(std::string_view end) {
  std::size_t at = 0;
  while ((at = held_.find(end)) == std::string::npos)
    if (!more()) return "";
  auto text = held_.substr(0, at + end.size());
  held_.erase(0, at + end.size());
  return text;
}

std::optional<std::string> Client::take(std::size_t bytes) {
  while (held_.size() < bytes)
    if (!more()) return std::nullopt;
  auto text = held_.substr(0, bytes);
  held_.erase(0, bytes);
  return text;
}

Reply Client::reply(std::string_view method) {
  Reply reply;
  auto head = read_until("\r\n\r\n");
  if (head.size() < 16) return {};
  const auto status = static_cast<unsigned>(std::stoul(head.substr(9, 3)));
  if (status < 200) return this->reply(method);
  for (auto at = head.find("\r\n") + 2; at + 2 < head.size();) {
    const auto end = head.find("\r\n", at);
    const auto colon = head.find(": ", at);
    reply.headers[lower(head.substr(at, colon - at))] = head.substr(colon + 2, end - colon - 2);
    at = end + 2;
  }
  reply.status = status;
  if (method == "HEAD" || status == 204 || status == 304) return reply;
  if (reply.header("transfer-encoding") == "chunked") {
    while (true) {
      const auto line = read_until("\r\n");
      if (line.empty()) return {};
      const auto size = std::stoul(line, nullptr, 16);
      const auto data = take(size + 2);
      if (!data) return {};
      if (size == 0) return reply;
      reply.body += data->substr(0, size);
    }
  }
  auto body = take(std::stoul(reply.header("content-length")));
  if (!body) return {};
  reply.body = *std::move(body);
  return reply;
}

Reply Client::ask(std::string_view method, std::string_view target, std::string_view fields, std::string_view body) {
  std::string request(method);
  request.append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n").append(fields);
  if (!body.empty()) request.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  request.append("\r\n").append(body);
  send(request);
  return reply(method);
}

std::string form_field(std::string_view name, std::string_view value) {
  return "--frontier\r\nContent-Disposition: form-data; name=\"" + std::string(name) + "\"\r\n\r\n" +
         std::string(value) + "\r\n";
}

std::string form_file(std::string_view file_name, std::string_view bytes) {
  return "--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + std::string(file_name) +
         "\"\r\nContent-Type: application/pdf\r\n\r\n" + std::string(bytes) + "\r\n";
}

}  // namespace sohoa::http
