#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "api/cli/commands.hpp"

namespace sohoa::api::cli {

// Arguments are texts as they were typed; a command checks them (usage) before it opens anything.

struct CatalogueArguments {
  std::vector<std::filesystem::path> files;
  bool json = false;
};

struct DossierArguments {
  std::vector<std::filesystem::path> files;  ///< of receive
  std::string code;
  std::string component;
  std::string result;
  std::string document;
  std::string status;
  std::string officer;
  std::string paper;  ///< PLACE: "<dossier>/<component>" or "<dossier>/KQ1"
  std::string reason;
  std::string owner, name, number, issued, agency, abstract, scope, valid_until;  ///< of the paper
  bool json = false;
};

struct LookupArguments {
  std::string owner, kind, issued, service, on;
  bool json = false;
};

struct ReuseArguments {
  std::string dossier, component, paper, portal_code, purpose, officer, service, on;
  bool json = false;
};

struct IndicatorArguments {
  std::string from, to, unit, procedure, officer;
  std::string by = "none";
  std::string dossiers;  ///< an indicator or a counted number: list what stands behind it
  std::string behind = "numerator";
  std::string after;
  std::size_t limit = 100;
  bool work = false;
  bool json = false;
};

struct DuplicatesArguments {
  std::string document;
  std::string with;  ///< "": whatever the archive holds
  bool json = false;
};

struct ExportArguments {
  std::vector<std::string> codes;
  std::filesystem::path out;
  std::string to;
  std::string link_base;
  std::string officer;
  bool json = false;
};

Exit import_catalogue(const Config& config, const CatalogueArguments& arguments);
Exit show_catalogue(const Config& config, const CatalogueArguments& arguments);
Exit receive_dossiers(const Config& config, const DossierArguments& arguments);
Exit show_dossier(const Config& config, const DossierArguments& arguments);
Exit put_document(const Config& config, const DossierArguments& arguments);
Exit set_status(const Config& config, const DossierArguments& arguments);
Exit cancel_paper(const Config& config, const DossierArguments& arguments);
Exit look_up(const Config& config, const LookupArguments& arguments);
Exit reuse(const Config& config, const ReuseArguments& arguments);
Exit show_indicators(const Config& config, const IndicatorArguments& arguments);
/// Which documents are this one scanned once more, and what differs.
Exit show_duplicates(const Config& config, const DuplicatesArguments& arguments);
Exit export_dossiers(const Config& config, const ExportArguments& arguments);

}  // namespace sohoa::api::cli
