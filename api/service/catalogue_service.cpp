#include "api/service/catalogue_service.hpp"

#include "pipeline/catalogue/catalogue_json.hpp"
#include "pipeline/rules/default_rules.hpp"

namespace sohoa::api {
namespace {

Result<Catalogue> default_catalogue(const std::optional<Date>& decree_107_from) {
  std::vector<catalogue::CatalogueFile> files;
  for (auto& [file, text] : rules::default_rules()) files.push_back({std::move(file), std::move(text)});
  auto import = catalogue::import_catalogue({}, files);
  if (!import.problems.empty()) return Error{ErrorCode::internal, text_of(import.problems.front())};
  for (auto& rules : import.catalogue.rule_sets) {
    if (rules.id.value != "decree-107-2021" || !decree_107_from) continue;
    rules.effective_from = *decree_107_from;
    if (rules.effective_to && *rules.effective_to < rules.effective_from) {
      return Error{ErrorCode::invalid_input, "rules.decree_107_from: is after their last day"};
    }
  }
  return std::move(import.catalogue);
}

}  // namespace

Result<std::shared_ptr<const Catalogue>> CatalogueService::current() const {
  return known_.with([&](auto& known) -> Result<std::shared_ptr<const Catalogue>> {
    if (known) return known;
    const auto text = registry_.catalogue();
    if (!text && text.error().code != ErrorCode::not_found) return text.error();
    SOHOA_TRY(auto catalogue, text ? catalogue::from_json(*text) : default_catalogue(decree_107_from_));
    known = std::make_shared<const Catalogue>(std::move(catalogue));
    return known;
  });
}

Result<CatalogueImported> CatalogueService::import(std::span<const catalogue::CatalogueFile> files) {
  const std::scoped_lock lock(importing_);
  SOHOA_TRY(const auto in_force, current());
  auto import = catalogue::import_catalogue(*in_force, files);
  if (!import.problems.empty()) return CatalogueImported{{}, std::move(import.problems)};
  SOHOA_TRY(auto receipt, registry_.set_catalogue(catalogue::to_json(import.catalogue)));
  known_.with([&](auto& known) { known = std::make_shared<const Catalogue>(std::move(import.catalogue)); });
  return CatalogueImported{std::move(receipt), {}};
}

}  // namespace sohoa::api
