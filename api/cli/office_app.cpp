#include "api/cli/office_app.hpp"

#include <CLI/CLI.hpp>

#include "api/cli/issue.hpp"
#include "api/cli/office_commands.hpp"
#include "api/cli/review.hpp"

namespace sohoa::api::cli {
namespace {

using AddCommon = std::function<void(CLI::App&)>;

template <typename Arguments>
using Action = Exit (*)(const Config&, const Arguments&);

/// A command with its arguments, which live as long as it may be run.
template <typename Arguments>
auto command(std::shared_ptr<Arguments> arguments, Action<Arguments> action) {
  return [arguments, action](const Config& config) { return action(config, *arguments); };
}

template <typename Arguments>
void finish(CLI::App& app, Arguments& arguments, const AddCommon& add_common) {
  app.add_flag("--json", arguments.json, "one JSON object a line");
  add_common(app);
}

void add_paper(CLI::App& app, DossierArguments& arguments) {
  app.add_option("--owner", arguments.owner, "whose paper it is (default: the dossier's owner)");
  app.add_option("--name", arguments.name, "name of the paper");
  app.add_option("--number", arguments.number, "number/symbol");
  app.add_option("--issued", arguments.issued, "date of issue, 2025-07-01");
  app.add_option("--agency", arguments.agency, "issuing agency");
  app.add_option("--abstract", arguments.abstract, "abstract");
  app.add_option("--scope", arguments.scope, "scope of validity");
  app.add_option("--valid-until", arguments.valid_until, "last day of validity, as the paper states it");
}

}  // namespace

OfficeApp::OfficeApp(CLI::App& app, const AddCommon& add_common) {
  add_catalogue(app, add_common);
  add_dossier(app, add_common);
  add_reuse(app, add_common);
  add_indicators(app, add_common);
  add_duplicates(app, add_common);
  add_review(app, add_common);
  add_issue(app, add_common);
  add_export(app, add_common);
}

std::optional<Exit> OfficeApp::run(const Config& config) const {
  for (const auto& [app, run] : commands_) {
    if (app->parsed()) return run(config);
  }
  return std::nullopt;
}

void OfficeApp::add_catalogue(CLI::App& app, const AddCommon& add_common) {
  auto* group = app.add_subcommand("catalogue", "units, procedures, kinds of papers, officers, services, rules");
  group->require_subcommand(1);
  auto arguments = std::make_shared<CatalogueArguments>();
  auto* import = group->add_subcommand("import", "take CSV and JSON files in, all or nothing");
  import->add_option("files", arguments->files, "files")->required()->check(CLI::ExistingFile);
  finish(*import, *arguments, add_common);
  commands_.emplace_back(import, command(arguments, import_catalogue));
  auto* show = group->add_subcommand("show", "what is in force; with --json a file that import takes");
  finish(*show, *arguments, add_common);
  commands_.emplace_back(show, command(arguments, show_catalogue));
}

void OfficeApp::add_dossier(CLI::App& app, const AddCommon& add_common) {
  auto* group = app.add_subcommand("dossier", "receive a dossier, put documents to its components");
  group->require_subcommand(1);
  const auto add = [&](const char* name, const char* help, Action<DossierArguments> action) {
    auto arguments = std::make_shared<DossierArguments>();
    auto* one = group->add_subcommand(name, help);
    finish(*one, *arguments, add_common);
    commands_.emplace_back(one, command(arguments, action));
    return std::pair(one, arguments);
  };
  const auto [receive, received] = add("receive", "register dossiers and look their components up", receive_dossiers);
  receive->add_option("files", received->files, "JSON files")->required()->check(CLI::ExistingFile);

  const auto [show, shown] = add("show", "a dossier as it stands", show_dossier);
  show->add_option("code", shown->code, "dossier code")->required();

  const auto [put, filed] = add("put", "judge an archived document and put it to a component", put_document);
  put->add_option("code", filed->code, "dossier code")->required();
  put->add_option("component", filed->component, "component, or with --result the type of result")->required();
  put->add_option("document", filed->document, "document id")->required();
  put->add_flag_callback("--result", [filed = filed] { filed->result = "yes"; }, "it is a result of the dossier");
  put->add_option("--officer", filed->officer, "who does it")->required();
  add_paper(*put, *filed);

  const auto [status, changed] = add("status", "set the status of a dossier", set_status);
  status->add_option("code", changed->code, "dossier code")->required();
  status->add_option("status", changed->status, "new, accepted, in_process, done, returned ...")->required();
  status->add_option("--officer", changed->officer, "who does it")->required();

  const auto [cancel, cancelled] = add("cancel", "a paper is not valid any more; it stays findable", cancel_paper);
  cancel->add_option("paper", cancelled->paper, "CODE/COMPONENT or CODE/KQ1")->required();
  cancel->add_option("--officer", cancelled->officer, "who does it")->required();
  cancel->add_option("--reason", cancelled->reason, "why")->required();
}

void OfficeApp::add_reuse(CLI::App& app, const AddCommon& add_common) {
  auto asked = std::make_shared<LookupArguments>();
  auto* lookup = app.add_subcommand("lookup", "is there a valid paper of this kind for this owner?");
  lookup->add_option("--owner", asked->owner, "any identifier of the owner")->required();
  lookup->add_option("--kind", asked->kind, "kind of paper");
  lookup->add_option("--issued", asked->issued, "date of issue");
  lookup->add_option("--service", asked->service, "ask as this service, which sees what it was granted");
  lookup->add_option("--on", asked->on, "valid on this day (default: today)");
  finish(*lookup, *asked, add_common);
  commands_.emplace_back(lookup, command(asked, look_up));

  auto taken = std::make_shared<ReuseArguments>();
  auto* again = app.add_subcommand("reuse", "take a paper that is held for a component of another dossier");
  again->add_option("--dossier", taken->dossier, "for this dossier")->required();
  again->add_option("--component", taken->component, "and this component");
  auto* paper = again->add_option("--paper", taken->paper, "CODE/COMPONENT or CODE/KQ1");
  again->add_option("--portal-code", taken->portal_code, "or its code in the citizen's store at the portal")
      ->excludes(paper);
  again->add_option("--purpose", taken->purpose, "what for")->required();
  auto* officer = again->add_option("--officer", taken->officer, "who does it");
  again->add_option("--service", taken->service, "or which service")->excludes(officer);
  again->add_option("--on", taken->on, "valid on this day (default: today)");
  finish(*again, *taken, add_common);
  commands_.emplace_back(again, command(taken, reuse));
}

void OfficeApp::add_indicators(CLI::App& app, const AddCommon& add_common) {
  auto asked = std::make_shared<IndicatorArguments>();
  auto* indicators = app.add_subcommand("indicators", "the digitization rates of Decision 766");
  indicators->add_option("--from", asked->from, "first month of reception, 2025-01")->required();
  indicators->add_option("--to", asked->to, "last month (default: the first)");
  indicators->add_option("--unit", asked->unit, "unit with its sub-units (default: all)");
  indicators->add_option("--procedure", asked->procedure, "procedure");
  indicators->add_option("--officer", asked->officer, "officer who received");
  indicators->add_option("--by", asked->by, "month, quarter, year, unit, procedure or officer");
  indicators->add_option("--dossiers", asked->dossiers, "list the dossiers behind an indicator or a counted number");
  indicators->add_option("--behind", asked->behind, "numerator, denominator or missing");
  indicators->add_option("--after", asked->after, "the page after this one");
  indicators->add_option("--limit", asked->limit, "dossiers a page")->check(CLI::Range(1, 10'000));
  indicators->add_flag("--work", asked->work, "pages, errors and pages an hour of each officer");
  finish(*indicators, *asked, add_common);
  commands_.emplace_back(indicators, command(asked, show_indicators));
}

void OfficeApp::add_duplicates(CLI::App& app, const AddCommon& add_common) {
  auto asked = std::make_shared<DuplicatesArguments>();
  auto* one = app.add_subcommand("duplicates", "documents that are this one scanned once more, and what differs");
  one->add_option("document", asked->document, "document id")->required();
  one->add_option("--with", asked->with, "compare with this document, alike or not");
  finish(*one, *asked, add_common);
  commands_.emplace_back(one, command(asked, show_duplicates));
}

void OfficeApp::add_review(CLI::App& app, const AddCommon& add_common) {
  auto looked = std::make_shared<ReviewArguments>();
  auto* review = app.add_subcommand("review", "words and fields of a document that somebody should look at");
  review->add_option("document", looked->document, "document id")->required();
  finish(*review, *looked, add_common);
  commands_.emplace_back(review, command(looked, show_review));

  auto set = std::make_shared<CorrectArguments>();
  auto* correct_command = app.add_subcommand("correct", "set words and fields of a document right: its next version");
  correct_command->add_option("document", set->document, "document id")->required();
  correct_command->add_option("--officer", set->officer, "who does it");
  correct_command->add_option("--word", set->words, "PAGE:X,Y,WIDTH,HEIGHT=TEXT, as `sohoa review` shows places");
  correct_command->add_option("--field", set->fields, "NAME=VALUE");
  correct_command->add_option("--file", set->file, "JSON as POST /documents/{id}/revisions takes it; - reads it in");
  correct_command->add_flag("--read-again", set->read_again, "read all pages again; what was set right stays");
  correct_command->add_option("--version", set->version, "the version that was looked at (default: the newest)");
  finish(*correct_command, *set, add_common);
  commands_.emplace_back(correct_command, command(set, correct));
}

void OfficeApp::add_issue(CLI::App& app, const AddCommon& add_common) {
  auto asked = std::make_shared<VerifyArguments>();
  auto* verify_command = app.add_subcommand("verify", "who signed a PDF, when, and whether it still stands");
  verify_command->add_option("files", asked->files, "PDF files")->required();
  finish(*verify_command, *asked, add_common);
  commands_.emplace_back(verify_command, command(asked, verify));

  auto wanted = std::make_shared<IssueArguments>();
  auto* issue_command = app.add_subcommand("issue", "coded, marked, signed PDF/A of documents");
  auto* documents = issue_command->add_option("documents", wanted->documents, "document ids");
  issue_command->add_option("--dossier", wanted->dossier, "all papers of this dossier")->excludes(documents);
  issue_command->add_option("--as", wanted->kind, "digitized_copy (default), electronic_copy, certified_copy, result");
  issue_command->add_option("--form", wanted->form, "of an electronic copy: sao_y (default), sao_luc, trich_sao");
  issue_command->add_option("--officer", wanted->officer, "who does it");
  issue_command->add_option("--name", wanted->name, "full name (default: that of the certificate)");
  issue_command->add_option("--out", wanted->out, "also write the files, named by their codes, here");
  issue_command->add_flag("--pending", wanted->pending, "complete what waits for its timestamp");
  finish(*issue_command, *wanted, add_common);
  commands_.emplace_back(issue_command, command(wanted, issue));
}

void OfficeApp::add_export(CLI::App& app, const AddCommon& add_common) {
  auto asked = std::make_shared<ExportArguments>();
  auto* out = app.add_subcommand("export", "dossiers as the national portal's payload");
  out->add_option("codes", asked->codes, "dossier codes")->required();
  auto* folder = out->add_option("--out", asked->out, "write files into this folder");
  out->add_option("--to", asked->to, "send to this http:// address")->excludes(folder);
  out->add_option("--link-base", asked->link_base, "where documents can be fetched, http://host:port");
  out->add_option("--officer", asked->officer, "who does it")->required();
  finish(*out, *asked, add_common);
  commands_.emplace_back(out, command(asked, export_dossiers));
}

}  // namespace sohoa::api::cli
