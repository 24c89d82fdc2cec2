#include "pipeline/catalogue/catalogue_json.hpp"

#include <nlohmann/json.hpp>

#include "pipeline/catalogue/import_catalogue.hpp"
#include "pipeline/catalogue/severity_names.hpp"

namespace sohoa::catalogue {
namespace {

using Json = nlohmann::json;

Json value(const Unit& unit) {
  Json json{{"unit", unit.code.value}, {"name", unit.name}};
  if (unit.parent) json["parent"] = unit.parent->value;
  return json;
}

Json value(const ValidityPeriod& period) {
  return period.months == 0 ? Json("permanent") : Json(static_cast<std::uint32_t>(period.months));
}

Json value(const PaperKind& kind) {
  Json json{{"kind", kind.code.value}, {"name", kind.name}};
  if (kind.validity) json["validity_months"] = value(*kind.validity);
  return json;
}

Json value(const Procedure& procedure) {
  Json components = Json::array();
  for (const auto& one : procedure.components) {
    components.push_back({{"component", one.code.value},
                          {"name", one.name},
                          {"kind", one.kind.value},
                          {"duty", std::string(name_of(one.duty))}});
  }
  Json results = Json::array();
  for (const auto& one : procedure.results) {
    results.push_back({{"result", one.code.value}, {"name", one.name}, {"kind", one.kind.value}});
  }
  return {{"procedure", procedure.code.value},
          {"name", procedure.name},
          {"field", procedure.field},
          {"components", std::move(components)},
          {"results", std::move(results)}};
}

Json value(const Officer& officer) {
  return {{"officer", officer.id.value}, {"name", officer.name}, {"unit", officer.unit.value}};
}

Json value(const ServiceAccount& service) {
  Json kinds = Json::array();
  for (const auto& kind : service.kinds) kinds.push_back(kind.value);
  return {{"service", service.id.value}, {"name", service.name}, {"kinds", std::move(kinds)}};
}

Json value(const Requirement& requirement) {
  return {{"required", requirement.required}, {"severity", std::string(name_of(requirement.severity))}};
}

Json value(const RuleSet& rules) {
  Json exemptions = Json::array();
  for (const auto& one : rules.exemptions) {
    exemptions.push_back(
        {{"form", std::string(name_of(one.form))}, {"vi", one.vietnamese}, {"en", one.english}, {"law", one.law}});
  }
  Json json{{"rule_set", rules.id.value},
            {"title", rules.title},
            {"law", rules.law},
            {"effective_from", iso_date(rules.effective_from)},
            {"dpi",
             {{"minimum", static_cast<std::uint32_t>(rules.minimum_dpi)},
              {"severity", std::string(name_of(rules.dpi_severity))}}},
            {"colour", value(rules.colour)},
            {"images_equal_pages", value(rules.images_equal_pages)},
            {"no_blank_pages", value(rules.no_blank_pages)},
            {"exemptions", std::move(exemptions)},
            {"dossier_codes", rules.dossier_codes},
            {"validity_months", value(rules.default_validity)},
            {"paper_code", rules.paper_code},
            {"result_code", rules.result_code}};
  if (rules.page_order.required) json["page_order"] = value(rules.page_order);
  if (rules.effective_to) json["effective_to"] = iso_date(*rules.effective_to);
  return json;
}

template <typename T>
Json values(const std::vector<T>& all) {
  Json json = Json::array();
  for (const auto& one : all) json.push_back(value(one));
  return json;
}

}  // namespace

std::string to_json(const Catalogue& catalogue) {
  const Json json{{"units", values(catalogue.units)},           {"kinds", values(catalogue.kinds)},
                  {"procedures", values(catalogue.procedures)}, {"officers", values(catalogue.officers)},
                  {"services", values(catalogue.services)},     {"rule_sets", values(catalogue.rule_sets)}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Catalogue> from_json(const std::string& text) {
  const CatalogueFile file{"catalogue.json", text};
  auto import = import_catalogue({}, {&file, 1});
  if (!import.problems.empty()) return Error{ErrorCode::data_loss, text_of(import.problems.front())};
  return std::move(import.catalogue);
}

}  // namespace sohoa::catalogue
