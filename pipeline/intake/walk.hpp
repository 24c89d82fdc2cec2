#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "pipeline/base/result.hpp"

namespace sohoa::intake {

/// Visits a file, or every file below a folder in the order of their names. `name` is the path as it was given, or
/// below the folder that was given. Skipped without a word: hidden files (".DS_Store"), and links inside a folder (they
/// may lead in circles). A path that cannot be read is visited with its Error in place of the path.
void walk(const std::filesystem::path& start,
          const std::function<void(const std::string& name, Result<std::filesystem::path> path)>& visit);

}  // namespace sohoa::intake
