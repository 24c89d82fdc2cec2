#include "tests/functional/http/server_test.hpp"

namespace sohoa::http {
namespace {

/// An event as it stands on the stream.
struct Event {
  std::string id, name, data;
};

class EventsTest : public ServerTest {
 protected:
  EventsTest() : id_(service_.add_submission({"scan.pdf"})), path_("/api/v1/submissions/" + id_.value + "/events") {}

  /// Asks for the stream and reads the response's header.
  Client watch(const std::string& last_id = "") {
    auto client = connect();
    client.send("GET " + path_ + " HTTP/1.1\r\nHost: h\r\n" +
                (last_id.empty() ? "" : "Last-Event-ID: " + last_id + "\r\n") + "\r\n");
    head_ = client.read_until("\r\n\r\n");
    return client;
  }
  /// The next event, heartbeats and chunk sizes passed over; no name where none comes.
  static Event next(Client& client) {
    while (true) {
      const auto text = client.read_until("\n\n");
      if (text.empty()) return {};
      Event event;
      const auto field = [&](const std::string& name) {
        const auto at = text.find(name + ": ");
        return at == std::string::npos ? ""
                                       : text.substr(at + name.size() + 2, text.find('\n', at) - at - name.size() - 2);
      };
      event.id = field("id");
      event.name = field("event");
      event.data = field("data");
      if (!event.name.empty()) return event;
    }
  }

  SubmissionId id_;
  std::string path_;
  std::string head_;
};

TEST_F(EventsTest, BeginsWithASnapshotAndEndsWhenTheSubmissionIsSettled) {
  auto client = watch();
  EXPECT_NE(head_.find("Content-Type: text/event-stream"), std::string::npos);
  const auto first = next(client);
  EXPECT_EQ(first.name, "snapshot");
  EXPECT_EQ(Json::parse(first.data)["state"], "pending");

  service_.page_read(id_, 1, 2);
  const auto second = next(client);
  EXPECT_EQ(second.name, "page_read");
  EXPECT_FALSE(second.id.empty());
  EXPECT_EQ(Json::parse(second.data)["pages_done"], 1);

  service_.settle(id_);
  EXPECT_EQ(next(client).name, "submission_settled");
  EXPECT_TRUE(client.ends_within(5s));
  EXPECT_TRUE(soon([&] { return service_.feed.watchers() == 0; }));
}

TEST_F(EventsTest, ShowsANewClientTheStateAndNotThePast) {
  service_.page_read(id_, 1, 3);
  service_.page_read(id_, 2, 3);
  auto client = watch();
  EXPECT_EQ(next(client).name, "snapshot");
  service_.page_read(id_, 3, 3);
  EXPECT_EQ(Json::parse(next(client).data)["page"], 3);
}

TEST_F(EventsTest, ResumesAfterTheLastEventThatTheClientKnows) {
  auto client = watch();
  EXPECT_EQ(next(client).name, "snapshot");
  service_.page_read(id_, 1, 9);
  const auto known = next(client);
  client.close();
  service_.page_read(id_, 2, 9);
  service_.page_read(id_, 3, 9);

  auto again = watch(known.id);
  EXPECT_EQ(Json::parse(next(again).data)["page"], 2);
  EXPECT_EQ(Json::parse(next(again).data)["page"], 3);
  EXPECT_EQ(next(again).name, "snapshot");
  service_.page_read(id_, 4, 9);
  EXPECT_EQ(Json::parse(next(again).data)["page"], 4);
}

TEST_F(EventsTest, GivesASnapshotForAnIdOfAnotherRun) {
  service_.page_read(id_, 1, 9);
  for (const auto* id : {"1234-0", "nonsense", "1234-", "-1"}) {
    auto client = watch(id);
    EXPECT_EQ(next(client).name, "snapshot") << id;
  }
}

TEST_F(EventsTest, EndsAtOnceForASettledSubmission) {
  service_.settle(id_);
  auto client = watch();
  const auto first = next(client);
  EXPECT_EQ(first.name, "snapshot");
  EXPECT_EQ(Json::parse(first.data)["state"], "settled");
  const auto last = next(client);
  EXPECT_EQ(last.name, "submission_settled");
  EXPECT_TRUE(client.ends_within(5s));
  // A browser connects again by itself: 204 tells it to stop.
  EXPECT_EQ(ask("GET", path_, "Last-Event-ID: " + last.id + "\r\n").status, 204U);
}

TEST_F(EventsTest, GivesAFreshSnapshotWhereEventsWereDropped) {
  auto client = watch();
  EXPECT_EQ(next(client).name, "snapshot");
  // Far more than a watcher's queue holds, quicker than any client reads.
  for (std::uint32_t page = 1; page <= 20'000; ++page) service_.page_read(id_, page, 20'000);
  service_.settle(id_);
  int snapshots = 0;
  Event event;
  do {
    event = next(client);
    snapshots += event.name == "snapshot";
    ASSERT_FALSE(event.name.empty());
  } while (event.name != "submission_settled");
  EXPECT_GE(snapshots, 1);
}

TEST_F(EventsTest, SendsSignsOfLife) {
  options_.timeouts.heartbeat = 50ms;
  auto client = watch();
  EXPECT_EQ(next(client).name, "snapshot");
  EXPECT_NE(client.read_until(": still here\n\n"), "");
  EXPECT_NE(client.read_until(": still here\n\n"), "");
}

TEST_F(EventsTest, LetsGoOfAClientThatLeaves) {
  auto client = watch();
  EXPECT_EQ(next(client).name, "snapshot");
  EXPECT_EQ(service_.feed.watchers(), 1U);
  client.close();
  EXPECT_TRUE(soon([&] { return service_.feed.watchers() == 0; }));
}

TEST_F(EventsTest, CutsOffAClientThatDoesNotRead) {
  options_.timeouts.body = 300ms;
  auto client = watch();
  const auto end = std::chrono::steady_clock::now() + 20s;
  while (service_.feed.watchers() > 0 && std::chrono::steady_clock::now() < end)
    for (std::uint32_t page = 1; page < 100; ++page) service_.page_read(id_, page, 100);
  EXPECT_EQ(service_.feed.watchers(), 0U);
}

TEST_F(EventsTest, EndsStreamsWhenTheServerStops) {
  auto client = watch();
  EXPECT_EQ(next(client).name, "snapshot");
  const auto begin = std::chrono::steady_clock::now();
  stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 1500ms);
  EXPECT_TRUE(client.ends_within(1s));
}

TEST_F(EventsTest, ServesHttp10WithoutChunks) {
  service_.settle(id_);
  auto client = connect();
  client.send("GET " + path_ + " HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.read_until("\r\n\r\n").find("chunked"), std::string::npos);
  EXPECT_EQ(client.read_until("\nevent: snapshot\n").find("id: "), 0U);  // no chunk's size before it
}

TEST_F(EventsTest, KnowsNothingOfAMissingSubmission) {
  expect_problem(ask("GET", "/api/v1/submissions/ffffffffffffffffffffffffffffffff/events"), 404, "not_found");
}

TEST_F(EventsTest, ServesFiveHundredClients) {
  std::vector<Client> clients;
  for (int i = 0; i < 500; ++i) clients.push_back(watch());
  for (auto& client : clients) ASSERT_EQ(next(client).name, "snapshot");
  service_.page_read(id_, 1, 1);
  service_.settle(id_);
  for (auto& client : clients) {
    EXPECT_EQ(next(client).name, "page_read");
    EXPECT_EQ(next(client).name, "submission_settled");
  }
}

}  // namespace
}  // namespace sohoa::http
