// The command line: reads the arguments and hands over to one command.
#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "api/cli/commands.hpp"
#include "api/cli/console.hpp"
#include "api/cli/office_app.hpp"
#include "api/config/config.hpp"

namespace {

using namespace sohoa::api;

/// What every command takes.
struct Common {
  std::string config;
  std::string data;
  std::string languages;
  std::uint32_t jobs = 0;
};

void add_data(CLI::App& command, Common& common) {
  command.add_option("--data", common.data, "data folder (default: sohoa-data)");
  command.add_option("--config", common.config, "TOML file with settings");
}

void add_reading(CLI::App& command, Common& common) {
  command.add_option("--jobs", common.jobs, "page workers (default: one a core)")->check(CLI::PositiveNumber);
  command.add_option("--languages", common.languages, "languages to read, e.g. vie or vie+eng");
}

sohoa::Result<Config> settings(const Common& common) {
  SOHOA_TRY(auto config,
            load_config(common.config.empty() ? std::nullopt : std::optional<std::filesystem::path>(common.config)));
  if (!common.data.empty()) config.data = common.data;
  if (!common.languages.empty()) config.reading.languages = common.languages;
  if (common.jobs > 0) config.workers.count = common.jobs;
  return config;
}

/// "127.0.0.1:8080" -> host and port.
bool set_listen(const std::string& listen, Config& config) {
  const auto colon = listen.rfind(':');
  if (colon == std::string::npos) return false;
  char* end = nullptr;
  const auto port = std::strtoul(listen.c_str() + colon + 1, &end, 10);
  if (end == listen.c_str() + colon + 1 || *end != '\0' || port > 65535) return false;
  config.http.host = listen.substr(0, colon);
  config.http.port = static_cast<std::uint16_t>(port);
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Sohoa: digitize paper dossiers into a searchable, verifiable archive");
  app.require_subcommand(1);
  app.set_version_flag("--version", "sohoa " SOHOA_VERSION);
  Common common;
  bool json = false;

  cli::DigitizeArguments digitize;
  auto* digitize_command = app.add_subcommand("digitize", "read files into the archive");
  digitize_command->add_option("paths", digitize.paths, "files, folders, ZIP files")->required();
  digitize_command->add_option("--out", digitize.out, "also write NAME.pdf, .txt, .alto.xml, .json here");
  digitize_command->add_option("--dossier", digitize.dossier, "dossier code");
  digitize_command->add_option("--split", digitize.split, "cut stacks: at sheets, at blank pages, or every N pages")
      ->type_name("sheets|blank|N");
  digitize_command->add_flag("--json", digitize.json, "one JSON object a line");
  add_data(*digitize_command, common);
  add_reading(*digitize_command, common);

  cli::SeparatorArguments separator;
  auto* separator_command = app.add_subcommand("separator", "sheets to print and put between the papers of a stack");
  separator_command->add_option("--dossier", separator.dossier, "a cover sheet: what follows belongs to this dossier");
  separator_command->add_option("--component", separator.component, "... and to this component of it")
      ->needs("--dossier");
  separator_command->add_option("--count", separator.count, "how many (default: 1)");
  separator_command->add_option("--out", separator.out, "the PDF file to write")->required();

  cli::GetArguments get;
  auto* get_command = app.add_subcommand("get", "a document out of the archive");
  get_command->add_option("document", get.document, "its id")->required();
  get_command->add_option("--as", get.as, "pdf, text, alto, json, original, or issued: the signed file");
  get_command->add_option("--version", get.version,
                          "1 is the first (default: the newest); with --as issued, its number");
  get_command->add_option("--out", get.out, "write to this file instead of standard output");
  add_data(*get_command, common);

  auto* status_command = app.add_subcommand("status", "what the archive holds");
  status_command->add_flag("--json", json, "as JSON");
  add_data(*status_command, common);

  auto* check_command = app.add_subcommand("check", "verify every object, record, journal entry and index");
  check_command->add_flag("--json", json, "one JSON object a line");
  add_data(*check_command, common);

  cli::EvaluateArguments evaluate;
  auto* evaluate_command = app.add_subcommand("evaluate", "error rates on images beside their NAME.gt.txt");
  evaluate_command->add_option("folder", evaluate.folder, "folder with the pairs")
      ->required()
      ->check(CLI::ExistingDirectory);
  evaluate_command->add_flag("--json", evaluate.json, "one JSON object a line");
  add_data(*evaluate_command, common);
  add_reading(*evaluate_command, common);

  std::string listen;
  auto* serve_command = app.add_subcommand("serve", "the HTTP interface");
  serve_command->add_option("--listen", listen, "HOST:PORT (default: 127.0.0.1:8080)");
  add_data(*serve_command, common);
  add_reading(*serve_command, common);

  const cli::OfficeApp office(app, [&common](CLI::App& command) { add_data(command, common); });

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : static_cast<int>(cli::Exit::usage);
  }
  auto config = settings(common);
  if (!config) {
    cli::complain(config.error());
    return static_cast<int>(cli::Exit::usage);
  }
  auto exit = cli::Exit::usage;
  if (const auto done = office.run(*config)) exit = *done;
  if (*digitize_command) exit = cli::digitize(*config, digitize);
  if (*separator_command) exit = cli::separator(separator);
  if (*get_command) exit = cli::get(*config, get);
  if (*status_command) exit = cli::status(*config, json);
  if (*check_command) exit = cli::check(*config, json);
  if (*evaluate_command) exit = cli::evaluate(*config, evaluate);
  if (*serve_command) {
    if (!listen.empty() && !set_listen(listen, *config)) {
      cli::complain({sohoa::ErrorCode::invalid_input, "--listen takes HOST:PORT"});
      return static_cast<int>(cli::Exit::usage);
    }
    exit = cli::serve(*config);
  }
  return static_cast<int>(exit);
}
