#include <csignal>

#include "tests/functional/http/server_test.hpp"

namespace sohoa::http {
namespace {

class ProtocolTest : public ServerTest {
 protected:
  /// Sends bytes as they are and reads one reply.
  Reply raw(const std::string& bytes) {
    auto client = connect();
    client.send(bytes);
    return client.reply();
  }
};

TEST_F(ProtocolTest, AnswersPipelinedRequestsInTheirOrder) {
  const auto path = "/api/v1/documents/" + service_.add_document("a.pdf", std::string(100'000, 'a')).value;
  auto client = connect();
  client.send(
      "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\nGET " + path +
      "/pdf HTTP/1.1\r\nHost: h\r\n\r\n"
      "POST /api/v1/submissions HTTP/1.1\r\nHost: h\r\nContent-Type: application/pdf\r\nContent-Length: 3\r\n\r\nabc"
      "GET /nowhere HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n12345GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(client.reply().status, 200U);
  EXPECT_EQ(client.reply().body.size(), 100'000U);
  EXPECT_EQ(client.reply().status, 202U);
  EXPECT_EQ(client.reply().status, 404U);
  EXPECT_EQ(client.reply().header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
}

TEST_F(ProtocolTest, RefusesWhatIsNotARequest) {
  struct Row {
    const char* label;
    std::string bytes;
    unsigned status;
    const char* code;
  };
  const Row rows[] = {
      {"not HTTP", "\x16\x03\x01 hello there\r\n\r\n", 400, "invalid_input"},
      {"no Host", "GET /healthz HTTP/1.1\r\n\r\n", 400, "invalid_input"},
      {"two Hosts", "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "invalid_input"},
      {"broken escape", "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400, "invalid_input"},
      {"zero byte", "GET /api%00 HTTP/1.1\r\nHost: h\r\n\r\n", 400, "invalid_input"},
      {"no path", "GET healthz HTTP/1.1\r\nHost: h\r\n\r\n", 400, "invalid_input"},
      {"bad length", "POST /api/v1/submissions HTTP/1.1\r\nHost: h\r\nContent-Length: many\r\n\r\n", 400,
       "invalid_input"},
      {"two lengths", "POST /api/v1/submissions HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
       400, "invalid_input"},
      {"length and chunked",
       "POST /api/v1/submissions HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: "
       "chunked\r\n\r\n0\r\n\r\n",
       400, "invalid_input"},
      {"broken chunk",
       "POST /api/v1/submissions HTTP/1.1\r\nHost: h\r\nContent-Type: application/pdf\r\nTransfer-Encoding: "
       "chunked\r\n\r\nzz\r\n",
       400, "invalid_input"},
      {"endless header", "GET /healthz HTTP/1.1\r\nHost: h\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n", 431,
       "headers_too_large"},
      {"unknown path", "GET /api/v1/nothing HTTP/1.1\r\nHost: h\r\n\r\n", 404, "not_found"},
      {"trailing slash", "GET /healthz/ HTTP/1.1\r\nHost: h\r\n\r\n", 404, "not_found"},
      {"a large body where none is wanted",
       "GET /healthz HTTP/1.1\r\nHost: h\r\nContent-Length: 999999\r\n\r\n" + std::string(100'000, 'x'), 413,
       "too_large"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.label);
    expect_problem(raw(row.bytes), row.status, row.code);
  }
  EXPECT_EQ(ask("GET", "/healthz").status, 200U);
}

TEST_F(ProtocolTest, NamesTheMethodsThatAPathKnows) {
  auto reply = ask("DELETE", "/api/v1/submissions");
  expect_problem(reply, 405, "method_not_allowed");
  EXPECT_EQ(reply.header("allow"), "POST");
  reply = ask("PUT", "/healthz");
  expect_problem(reply, 405, "method_not_allowed");
  EXPECT_EQ(reply.header("allow"), "GET, HEAD");
}

TEST_F(ProtocolTest, ServesHttp10AndClosesAfterIt) {
  auto client = connect();
  client.send("GET /healthz HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.reply().status, 200U);
  EXPECT_TRUE(client.ends_within(2s));
}

TEST_F(ProtocolTest, ClosesWhereTheClientAsksForIt) {
  auto client = connect();
  EXPECT_EQ(client.ask("GET", "/healthz", "Connection: close\r\n").header("connection"), "close");
  EXPECT_TRUE(client.ends_within(2s));
}

TEST_F(ProtocolTest, GivesUpOnAHeaderThatTrickles) {
  options_.timeouts.header = 300ms;
  auto client = connect();
  client.send("GET /healthz HTTP/1.1\r\n");
  const auto begin = std::chrono::steady_clock::now();
  while (!client.ends_within(20ms) && std::chrono::steady_clock::now() - begin < 10s) client.send("X: y\r\n");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
  expect_problem(client.reply(), 408, "request_timeout");
}

TEST_F(ProtocolTest, ClosesAnIdleConnectionWithoutAWord) {
  options_.timeouts.idle = 200ms;
  auto client = connect();
  EXPECT_EQ(client.ask("GET", "/healthz").status, 200U);
  EXPECT_TRUE(client.ends_within(5s));
  EXPECT_EQ(client.reply().status, 0U);
}

TEST_F(ProtocolTest, PassesRequestIdAndTraceToTheLog) {
  const std::string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
  const auto reply =
      ask("GET", "/healthz?secret=1", "X-Request-Id: req-7\r\ntraceparent: 00-" + trace + "-00f067aa0ba902b7-01\r\n");
  EXPECT_EQ(reply.header("x-request-id"), "req-7");
  const auto record = logged("req-7");
  EXPECT_EQ(record.trace_id, trace);
  EXPECT_EQ(record.path, "/healthz");
  EXPECT_EQ(record.route, "/healthz");
  EXPECT_EQ(record.status, 200U);
  EXPECT_GT(record.sent, 0U);
}

TEST_F(ProtocolTest, MakesARequestIdWhereNoneOrAnUnfitOneCame) {
  EXPECT_EQ(ask("GET", "/healthz").header("x-request-id").size(), 16U);
  EXPECT_EQ(ask("GET", "/healthz", "X-Request-Id: a b<c>\r\n").header("x-request-id").size(), 16U);
}

TEST_F(ProtocolTest, ProtectsEveryResponse) {
  for (const auto* target : {"/healthz", "/nowhere", "/metrics"}) {
    const auto reply = ask("GET", target);
    EXPECT_EQ(reply.header("x-content-type-options"), "nosniff") << target;
    EXPECT_NE(reply.header("content-security-policy").find("default-src 'none'"), std::string::npos) << target;
    EXPECT_FALSE(reply.header("date").empty()) << target;
  }
}

TEST_F(ProtocolTest, TellsItsHealth) {
  EXPECT_EQ(Json::parse(ask("GET", "/healthz").body)["status"], "ok");
  service_.healthy = false;
  const auto reply = ask("GET", "/healthz");
  EXPECT_EQ(reply.status, 503U);
  EXPECT_EQ(Json::parse(reply.body)["reason"], "no page worker answers");
}

TEST_F(ProtocolTest, CountsRequestsBesideTheServicesFigures) {
  ask("GET", "/api/v1/documents/00000000000000000000000000000000");
  ask("BREW", "/somewhere");
  std::string text;
  ASSERT_TRUE(soon([&] {
    text = ask("GET", "/metrics").body;
    return text.find("route=\"unmatched\"") != std::string::npos;
  }));
  EXPECT_NE(text.find("sohoa_pages_total 7\n"), std::string::npos);
  EXPECT_NE(text.find("http_requests_total{method=\"GET\",route=\"/api/v1/documents/{id}\",status=\"404\"} 1\n"),
            std::string::npos);
  EXPECT_NE(text.find("http_requests_total{method=\"other\",route=\"unmatched\",status=\"404\"} 1\n"),
            std::string::npos);
  EXPECT_NE(text.find("http_request_duration_seconds_bucket{route=\"/api/v1/documents/{id}\",le=\"+Inf\"} 1\n"),
            std::string::npos);
}

TEST_F(ProtocolTest, TurnsAHandlersExceptionIntoAProblem) {
  const auto id = service_.add_submission({"a.pdf"});
  service_.throws = true;
  auto client = connect();
  expect_problem(client.ask("GET", "/api/v1/submissions/" + id.value), 500, "internal");
  EXPECT_EQ(client.ask("GET", "/healthz").status, 200U);
}

TEST_F(ProtocolTest, TurnsAwayConnectionsOverTheLimit) {
  options_.limits.connections = 2;
  auto first = connect();
  auto second = connect();
  EXPECT_EQ(first.ask("GET", "/healthz").status, 200U);
  EXPECT_EQ(second.ask("GET", "/healthz").status, 200U);
  auto third = connect();
  const auto reply = third.reply();
  expect_problem(reply, 503, "unavailable");
  EXPECT_FALSE(reply.header("retry-after").empty());
  first.close();
  EXPECT_TRUE(soon([&] { return ask("GET", "/healthz").status == 200; }));
}

TEST_F(ProtocolTest, FinishesARequestInProgressWhenItStops) {
  auto client = connect();
  client.send(
      "POST /api/v1/submissions HTTP/1.1\r\nHost: h\r\nContent-Type: application/pdf\r\nContent-Length: 4\r\n\r\nab");
  ASSERT_TRUE(soon([&] { return service_.open_writers() == 1; }));
  server_->stop();
  std::this_thread::sleep_for(100ms);
  client.send("cd");
  const auto reply = client.reply();
  EXPECT_EQ(reply.status, 202U);
  EXPECT_EQ(reply.header("connection"), "close");
}

TEST_F(ProtocolTest, StopsThoughAClientHoldsAnUploadOpen) {
  options_.timeouts.drain = 300ms;
  auto client = connect();
  client.send(
      "POST /api/v1/submissions HTTP/1.1\r\nHost: h\r\nContent-Type: application/pdf\r\nContent-Length: 4\r\n\r\nab");
  ASSERT_TRUE(soon([&] { return service_.open_writers() == 1; }));
  const auto begin = std::chrono::steady_clock::now();
  stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
  EXPECT_TRUE(service_.submitted().empty());
  EXPECT_EQ(service_.open_writers(), 0U);
}

HttpServer* server_to_stop = nullptr;

TEST_F(ProtocolTest, StopsOutOfASignalHandler) {
  start();
  server_to_stop = server_.get();
  const auto before = std::signal(SIGUSR1, [](int) { server_to_stop->stop(); });
  std::raise(SIGUSR1);
  std::signal(SIGUSR1, before);
  const auto begin = std::chrono::steady_clock::now();
  stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
}

TEST_F(ProtocolTest, CannotBeCreatedWhereThePortIsTakenOrTheHostUnknown) {
  start();
  HttpOptions same = options_;
  same.port = server_->port();
  const auto taken = HttpServer::create(service_, office_.services(), same);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, ErrorCode::unavailable);
  same.host = "no such host";
  const auto unknown = HttpServer::create(service_, office_.services(), same);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::invalid_input);
}

}  // namespace
}  // namespace sohoa::http
