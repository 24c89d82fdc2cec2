#include "archive/data_directory.hpp"

#include <charconv>
#include <string>
#include <string_view>
#include <system_error>

#include "pipeline/base/file.hpp"

namespace sohoa {
namespace {

constexpr std::string_view line_start = "sohoa data directory, format ";
constexpr unsigned format_version = 1;

std::string format_line() {
  return std::string(line_start) + std::to_string(format_version) + "\n";
}

Result<void> check_format(const std::filesystem::path& path) {
  SOHOA_TRY(const auto bytes, read_file(path, 4096));
  const auto line = as_text(bytes);
  if (line == format_line()) return {};
  unsigned version = 0;
  if (line.starts_with(line_start)) {
    std::from_chars(line.data() + line_start.size(), line.data() + line.size(), version);
  }
  if (version == 0) return Error{ErrorCode::invalid_input, path.string() + ": is not a sohoa data directory's"};
  return Error{ErrorCode::unsupported, path.string() + ": format " + std::to_string(version) +
                                           ", this sohoa knows format " + std::to_string(format_version)};
}

/// All folders down to `path`, each durable in its parent.
Result<void> make_folders(const std::filesystem::path& path, FileOps& files) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return {};
  const auto parent = path.parent_path();
  if (!parent.empty() && parent != path) SOHOA_DO(make_folders(parent, files));
  SOHOA_DO(files.make_directory(path));
  return files.sync_directory(parent.empty() ? "." : parent);
}

Result<void> write_format(const std::filesystem::path& path, FileOps& files) {
  const auto format = path / "FORMAT";
  const auto temporary = path / "FORMAT.new";
  if (std::filesystem::exists(temporary)) SOHOA_DO(files.remove(temporary));
  {
    SOHOA_TRY(const auto fd, files.create(temporary));
    SOHOA_DO(files.write(fd.get(), as_bytes(format_line())));
    SOHOA_DO(files.sync(fd.get()));
  }
  auto renamed = files.rename_new(temporary, format);
  if (!renamed && renamed.error().code != ErrorCode::already_exists) return renamed;  // another writer was first
  return files.sync_directory(path);
}

}  // namespace

Result<DataDirectory> DataDirectory::open(const std::filesystem::path& path, OpenMode mode, FileOps& files) {
  const DataDirectory directory{path / "objects", path / "db"};
  std::error_code ignored;
  if (std::filesystem::exists(path / "FORMAT", ignored)) {
    SOHOA_DO(check_format(path / "FORMAT"));
    return directory;
  }
  if (mode == OpenMode::read_only) return Error{ErrorCode::not_found, path.string() + ": no sohoa data directory"};
  if (std::filesystem::exists(directory.objects, ignored) || std::filesystem::exists(directory.database, ignored)) {
    return Error{ErrorCode::invalid_input, path.string() + ": has objects or db, but no FORMAT file"};
  }
  SOHOA_DO(make_folders(path, files));
  SOHOA_DO(write_format(path, files));
  return directory;
}

}  // namespace sohoa
