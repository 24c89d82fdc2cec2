#pragma once

#include <string>
#include <vector>

#include "api/cli/commands.hpp"

namespace sohoa::api::cli {

struct ReviewArguments {
  std::string document;
  bool json = false;
};

struct CorrectArguments {
  std::string document;
  std::string officer;
  std::uint32_t version = 0;        ///< that was looked at; 0: the newest
  std::vector<std::string> words;   ///< "PAGE:X,Y,WIDTH,HEIGHT=TEXT"
  std::vector<std::string> fields;  ///< "NAME=VALUE"
  std::filesystem::path file;       ///< of JSON as POST /documents/{id}/revisions takes it; "-" for standard input
  bool read_again = false;
  bool json = false;
};

/// What an officer is asked about in a document.
Exit show_review(const Config& config, const ReviewArguments& arguments);
/// Sets words and fields right: the document's next version.
Exit correct(const Config& config, const CorrectArguments& arguments);

}  // namespace sohoa::api::cli
