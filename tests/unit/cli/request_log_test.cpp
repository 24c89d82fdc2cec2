#include "api/cli/request_log.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>
#include <vector>

#include "tests/support/program.hpp"

namespace sohoa::api::cli {
namespace {

http::HttpLogRecord record_of(const std::string& path) {
  http::HttpLogRecord record;
  record.remote = "127.0.0.1:40123";
  record.method = "GET";
  record.path = path;
  record.route = "/api/v1/documents/{id}";
  record.status = 200;
  record.sent = 1234;
  record.seconds = 0.0125;
  record.request_id = "17";
  return record;
}

class RequestLogTest : public testing::Test {
 protected:
  std::vector<std::string> lines() const {
    std::istringstream text(testing_support::read_text(folder_ / "log"));
    std::vector<std::string> all;
    for (std::string line; std::getline(text, line);) all.push_back(line);
    return all;
  }
  RequestLog open() const {
    auto log = RequestLog::open((folder_ / "log").string());
    EXPECT_TRUE(log);
    return std::move(*log);
  }

  testing_support::TemporaryFolder folder_{"request-log"};
};

TEST_F(RequestLogTest, SaysWhoAskedForWhatAndWhatCameOfIt) {
  EXPECT_EQ(request_line(record_of("/api/v1/documents/5"), WallTime(std::chrono::milliseconds(1))),
            R"({"time":"1970-01-01T07:00:00.001+07:00","remote":"127.0.0.1:40123","method":"GET",)"
            R"("path":"/api/v1/documents/5","route":"/api/v1/documents/{id}","status":200,"received":0,"sent":1234,)"
            R"("milliseconds":13,"request_id":"17"})"
            "\n");
}

TEST_F(RequestLogTest, KeepsALineALineWhateverWasAskedFor) {
  const auto line = request_line(record_of("/a\nb\"\xFF\x01"), now());
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  EXPECT_EQ(nlohmann::json::parse(line).at("path"), "/a\nb\"\xEF\xBF\xBD\x01");
}

TEST_F(RequestLogTest, AddsToAFileThatIsThere) {
  open().write(record_of("/one"));
  open().write(record_of("/two"));
  ASSERT_EQ(lines().size(), 2);
  EXPECT_EQ(nlohmann::json::parse(lines()[1]).at("path"), "/two");
}

TEST_F(RequestLogTest, DoesNotMixTheLinesOfSeveralThreads) {
  const auto log = open();
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&log] {
        for (int i = 0; i < 200; ++i) log.write(record_of("/x"));
      });
    }
  }
  ASSERT_EQ(lines().size(), 800);
  for (const auto& line : lines()) EXPECT_EQ(nlohmann::json::parse(line).at("path"), "/x");
}

TEST_F(RequestLogTest, IsClosedWhereNoneIsWanted) {
  const auto log = RequestLog::open("none");
  ASSERT_TRUE(log);
  EXPECT_FALSE(log->is_open());
}

TEST_F(RequestLogTest, NamesAFileThatCannotBeWritten) {
  const auto log = RequestLog::open((folder_ / "none/log").string());
  ASSERT_FALSE(log);
  EXPECT_NE(log.error().message.find("none/log"), std::string::npos);
}

}  // namespace
}  // namespace sohoa::api::cli
