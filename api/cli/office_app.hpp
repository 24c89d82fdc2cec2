#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "api/cli/commands.hpp"

namespace CLI {
class App;
}

namespace sohoa::api::cli {

/// The commands about catalogues, dossiers, look-ups, reuse, indicators, review and export. One thread.
class OfficeApp {
 public:
  /// Adds them to `app`; `add_common` gives a command the options that all have.
  OfficeApp(CLI::App& app, const std::function<void(CLI::App&)>& add_common);

  /// Runs the one that was asked for; nothing where it is none of these.
  [[nodiscard]] std::optional<Exit> run(const Config& config) const;

 private:
  using Command = std::function<Exit(const Config&)>;
  void add_catalogue(CLI::App& app, const std::function<void(CLI::App&)>& add_common);
  void add_dossier(CLI::App& app, const std::function<void(CLI::App&)>& add_common);
  void add_reuse(CLI::App& app, const std::function<void(CLI::App&)>& add_common);
  void add_indicators(CLI::App& app, const std::function<void(CLI::App&)>& add_common);
  void add_duplicates(CLI::App& app, const std::function<void(CLI::App&)>& add_common);
  void add_review(CLI::App& app, const std::function<void(CLI::App&)>& add_common);
  void add_issue(CLI::App& app, const std::function<void(CLI::App&)>& add_common);
  void add_export(CLI::App& app, const std::function<void(CLI::App&)>& add_common);

  std::vector<std::pair<CLI::App*, Command>> commands_;
};

}  // namespace sohoa::api::cli
