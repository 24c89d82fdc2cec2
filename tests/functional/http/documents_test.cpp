#include "tests/functional/http/server_test.hpp"

namespace sohoa::http {
namespace {

class DocumentsTest : public ServerTest {
 protected:
  DocumentsTest() {
    for (int i = 0; bytes_.size() < 200'000; ++i) bytes_ += std::to_string(i) + ",";
    bytes_.resize(200'000);
    path_ = "/api/v1/documents/" + service_.add_document("Quyết định \"số 7\".pdf", bytes_).value;
  }
  std::string bytes_;
  std::string path_;
};

TEST_F(DocumentsTest, DescribesADocumentWithItsReceipt) {
  const auto reply = ask("GET", path_);
  ASSERT_EQ(reply.status, 200U);
  const auto document = Json::parse(reply.body);
  EXPECT_EQ(document["title"], "Quyết định \"số 7\".pdf");
  EXPECT_EQ(document["receipt"]["journal_entry"], 41);
  EXPECT_EQ(document["failed_pages"][0]["page"], 2);
  EXPECT_EQ(document["links"]["pdf"], path_ + "/pdf");
  const auto again = ask("GET", path_, "If-None-Match: " + reply.header("etag") + "\r\n");
  EXPECT_EQ(again.status, 304U);
}

TEST_F(DocumentsTest, SendsEveryFormWithItsDigestAsETag) {
  const auto etag = "\"" + sha256(as_bytes(bytes_)).hex() + "\"";
  auto client = connect();
  for (const auto representation : all_representations) {
    const auto reply = client.ask("GET", path_ + "/" + std::string(name_of(representation)));
    ASSERT_EQ(reply.status, 200U) << name_of(representation);
    EXPECT_EQ(reply.body, bytes_);
    EXPECT_EQ(reply.header("etag"), etag);
    EXPECT_EQ(reply.header("accept-ranges"), "bytes");
    EXPECT_EQ(reply.header("x-content-type-options"), "nosniff");
    EXPECT_NE(reply.header("cache-control").find("private"), std::string::npos);
    const bool for_good = representation == Representation::original;
    EXPECT_EQ(reply.header("cache-control").find("immutable") != std::string::npos, for_good);
    const auto version = client.ask("GET", path_ + "/" + std::string(name_of(representation)) + "?version=1");
    EXPECT_NE(version.header("cache-control").find("immutable"), std::string::npos);
    EXPECT_EQ(reply.header("content-disposition"),
              "inline; filename=\"Quyet dinh _so 7_.pdf\"; "
              "filename*=UTF-8''Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh%20%22s%E1%BB%91%207%22.pdf");
  }
}

TEST_F(DocumentsTest, AnswersHeadWithoutTheBody) {
  auto client = connect();
  const auto reply = client.ask("HEAD", path_ + "/pdf", "Range: bytes=0-9\r\n");
  EXPECT_EQ(reply.status, 200U);
  EXPECT_EQ(reply.header("content-length"), std::to_string(bytes_.size()));
  EXPECT_EQ(client.ask("GET", "/healthz").status, 200U);  // nothing of a body lies between
}

struct RangeRow {
  const char* range;
  unsigned status;
  std::size_t offset, size;
};

TEST_F(DocumentsTest, SendsThePartThatARangeAsksFor) {
  const auto n = bytes_.size();
  const RangeRow rows[] = {
      {"bytes=0-0", 206, 0, 1},
      {"bytes=0-", 206, 0, n},
      {"bytes=10-19", 206, 10, 10},
      {"bytes=199999-", 206, n - 1, 1},
      {"bytes=-5", 206, n - 5, 5},
      {"bytes=-999999", 206, 0, n},
      {"bytes=100-99999999999999999999999", 206, 100, n - 100},
      {"BYTES = 1 - 2", 206, 1, 2},
      {"bytes=200000-", 416, 0, 0},
      {"bytes=99999999999999999999999-", 416, 0, 0},
      {"bytes=-0", 416, 0, 0},
      {"bytes=5-4", 200, 0, n},
      {"bytes=a-b", 200, 0, n},
      {"bytes=1-2,5-6", 200, 0, n},
      {"bytes=-", 200, 0, n},
      {"lines=1-2", 200, 0, n},
      {"bytes", 200, 0, n},
  };
  auto client = connect();
  for (const auto& row : rows) {
    const auto reply = client.ask("GET", path_ + "/pdf", "Range: " + std::string(row.range) + "\r\n");
    EXPECT_EQ(reply.status, row.status) << row.range;
    if (row.status == 416) {
      EXPECT_EQ(reply.header("content-range"), "bytes */" + std::to_string(n)) << row.range;
      continue;
    }
    EXPECT_TRUE(reply.body == bytes_.substr(row.offset, row.size)) << row.range;
    const auto expected = row.status == 200 ? ""
                                            : "bytes " + std::to_string(row.offset) + "-" +
                                                  std::to_string(row.offset + row.size - 1) + "/" + std::to_string(n);
    EXPECT_EQ(reply.header("content-range"), expected) << row.range;
  }
}

TEST_F(DocumentsTest, ComparesETagsBeforeItSends) {
  const auto etag = "\"" + sha256(as_bytes(bytes_)).hex() + "\"";
  struct Row {
    std::string fields;
    unsigned status;
  };
  const Row rows[] = {
      {"If-None-Match: " + etag, 304},
      {"If-None-Match: W/" + etag, 304},
      {"If-None-Match: \"other\", " + etag, 304},
      {"If-None-Match: *", 304},
      {"If-None-Match: \"other\"", 200},
      {"If-Match: " + etag, 200},
      {"If-Match: W/" + etag, 412},
      {"If-Match: \"other\"", 412},
      {"If-Match: " + etag + "\r\nIf-None-Match: " + etag, 304},
      {"Range: bytes=0-3\r\nIf-Range: " + etag, 206},
      {"Range: bytes=0-3\r\nIf-Range: W/" + etag, 200},
      {"Range: bytes=0-3\r\nIf-Range: Sun, 22 Nov 2026 15:03:00 GMT", 200},
      {"Range: bytes=0-3\r\nIf-None-Match: " + etag, 304},
  };
  auto client = connect();
  for (const auto& row : rows)
    EXPECT_EQ(client.ask("GET", path_ + "/pdf", row.fields + "\r\n").status, row.status) << row.fields;
}

TEST_F(DocumentsTest, SendsAnEmptyFile) {
  const auto empty = "/api/v1/documents/" + service_.add_document("empty.txt", "").value + "/text";
  const auto reply = ask("GET", empty);
  EXPECT_EQ(reply.status, 200U);
  EXPECT_EQ(reply.header("content-length"), "0");
  EXPECT_EQ(ask("GET", empty, "Range: bytes=0-\r\n").status, 416U);
}

TEST_F(DocumentsTest, NamesWhatIsMissing) {
  expect_problem(ask("GET", "/api/v1/documents/00000000000000000000000000000000"), 404, "not_found");
  expect_problem(ask("GET", "/api/v1/documents/short/pdf"), 404, "not_found");
  expect_problem(ask("GET", path_ + "/docx"), 404, "not_found");
}

TEST_F(DocumentsTest, CutsOffAClientThatDoesNotRead) {
  options_.timeouts.body = 300ms;
  const auto big = "/api/v1/documents/" + service_.add_document("big.pdf", std::string(30'000'000, 'x')).value + "/pdf";
  auto client = connect();
  client.send("GET " + big + " HTTP/1.1\r\nHost: h\r\nX-Request-Id: slow-reader\r\n\r\n");
  EXPECT_EQ(logged("slow-reader").note, "response broken off");
}

}  // namespace
}  // namespace sohoa::http
