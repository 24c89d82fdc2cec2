#include <atomic>

#include "tests/functional/http/server_test.hpp"

namespace sohoa::http {
namespace {

class LoadTest : public ServerTest {};

TEST_F(LoadTest, ServesTwoHundredClientsThatKeepTheirConnections) {
  const auto path = "/api/v1/documents/" + service_.add_document("a.pdf", "%PDF").value;
  start();
  constexpr int clients = 200;
  constexpr int requests = 20;
  std::atomic<int> answered = 0;
  const auto begin = std::chrono::steady_clock::now();
  std::vector<std::jthread> threads;
  for (int i = 0; i < clients; ++i)
    threads.emplace_back([&] {
      auto client = connect();
      for (int r = 0; r < requests; ++r) answered += client.ask("GET", path).status == 200;
    });
  threads.clear();
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(answered, clients * requests);
  EXPECT_LT(elapsed, 30s);
  RecordProperty("requests_per_second", static_cast<int>(clients * requests / elapsed.count()));
}

TEST_F(LoadTest, TakesTwoHundredUploadsAtOnceAndAnswersEachClearly) {
  options_.limits.open_uploads = 32;
  start();
  const auto body = form_file("a.pdf", std::string(50'000, 'x')) + std::string(form_end);
  std::atomic<int> accepted = 0;
  std::atomic<int> busy = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 200; ++i)
    threads.emplace_back([&] {
      const auto status = ask("POST", "/api/v1/submissions", form_type, body).status;
      accepted += status == 202;
      busy += status == 429;
    });
  threads.clear();
  EXPECT_EQ(accepted + busy, 200);
  EXPECT_GE(accepted, 32);
  EXPECT_EQ(service_.submitted().size(), static_cast<std::size_t>(accepted));
}

TEST_F(LoadTest, AnswersOthersWhileManyUploadSlowly) {
  std::vector<Client> slow;
  for (int i = 0; i < 60; ++i) {
    slow.push_back(connect());
    slow.back().send(
        "POST /api/v1/submissions HTTP/1.1\r\nHost: h\r\nContent-Type: application/pdf\r\nContent-Length: "
        "1000\r\n\r\nab");
  }
  ASSERT_TRUE(soon([&] { return service_.open_writers() == 60; }));
  const auto begin = std::chrono::steady_clock::now();
  auto client = connect();
  for (int i = 0; i < 200; ++i) ASSERT_EQ(client.ask("GET", "/healthz").status, 200U);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

}  // namespace
}  // namespace sohoa::http
