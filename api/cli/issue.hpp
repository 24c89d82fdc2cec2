#pragma once

#include <string>
#include <vector>

#include "api/cli/commands.hpp"

namespace sohoa::api::cli {

struct IssueArguments {
  std::vector<std::string> documents;
  std::string dossier;
  std::string kind = "digitized_copy";
  std::string form;
  std::string officer;
  std::string name;
  std::filesystem::path out;  ///< also write CODE.pdf here
  bool pending = false;  ///< nothing new: complete what waits
  bool json = false;
};

struct VerifyArguments {
  std::vector<std::filesystem::path> files;
  bool json = false;
};

/// Verifies the signatures of PDFs. Failed where one of them has not passed.
Exit verify(const Config& config, const VerifyArguments& arguments);

/// Issues documents, or all papers of a dossier.
Exit issue(const Config& config, const IssueArguments& arguments);

}  // namespace sohoa::api::cli
