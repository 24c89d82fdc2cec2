#include "pipeline/sign/http_client.hpp"

#include "tests/unit/sign/sign_test_case.hpp"

namespace sohoa::sign::test {
namespace {

using pki::Service;

class HttpClientTest : public SignTestCase {
 protected:
  [[nodiscard]] std::string url(const std::string& path = "/root.cer") const { return server->url() + path; }
  const HttpClient client{short_limits()};
};

TEST_F(HttpClientTest, BringsWhatIsThere) {
  EXPECT_EQ(must(client.get(url())), pki->root().der());
}

TEST_F(HttpClientTest, FollowsARedirection) {
  server->set(Service::crl, {.status = 302, .location = url("/issuing.cer")});
  EXPECT_EQ(must(client.get(url("/root.crl"))), pki->issuing().der());
}

TEST_F(HttpClientTest, IsNotLedInCircles) {
  server->set(Service::issuers, {.status = 302, .location = url()});
  EXPECT_EQ(client.get(url()).error().code, ErrorCode::unavailable);
  EXPECT_EQ(server->requests(Service::issuers), 4);
}

TEST_F(HttpClientTest, ReadsNoFilesEvenWhereAServerSaysSo) {
  EXPECT_EQ(client.get("file:///etc/hostname").error().code, ErrorCode::invalid_input);
  server->set(Service::issuers, {.status = 302, .location = "file:///etc/hostname"});
  EXPECT_FALSE(client.get(url()));
  EXPECT_EQ(client.get("no url").error().code, ErrorCode::invalid_input);
}

TEST_F(HttpClientTest, TakesNoMoreThanItsLimit) {
  auto limits = short_limits();
  limits.most_bytes = pki->root().der().size();
  EXPECT_TRUE(HttpClient(limits).get(url()));
  limits.most_bytes -= 1;
  EXPECT_EQ(HttpClient(limits).get(url()).error().code, ErrorCode::resource_exhausted);
}

TEST_F(HttpClientTest, AnswersOtherThan200AreNone) {
  EXPECT_EQ(client.get(url("/missing")).error(),
            (Error{ErrorCode::unavailable, url("/missing") + ": HTTP status 404"}));
}

}  // namespace
}  // namespace sohoa::sign::test
