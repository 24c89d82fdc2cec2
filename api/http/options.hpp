#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace sohoa::http {

struct HttpLimits {
  std::uint64_t body_bytes = 4'000'000'000;  ///< of one request, all files together: 413
  std::uint64_t file_bytes = 2'000'000'000;  ///< of one file: 413
  std::uint64_t json_bytes = 16 << 20;       ///< of a body that is held in memory: JSON, a catalogue's files: 413
  std::size_t files = 1'000;                 ///< of one request
  std::uint32_t open_uploads = 64;           ///< at the same time: then 429
  std::size_t connections = 2'048;           ///< at the same time: then 503
  std::uint32_t header_bytes = 16'384;       ///< request line and header together: 431
};

struct HttpTimeouts {
  std::chrono::milliseconds header{10'000};  ///< for a whole request header, from its first byte: 408
  std::chrono::milliseconds idle{60'000};    ///< between requests
  std::chrono::milliseconds body{30'000};    ///< between two pieces of a request body, or for 64 KiB of a response
  std::chrono::milliseconds body_grace{
      60'000};  ///< from then on a body must have come at body_bytes_per_second on average
  std::uint64_t body_bytes_per_second = 512;    ///< slower than any modem, quicker than a slow-loris attack
  std::chrono::milliseconds heartbeat{15'000};  ///< between two signs of life on an event stream
  std::chrono::milliseconds drain{10'000};      ///< that stop() gives to requests in progress
};

/// One answered request.
struct HttpLogRecord {
  std::string remote;  ///< address and port
  std::string method;
  std::string path;   ///< without the query
  std::string route;  ///< the pattern, "" where none matched
  unsigned status = 0;
  std::uint64_t received = 0;  ///< bytes of the request's body
  std::uint64_t sent = 0;      ///< bytes of the response's body
  double seconds = 0;
  std::string request_id;
  std::string trace_id;  ///< W3C trace context, "" where none came
  std::string note;      ///< what broke it off, "" where it was answered in full
};

struct HttpOptions {
  std::string host = "127.0.0.1";  ///< an address, or a name that resolves to one
  std::uint16_t port = 8080;       ///< 0: any
  unsigned threads = 2;            ///< that drive sockets
  unsigned readers = 4;            ///< that wait for the archive's reads
  unsigned writers = 4;            ///< that wait for uploads to be durable, so that they do not hold up reads
  unsigned signers = 4;            ///< that wait for keys, timestamps and revocation, once a request has come whole
  std::filesystem::path work_folder = "/tmp";  ///< for files that are only looked at
  HttpLimits limits;
  HttpTimeouts timeouts;
  std::function<void(const HttpLogRecord&)> log;  ///< from any thread; must be quick and not throw
};

}  // namespace sohoa::http
