#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "api/config/config.hpp"

namespace sohoa::api::cli {

/// A command's exit code.
enum class Exit : int {
  done = 0,
  failed = 1,  ///< something failed and was named
  usage = 2,   ///< wrong usage
};

struct DigitizeArguments {
  std::vector<std::filesystem::path> paths;
  std::filesystem::path out;  ///< "": results stay in the archive
  std::string dossier;
  bool json = false;
};

struct GetArguments {
  std::string document;
  std::string as = "pdf";
  std::filesystem::path out;  ///< "": standard output
};

struct EvaluateArguments {
  std::filesystem::path folder;
  bool json = false;
};

Exit digitize(const Config& config, const DigitizeArguments& arguments);
Exit get(const Config& config, const GetArguments& arguments);
Exit status(const Config& config, bool json);
Exit check(const Config& config, bool json);
Exit evaluate(const Config& config, const EvaluateArguments& arguments);
Exit serve(const Config& config);

}  // namespace sohoa::api::cli
