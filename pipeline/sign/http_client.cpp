#include "pipeline/sign/http_client.hpp"

#include <curl/curl.h>

#include <memory>

namespace sohoa::sign {
namespace {

template <auto free_one>
struct FreedBy {
  template <typename T>
  void operator()(T* handle) const {
    free_one(handle);
  }
};
using CurlHandle = std::unique_ptr<CURL, FreedBy<curl_easy_cleanup>>;
using HeadersHandle = std::unique_ptr<curl_slist, FreedBy<curl_slist_free_all>>;

constexpr long most_redirections = 3;

void initialise() {
  static const bool once = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  static_cast<void>(once);
}

struct Received {
  Bytes bytes;
  std::size_t most = 0;
  bool too_many = false;
};

std::size_t receive(char* data, std::size_t size, std::size_t count, void* to) {
  auto& received = *static_cast<Received*>(to);
  if (size * count > received.most - received.bytes.size()) {
    received.too_many = true;
    return 0;  // ends the transfer
  }
  received.bytes.insert(received.bytes.end(), data, data + size * count);
  return size * count;
}

Error error_of(CURLcode code, const Received& received, const std::string& url) {
  if (received.too_many) return {ErrorCode::resource_exhausted, url + ": the answer is too long"};
  const bool no_url = code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT;
  return {no_url ? ErrorCode::invalid_input : ErrorCode::unavailable, url + ": " + curl_easy_strerror(code)};
}

void set_limits(CURL* curl, const HttpLimits& limits) {
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);  // many threads
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, most_redirections);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.whole.count()));
  curl_easy_setopt(curl, CURLOPT_PROXY, limits.proxy.c_str());
}

}  // namespace

struct HttpClient::Question {
  const std::string& url;
  std::string_view content_type;  // "": GET
  ByteView body;
};

Result<Bytes> HttpClient::ask(const Question& question) const {
  initialise();
  const CurlHandle curl(curl_easy_init());
  if (!curl) return Error{ErrorCode::resource_exhausted, "no memory for a connection"};
  Received received{{}, limits_.most_bytes, false};
  set_limits(curl.get(), limits_);
  curl_easy_setopt(curl.get(), CURLOPT_URL, question.url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, receive);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &received);
  HeadersHandle headers;
  if (!question.content_type.empty()) {
    headers.reset(curl_slist_append(nullptr, ("Content-Type: " + std::string(question.content_type)).c_str()));
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(question.body.size()));
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, question.body.data());
  }
  if (const auto code = curl_easy_perform(curl.get()); code != CURLE_OK) {
    return error_of(code, received, question.url);
  }
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status != 200) return Error{ErrorCode::unavailable, question.url + ": HTTP status " + std::to_string(status)};
  return std::move(received.bytes);
}

Result<Bytes> HttpClient::get(const std::string& url) const {
  return ask({url, {}, {}});
}

Result<Bytes> HttpClient::post(const std::string& url, std::string_view content_type, ByteView body) const {
  return ask({url, content_type, body});
}

}  // namespace sohoa::sign
