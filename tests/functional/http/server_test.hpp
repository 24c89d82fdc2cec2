#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "api/http/server.hpp"
#include "tests/functional/http/client.hpp"
#include "tests/functional/http/fake_service.hpp"
#include "tests/support/office_on_disk.hpp"

namespace sohoa::http {

using Json = nlohmann::json;
using namespace std::chrono_literals;

/// A real server on a free port of 127.0.0.1, in front of a fake service and a real office.
class ServerTest : public testing::Test {
 protected:
  ServerTest() {
    options_.port = 0;
    options_.timeouts.drain = 2s;
    options_.log = [this](const HttpLogRecord& record) {
      const std::scoped_lock lock(log_mutex_);
      log_.push_back(record);
    };
  }
  ~ServerTest() override { stop(); }

  /// With options_ as they are.
  void start() {
    auto created = HttpServer::create(service_, office_.services(), options_);
    ASSERT_TRUE(created) << created.error().message;
    server_ = *std::move(created);
    thread_ = std::thread([this] { EXPECT_TRUE(server_->run()); });
  }
  void stop() {
    if (!server_) return;
    server_->stop();
    if (thread_.joinable()) thread_.join();
    server_.reset();
  }
  Client connect() {
    if (!server_) start();
    return Client(server_->port());
  }
  Reply ask(std::string_view method, std::string_view target, std::string_view fields = "",
            std::string_view body = "") {
    return connect().ask(method, target, fields, body);
  }
  /// Waits up to 10 s for `condition`.
  template <typename Condition>
  static bool soon(Condition condition) {
    const auto end = std::chrono::steady_clock::now() + 10s;
    while (!condition()) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::sleep_for(5ms);
    }
    return true;
  }
  /// The log line of the request with this id; waits for it.
  HttpLogRecord logged(const std::string& request_id) {
    HttpLogRecord found;
    EXPECT_TRUE(soon([&] {
      const std::scoped_lock lock(log_mutex_);
      for (const auto& record : log_)
        if (record.request_id == request_id) found = record;
      return !found.request_id.empty();
    }));
    return found;
  }

  /// A dossier of Đăng ký kết hôn as it comes in, with further members.
  static std::string reception(int number, const std::string& more = "") {
    return R"({"dossier":")" + test::dossier_code(number) +
           R"(","procedure":"1.001776","unit":"H12.1","officer":"an","owner":{"id":"079201000001","name":"Lê Mẫu"},"received_at":"2025-11-22")" +
           (more.empty() ? R"(,"components":[{"component":"TP1","pages":1},{"component":"TP2","pages":1}])" : more) +
           "}";
  }
  static std::string filing(const std::string& document, const std::string& more = "") {
    return R"({"officer":"an","document":")" + document +
           R"(","fields":{"number_symbol":"15/GKS","issue_date":"2025-10-01"})" + more + "}";
  }

  static void expect_problem(const Reply& reply, unsigned status, std::string_view code) {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(reply.header("content-type"), "application/problem+json");
    const auto document = Json::parse(reply.body, nullptr, false);
    ASSERT_TRUE(document.is_object()) << reply.body;
    EXPECT_EQ(document.value("status", 0U), status);
    EXPECT_EQ(document.value("code", ""), code) << reply.body;
    for (const auto* member : {"type", "title", "title_en", "detail", "request_id"})
      EXPECT_FALSE(document.value(member, "").empty()) << member;
  }

  FakeService service_;
  test::OfficeOnDisk office_;
  HttpOptions options_;
  std::unique_ptr<HttpServer> server_;

 private:
  std::thread thread_;
  std::mutex log_mutex_;
  std::vector<HttpLogRecord> log_;
};

}  // namespace sohoa::http
