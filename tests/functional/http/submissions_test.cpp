#include <sys/resource.h>

#include "tests/functional/http/server_test.hpp"

namespace sohoa::http {
namespace {

constexpr auto path = "/api/v1/submissions";

class SubmissionsTest : public ServerTest {
 protected:
  std::string name_of_only_upload() {
    const auto all = service_.submitted();
    return all.size() == 1 && all[0].uploads.size() == 1 ? all[0].uploads[0].name : "not one upload";
  }
};

TEST_F(SubmissionsTest, AcceptsAFormWithSeveralFilesAndTerms) {
  const std::string second(300'000, 'x');
  const auto body = form_field("dossier", "H01.23-241122-0007") + form_file("một.pdf", "%PDF-1.7 a") +
                    form_field("priority", "interactive") + form_file("hai.pdf", second) +
                    form_field("languages", "vie+eng") + std::string(form_end);
  const auto reply = ask("POST", path, form_type, body);
  ASSERT_EQ(reply.status, 202U) << reply.body;
  const auto accepted = Json::parse(reply.body);
  EXPECT_EQ(accepted["status"], "accepted");
  EXPECT_EQ(reply.header("location"), accepted["links"]["self"].get<std::string>());
  EXPECT_EQ(accepted["links"]["events"], reply.header("location") + "/events");

  const auto all = service_.submitted();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].terms.dossier, "H01.23-241122-0007");
  EXPECT_EQ(all[0].terms.options.languages, "vie+eng");
  EXPECT_EQ(all[0].terms.priority, Priority::interactive);
  ASSERT_EQ(all[0].uploads.size(), 2U);
  EXPECT_EQ(all[0].uploads[0].name, "một.pdf");
  EXPECT_EQ(service_.bytes_of(all[0].uploads[0].object.digest), "%PDF-1.7 a");
  EXPECT_EQ(all[0].uploads[1].object.digest, sha256(as_bytes(second)));

  const auto state = ask("GET", reply.header("location"));
  ASSERT_EQ(state.status, 200U);
  const auto submission = Json::parse(state.body);
  EXPECT_EQ(submission["state"], "pending");
  EXPECT_EQ(submission["items"].size(), 2U);
  EXPECT_EQ(submission["items"][1]["name"], "hai.pdf");
}

TEST_F(SubmissionsTest, AcceptsAChunkedForm) {
  auto client = connect();
  const auto body = form_file("a.pdf", std::string(1000, 'a')) + std::string(form_end);
  client.send("POST /api/v1/submissions HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n" +
              std::string(form_type) + "\r\n");
  for (std::size_t at = 0; at < body.size(); at += 7) {
    const auto piece = body.substr(at, 7);
    client.send(std::to_string(piece.size()) + "\r\n" + piece + "\r\n");
  }
  client.send("0\r\n\r\n");
  EXPECT_EQ(client.reply().status, 202U);
  EXPECT_EQ(name_of_only_upload(), "a.pdf");
}

TEST_F(SubmissionsTest, TakesAFormWhoseEveryByteComesAlone) {
  auto client = connect();
  const auto body = form_file("a.pdf", "\r\n--frontie\r\n--frontierX") + std::string(form_end);
  client.send("POST /api/v1/submissions HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) +
              "\r\n" + std::string(form_type) + "\r\n");
  for (const char c : body) {
    client.send(std::string_view(&c, 1));
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_EQ(client.reply().status, 202U);
  ASSERT_EQ(service_.submitted().size(), 1U);
  EXPECT_EQ(service_.bytes_of(service_.submitted()[0].uploads[0].object.digest), "\r\n--frontie\r\n--frontierX");
}

struct RawRow {
  const char* label;
  const char* fields;
  const char* query;
  const char* name;
};

TEST_F(SubmissionsTest, AcceptsARawFileUnderTheNameThatIsStated) {
  const RawRow rows[] = {
      {"by disposition", "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"a b.pdf\"\r\n",
       "", "a b.pdf"},
      {"extended name",
       "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=x; "
       "filename*=UTF-8''Quy%E1%BA%BFt.pdf\r\n",
       "", "Quyết.pdf"},
      {"by query", "Content-Type: image/tiff\r\n", "?name=b%C3%A0n+tay.tif", "bàn tay.tif"},
      {"folders are dropped", "Content-Type: application/zip\r\n", "?name=..%2F..%2Fetc%2Fpasswd", "passwd"},
      {"by type", "Content-Type: image/png\r\n", "", "upload.png"},
      {"nothing known", "Content-Type: application/octet-stream\r\n", "", "upload"},
  };
  std::size_t count = 0;
  for (const auto& row : rows) {
    const auto reply = ask("POST", std::string(path) + row.query, row.fields, "bytes");
    EXPECT_EQ(reply.status, 202U) << row.label << reply.body;
    ASSERT_EQ(service_.submitted().size(), ++count) << row.label;
    EXPECT_EQ(service_.submitted().back().uploads.at(0).name, row.name) << row.label;
  }
}

TEST_F(SubmissionsTest, ReadsTheTermsOfARawFileFromTheQuery) {
  EXPECT_EQ(ask("POST", std::string(path) + "?dossier=D-1&priority=interactive&languages=eng&split=12",
                "Content-Type: application/pdf\r\n", "x")
                .status,
            202U);
  ASSERT_EQ(service_.submitted().size(), 1U);
  EXPECT_EQ(service_.submitted()[0].terms.dossier, "D-1");
  EXPECT_EQ(service_.submitted()[0].terms.priority, Priority::interactive);
  EXPECT_EQ(service_.submitted()[0].terms.options.languages, "eng");
  EXPECT_EQ(text_of(service_.submitted()[0].terms.split), "12");
}

struct RefusedRow {
  const char* label;
  std::string fields;
  std::string body;
  unsigned status;
  const char* code;
};

TEST_F(SubmissionsTest, SubmitsNothingOfARefusedRequest) {
  const auto file = form_file("a.pdf", "abc");
  const std::string end(form_end);
  const std::string form(form_type);
  const RefusedRow rows[] = {
      {"no content type", "", "x", 415, "unsupported"},
      {"text", "Content-Type: text/plain\r\n", "x", 415, "unsupported"},
      {"form without boundary", "Content-Type: multipart/form-data\r\n", file + end, 400, "invalid_input"},
      {"no closing boundary", form, file, 400, "invalid_input"},
      {"no file", form, form_field("dossier", "x") + end, 400, "invalid_input"},
      {"unknown field", form, file + form_field("colour", "red") + end, 400, "invalid_input"},
      {"bad priority", form, file + form_field("priority", "urgent") + end, 400, "invalid_input"},
      {"bad split", form, file + form_field("split", "everywhere") + end, 400, "invalid_input"},
      {"bad languages", form, file + form_field("languages", "../vie") + end, 400, "invalid_input"},
      {"endless term", form, file + form_field("dossier", std::string(5000, 'x')) + end, 400, "invalid_input"},
      {"field without name", form, "--frontier\r\nContent-Disposition: form-data\r\n\r\nx\r\n" + end, 400,
       "invalid_input"},
      {"empty raw body", "Content-Type: application/pdf\r\nContent-Length: 0\r\n", "", 400, "invalid_input"},
      {"no length", "Content-Type: application/pdf\r\n", "", 411, "length_required"},
      {"other expectation", "Content-Type: application/pdf\r\nExpect: miracles\r\n", "x", 417, "expectation_failed"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.label);
    expect_problem(ask("POST", path, row.fields, row.body), row.status, row.code);
  }
  EXPECT_TRUE(service_.submitted().empty());
  EXPECT_TRUE(soon([&] { return service_.open_writers() == 0; }));
}

TEST_F(SubmissionsTest, IgnoresABrowsersUnchosenFile) {
  const auto reply = ask("POST", path, form_type, form_file("", "") + form_file("b.pdf", "b") + std::string(form_end));
  EXPECT_EQ(reply.status, 202U) << reply.body;
  EXPECT_EQ(name_of_only_upload(), "b.pdf");
}

TEST_F(SubmissionsTest, KeepsTheConnectionAfterAnUpload) {
  auto client = connect();
  const auto body = form_file("a.pdf", "abc") + std::string(form_end);
  EXPECT_EQ(client.ask("POST", path, form_type, body).status, 202U);
  EXPECT_EQ(client.ask("POST", path, form_type, body).status, 202U);
  EXPECT_EQ(client.ask("GET", "/healthz").status, 200U);
}

TEST_F(SubmissionsTest, SaysContinueBeforeTheBodyComes) {
  auto client = connect();
  client.send(
      "POST /api/v1/submissions HTTP/1.1\r\nHost: h\r\nContent-Type: application/pdf\r\nContent-Length: 3\r\nExpect: "
      "100-continue\r\n\r\n");
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("abc");
  EXPECT_EQ(client.reply().status, 202U);
}

TEST_F(SubmissionsTest, RefusesABodyThatIsTooLargeBeforeItComes) {
  options_.limits.body_bytes = 1000;
  auto client = connect();
  client.send(
      "POST /api/v1/submissions HTTP/1.1\r\nHost: h\r\nContent-Type: application/pdf\r\nContent-Length: "
      "1001\r\nExpect: 100-continue\r\n\r\n");
  expect_problem(client.reply(), 413, "too_large");
}

TEST_F(SubmissionsTest, RefusesAChunkedBodyThatGrowsTooLarge) {
  options_.limits.body_bytes = 1'000'000;
  auto client = connect();
  client.send(
      "POST /api/v1/submissions HTTP/1.1\r\nHost: h\r\nContent-Type: application/pdf\r\nTransfer-Encoding: "
      "chunked\r\n\r\n");
  const auto chunk = "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
  for (int i = 0; i < 40 && client.send(chunk); ++i) continue;
  expect_problem(client.reply(), 413, "too_large");
  EXPECT_TRUE(service_.submitted().empty());
  EXPECT_TRUE(soon([&] { return service_.open_writers() == 0; }));
}

TEST_F(SubmissionsTest, RefusesAFileThatIsTooLarge) {
  options_.limits.file_bytes = 100;
  const auto body = form_file("small.pdf", "a") + form_file("big.pdf", std::string(101, 'x')) + std::string(form_end);
  expect_problem(ask("POST", path, form_type, body), 413, "too_large");
  EXPECT_TRUE(service_.submitted().empty());
}

TEST_F(SubmissionsTest, RefusesTooManyFiles) {
  options_.limits.files = 2;
  const auto file = form_file("a.pdf", "a");
  expect_problem(ask("POST", path, form_type, file + file + file + std::string(form_end)), 400, "invalid_input");
  EXPECT_TRUE(service_.submitted().empty());
}

TEST_F(SubmissionsTest, SaysBusyWithRetryAfterBeforeTheBodyComes) {
  service_.busy = true;
  auto client = connect();
  client.send("POST /api/v1/submissions HTTP/1.1\r\nHost: h\r\n" + std::string(form_type) +
              "Content-Length: 1000000\r\nExpect: 100-continue\r\n\r\n");
  const auto reply = client.reply();
  expect_problem(reply, 503, "unavailable");
  EXPECT_FALSE(reply.header("retry-after").empty());
}

TEST_F(SubmissionsTest, TellsWhatWentWrongToAClientThatKeepsSending) {
  service_.busy = true;
  const auto reply =
      ask("POST", path, form_type, form_file("a.pdf", std::string(3'000'000, 'x')) + std::string(form_end));
  expect_problem(reply, 503, "unavailable");
}

TEST_F(SubmissionsTest, LimitsTheUploadsThatAreOpen) {
  options_.limits.open_uploads = 1;
  auto first = connect();
  first.send(
      "POST /api/v1/submissions HTTP/1.1\r\nHost: h\r\nContent-Type: application/pdf\r\nContent-Length: 4\r\n\r\nab");
  ASSERT_TRUE(soon([&] { return service_.open_writers() == 1; }));
  const auto second = ask("POST", path, "Content-Type: application/pdf\r\n", "x");
  expect_problem(second, 429, "too_many_uploads");
  EXPECT_FALSE(second.header("retry-after").empty());
  first.send("cd");
  EXPECT_EQ(first.reply().status, 202U);
  EXPECT_EQ(ask("POST", path, "Content-Type: application/pdf\r\n", "x").status, 202U);
}

TEST_F(SubmissionsTest, SaysThatTheDiskIsFull) {
  service_.fail_write_at = 100'000;
  expect_problem(ask("POST", path, "Content-Type: application/pdf\r\n", std::string(200'000, 'x')), 507,
                 "resource_exhausted");
  EXPECT_TRUE(service_.submitted().empty());
}

TEST_F(SubmissionsTest, SubmitsNothingOfAnUploadThatBreaksOff) {
  const std::string whole =
      "POST /api/v1/submissions HTTP/1.1\r\nHost: h\r\n" + std::string(form_type) + "Content-Length: ";
  const auto body = form_file("a.pdf", "aaaa") + form_file("b.pdf", "bbbb") + std::string(form_end);
  for (std::size_t sent = 0; sent < body.size(); sent += 11) {
    auto client = connect();
    client.send(whole + std::to_string(body.size()) + "\r\n\r\n" + body.substr(0, sent));
    client.close();
  }
  // A request behind them shows that the server has gone on.
  EXPECT_EQ(ask("GET", "/healthz").status, 200U);
  EXPECT_TRUE(soon([&] { return service_.open_writers() == 0; }));
  EXPECT_TRUE(service_.submitted().empty());
}

TEST_F(SubmissionsTest, GivesUpOnABodyThatStops) {
  options_.timeouts.body = 200ms;
  auto client = connect();
  client.send(
      "POST /api/v1/submissions HTTP/1.1\r\nHost: h\r\nContent-Type: application/pdf\r\nContent-Length: 4\r\n\r\nab");
  expect_problem(client.reply(), 408, "request_timeout");
  EXPECT_TRUE(service_.submitted().empty());
}

TEST_F(SubmissionsTest, GivesUpOnABodyThatTrickles) {
  options_.timeouts.body = 500ms;
  options_.timeouts.body_grace = 600ms;
  options_.timeouts.body_bytes_per_second = 1000;
  auto client = connect();
  client.send(
      "POST /api/v1/submissions HTTP/1.1\r\nHost: h\r\nContent-Type: application/pdf\r\nContent-Length: "
      "100000\r\n\r\n");
  const auto begin = std::chrono::steady_clock::now();
  while (!client.ends_within(20ms) && std::chrono::steady_clock::now() - begin < 10s) client.send("x");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
  expect_problem(client.reply(), 408, "request_timeout");
}

TEST_F(SubmissionsTest, StreamsALargeFileWithoutKeepingIt) {
  service_.keep_bytes = false;
  auto client = connect();
  constexpr std::size_t pieces = 400;  // of 1 MB
  const std::string piece(1'000'000, 'z');
  Sha256 expected;
  rusage before{};
  ::getrusage(RUSAGE_SELF, &before);
  client.send(
      "POST /api/v1/submissions?name=big.pdf HTTP/1.1\r\nHost: h\r\nContent-Type: application/pdf\r\nContent-Length: " +
      std::to_string(pieces * piece.size()) + "\r\n\r\n");
  for (std::size_t i = 0; i < pieces; ++i) {
    ASSERT_TRUE(client.send(piece));
    expected.update(as_bytes(piece));
  }
  EXPECT_EQ(client.reply().status, 202U);
  rusage after{};
  ::getrusage(RUSAGE_SELF, &after);
  ASSERT_EQ(service_.submitted().size(), 1U);
  EXPECT_EQ(service_.submitted()[0].uploads[0].object.digest, expected.finish());
  EXPECT_EQ(service_.submitted()[0].uploads[0].object.size, pieces * piece.size());
#ifdef SOHOA_SANITIZED
  constexpr long kept_back = 256;  // MiB that a sanitizer does not give out again
#else
  constexpr long kept_back = 0;
#endif
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, (64 + kept_back) * 1024) << "KiB more at the peak";
}

TEST_F(SubmissionsTest, NamesWhatIsMissing) {
  expect_problem(ask("GET", "/api/v1/submissions/00000000000000000000000000000099"), 404, "not_found");
  expect_problem(ask("GET", "/api/v1/submissions/..%2F..%2Fetc"), 404, "not_found");
}

}  // namespace
}  // namespace sohoa::http
