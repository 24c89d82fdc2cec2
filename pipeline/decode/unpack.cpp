// Unpacking by libarchive, from the descriptor with pread and into one output file: no path is opened, whatever an
// entry is called. Read with seeking, so that the central directory is believed (names, sizes, encryption), which also
// skips data that was put before or between.
//
// A bomb packs 1000 to 1 and more; deflate's own limit is 1032 to 1, a scan's paper 30 to 1 at best. So what unpacks to
// over 1000 times the archive's size (beyond the first 10 MB, which hurt nobody) is refused, besides the limit on the
// whole.

#include "pipeline/decode/unpack.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/base/file.hpp"
#include "pipeline/decode/handles.hpp"

namespace sohoa {

using namespace decode;

namespace {

constexpr std::uint64_t harmless_bytes = 10'000'000;
constexpr std::uint64_t highest_ratio = 1000;

/// The descriptor as libarchive reads it.
struct Input {
  int fd = -1;
  std::int64_t size = 0;
  std::int64_t position = 0;
  std::array<char, 65536> buffer{};
};

la_ssize_t read_input(struct archive* archive, void* data, const void** buffer) {
  auto& input = *static_cast<Input*>(data);
  const auto count = ::pread(input.fd, input.buffer.data(), input.buffer.size(), input.position);
  if (count < 0) {
    archive_set_error(archive, ARCHIVE_FAILED, "reading failed");
    return ARCHIVE_FATAL;
  }
  input.position += count;
  *buffer = input.buffer.data();
  return count;
}

la_int64_t seek_input(struct archive* /*archive*/, void* data, la_int64_t offset, int whence) {
  auto& input = *static_cast<Input*>(data);
  const auto base = whence == SEEK_CUR ? input.position : whence == SEEK_END ? input.size : 0;
  if (base + offset < 0) return ARCHIVE_FATAL;
  input.position = base + offset;
  return input.position;
}

la_int64_t skip_input(struct archive* archive, void* data, la_int64_t count) {
  const auto before = static_cast<Input*>(data)->position;
  return seek_input(archive, data, count, SEEK_CUR) < 0 ? 0 : static_cast<Input*>(data)->position - before;
}

/// Bytes of one well-formed UTF-8 character at the front; 0 where there is none.
std::size_t utf8_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0x80                   ? 1
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) return 0;
  }
  const auto second = length > 1 ? static_cast<unsigned char>(text[1]) : 0;
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool beyond = (lead == 0xED && second >= 0xA0) || (lead == 0xF4 && second >= 0x90);
  return overlong || beyond ? 0 : length;
}

std::string clean_part(std::string_view part) {
  std::string out;
  while (!part.empty()) {
    const auto length = utf8_length(part);
    const auto first = static_cast<unsigned char>(part[0]);
    if (length == 0)
      out += '_';  // a legacy code page: which one, nobody knows
    else if (first >= 0x20 && first != 0x7F && first != ':')
      out += part.substr(0, length);
    part.remove_prefix(length == 0 ? 1 : length);
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == '.')) out.pop_back();
  if (out.size() > 200) {
    auto end = std::size_t{200};
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end;
    out.resize(end);
  }
  return out;
}

std::string name_in(struct archive_entry* entry, std::size_t index) {
  const char* utf8 = archive_entry_pathname_utf8(entry);
  const char* name = utf8 != nullptr ? utf8 : archive_entry_pathname(entry);
  auto safe = name != nullptr ? safe_name(name) : std::string();
  return safe.empty() ? "entry " + std::to_string(index) : safe;
}

/// Why an entry is refused before its bytes are looked at.
std::optional<Error> unwanted(struct archive_entry* entry) {
  if (archive_entry_is_encrypted(entry) != 0) return Error{ErrorCode::unsupported, "encrypted: a password is needed"};
  if (archive_entry_hardlink(entry) != nullptr || archive_entry_filetype(entry) != AE_IFREG) {
    return Error{ErrorCode::unsupported, "not a plain file"};
  }
  return std::nullopt;
}

class Unpacker {
 public:
  Unpacker(int fd, std::uint64_t archive_size, const Limits& limits, int output_fd)
      : archive_size_(archive_size), limits_(limits), output_fd_(output_fd) {
    input_->fd = fd;
    input_->size = static_cast<std::int64_t>(archive_size);
  }

  Result<Unpacked> run();

 private:
  Result<void> take(struct archive_entry* entry, std::size_t index);
  /// The entry's bytes to the output; where they turn out unusable, an Error that concerns this entry only.
  struct Copied {
    std::uint64_t size = 0;
    std::optional<Error> refused;
  };
  Result<Copied> copy();
  [[nodiscard]] std::optional<Error> too_much(std::uint64_t entry_bytes) const;
  [[nodiscard]] std::string why() const {
    const char* text = archive_error_string(archive_.get());
    return text != nullptr ? text : "unknown";
  }

  std::unique_ptr<Input> input_ = std::make_unique<Input>();
  ArchivePtr archive_;
  std::uint64_t archive_size_;
  const Limits& limits_;
  int output_fd_;
  std::uint64_t written_ = 0;
  bool broken_off_ = false;
  Unpacked result_;
};

std::optional<Error> Unpacker::too_much(std::uint64_t entry_bytes) const {
  const auto total = written_ + entry_bytes;
  if (total > limits_.unpacked_bytes) {
    return Error{ErrorCode::resource_exhausted,
                 "the archive unpacks to more than " + std::to_string(limits_.unpacked_bytes) + " bytes"};
  }
  if (total > harmless_bytes && total / highest_ratio > archive_size_) {
    return Error{ErrorCode::resource_exhausted, "the archive unpacks to more than 1000 times its size"};
  }
  return std::nullopt;
}

Result<Unpacker::Copied> Unpacker::copy() {
  Copied copied;
  std::vector<std::uint8_t> buffer(256 * 1024);
  while (true) {
    const auto count = archive_read_data(archive_.get(), buffer.data(), buffer.size());
    if (count == 0) return copied;
    if (count < 0) {
      const bool password = why().find("ncrypt") != std::string::npos || why().find("assphrase") != std::string::npos;
      copied.refused = password ? Error{ErrorCode::unsupported, "encrypted: a password is needed"}
                                : Error{ErrorCode::invalid_input, "damaged in the archive: " + why()};
      return copied;
    }
    copied.refused = too_much(copied.size + static_cast<std::uint64_t>(count));
    if (copied.refused) return copied;
    SOHOA_DO(write_all(output_fd_, ByteView(buffer).first(static_cast<std::size_t>(count))));
    copied.size += static_cast<std::uint64_t>(count);
  }
}

Result<void> Unpacker::take(struct archive_entry* entry, std::size_t index) {
  if (archive_entry_filetype(entry) == AE_IFDIR) return {};
  auto name = name_in(entry, index);
  if (auto error = unwanted(entry)) {
    result_.refused.push_back({std::move(name), std::move(*error)});
    return {};
  }
  const auto start = ::lseek(output_fd_, 0, SEEK_CUR);
  if (start < 0) return system_error("finding the place in the output file");
  SOHOA_TRY(auto copied, copy());
  if (copied.refused) {
    // What was written of it is taken back, so that offsets stay those of whole files.
    if (::ftruncate(output_fd_, start) != 0 || ::lseek(output_fd_, start, SEEK_SET) != start) {
      return system_error("taking back a refused entry");
    }
    broken_off_ = copied.refused->code == ErrorCode::resource_exhausted;
    result_.refused.push_back({std::move(name), std::move(*copied.refused)});
    return {};
  }
  result_.entries.push_back({std::move(name), static_cast<std::uint64_t>(start), copied.size});
  written_ += copied.size;
  return {};
}

Result<Unpacked> Unpacker::run() {
  archive_.reset(archive_read_new());
  if (!archive_) return Error{ErrorCode::resource_exhausted, "no memory to unpack"};
  archive_read_support_format_zip_seekable(archive_.get());
  archive_read_support_format_zip_streamable(archive_.get());  // for those whose end is missing
  archive_read_set_read_callback(archive_.get(), read_input);
  archive_read_set_seek_callback(archive_.get(), seek_input);
  archive_read_set_skip_callback(archive_.get(), skip_input);
  archive_read_set_callback_data(archive_.get(), input_.get());
  if (archive_read_open1(archive_.get()) != ARCHIVE_OK) {
    return Error{ErrorCode::invalid_input, "not a ZIP that can be opened: " + why()};
  }
  for (std::size_t index = 1; !broken_off_; ++index) {
    struct archive_entry* entry = nullptr;
    const int state = archive_read_next_header(archive_.get(), &entry);
    if (state == ARCHIVE_EOF) break;
    if (state < ARCHIVE_WARN) {
      result_.refused.push_back({"entry " + std::to_string(index),
                                 {ErrorCode::invalid_input, "the archive is damaged from here on: " + why()}});
      break;
    }
    if (index > limits_.archive_entries) {
      result_.refused.push_back(
          {"entry " + std::to_string(index) + " and all after it",
           {ErrorCode::resource_exhausted,
            "the archive has more than " + std::to_string(limits_.archive_entries) + " entries"}});
      break;
    }
    SOHOA_DO(take(entry, index));
  }
  if (result_.entries.empty() && result_.refused.empty())
    return Error{ErrorCode::invalid_input, "the archive has no files"};
  return std::move(result_);
}

}  // namespace

std::string safe_name(std::string_view name) {
  std::string out;
  while (!name.empty()) {
    const auto end = name.find_first_of("/\\");
    const auto part = clean_part(name.substr(0, end));
    name.remove_prefix(end == std::string_view::npos ? name.size() : end + 1);
    // "..", "." and "" have lost their dots above; a drive its colon.
    if (part.empty()) continue;
    if (!out.empty()) out += '/';
    out += part;
  }
  return out;
}

Result<Unpacked> unpack(int fd, const SourceFile& source, const Limits& limits, int output_fd) {
  if (source.format != SourceFormat::zip) return Error{ErrorCode::unsupported, "not an archive"};
  SOHOA_TRY(const auto size, file_size(fd));
  if (size > limits.file_bytes) return Error{ErrorCode::resource_exhausted, "the archive is over the limit of bytes"};
  return Unpacker(fd, size, limits, output_fd).run();
}

}  // namespace sohoa
