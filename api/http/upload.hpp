#pragma once

#include <optional>
#include <string>
#include <utility>

#include "api/http/context.hpp"
#include "api/http/message.hpp"

namespace sohoa::http {

/// One of the uploads that may be open at a time.
class UploadTicket {
 public:
  static std::optional<UploadTicket> take(const Context& context) {
    UploadTicket ticket(context.metrics.uploads);
    if (context.metrics.uploads.fetch_add(1) >= context.options.limits.open_uploads) return std::nullopt;
    return ticket;
  }
  UploadTicket(UploadTicket&& other) noexcept : count_(std::exchange(other.count_, nullptr)) {}
  UploadTicket& operator=(UploadTicket&&) = delete;
  ~UploadTicket() {
    if (count_ != nullptr) count_->fetch_sub(1);
  }

 private:
  explicit UploadTicket(std::atomic<std::uint32_t>& count) : count_(&count) {}
  std::atomic<std::uint32_t>* count_;
};

/// What a file that is the whole body is called: by Content-Disposition, else by ?name=; `fallback` where neither names
/// it.
[[nodiscard]] std::string sent_file_name(const Request& request, std::string fallback);

}  // namespace sohoa::http
