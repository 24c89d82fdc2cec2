#pragma once

#include <cstdint>
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
  std::string split;  ///< "sheets", "blank" or a number of pages; "": a file is a document
  bool json = false;
};

struct SeparatorArguments {
  std::string dossier;    ///< "": a separator; else the dossier's cover
  std::string component;  ///< of the dossier
  std::uint32_t count = 1;
  std::filesystem::path out;
};

struct GetArguments {
  std::string document;
  std::string as = "pdf";
  std::uint32_t version = 0;  ///< 0: the newest; of what was issued, its number
  std::filesystem::path out;  ///< "": standard output
};

struct EvaluateArguments {
  std::filesystem::path folder;
  bool json = false;
};

Exit digitize(const Config& config, const DigitizeArguments& arguments);
/// Prints nothing: writes a PDF of separator or cover sheets.
Exit separator(const SeparatorArguments& arguments);
Exit get(const Config& config, const GetArguments& arguments);
Exit status(const Config& config, bool json);
Exit check(const Config& config, bool json);
Exit evaluate(const Config& config, const EvaluateArguments& arguments);
Exit serve(const Config& config);

}  // namespace sohoa::api::cli
