#include "pipeline/intake/walk.hpp"

#include <algorithm>
#include <system_error>
#include <vector>

namespace sohoa::intake {
namespace {

namespace fs = std::filesystem;
using Visit = std::function<void(const std::string&, Result<fs::path>)>;

Error unreadable(const std::error_code& why) {
  const bool missing = why == std::errc::no_such_file_or_directory;
  return {missing ? ErrorCode::not_found : ErrorCode::unavailable, why.message()};
}

void walk_folder(const fs::path& folder, const Visit& visit) {
  std::error_code failed;
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
    entries.push_back(*it);
  }
  if (failed) visit(folder.string(), unreadable(failed));
  std::sort(entries.begin(), entries.end());
  for (const auto& entry : entries) {
    if (entry.path().filename().string().starts_with('.')) continue;
    std::error_code ignored;
    if (entry.is_symlink(ignored)) continue;
    if (entry.is_directory(ignored)) {
      walk_folder(entry.path(), visit);
    } else if (entry.is_regular_file(ignored)) {
      visit(entry.path().string(), entry.path());
    }
  }
}

}  // namespace

void walk(const fs::path& start, const Visit& visit) {
  std::error_code failed;
  const auto status = fs::status(start, failed);
  if (fs::is_directory(status)) return walk_folder(start, visit);
  if (fs::is_regular_file(status)) return visit(start.string(), start);
  if (failed && status.type() != fs::file_type::not_found) return visit(start.string(), unreadable(failed));
  if (!fs::exists(status)) return visit(start.string(), Error{ErrorCode::not_found, "no such file or folder"});
  visit(start.string(), Error{ErrorCode::invalid_input, "neither a file nor a folder"});
}

}  // namespace sohoa::intake
