#include "api/service/dossier_json.hpp"

#include <nlohmann/json.hpp>

namespace sohoa::api {
namespace {

using Json = nlohmann::ordered_json;

std::string text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json value(const std::optional<Date>& date) {
  return date ? Json(iso_date(*date)) : Json();
}

Json value(const EntryReceipt& receipt) {
  return {{"entry", receipt.entry}, {"hash", receipt.entry_hash.hex()}, {"recorded_at", receipt.recorded_at}};
}

Json value(const FiledPaper& paper) {
  const auto& details = paper.details;
  return {{"document", paper.document.value},
          {"code", paper.code.value},
          {"kind", details.kind.value},
          {"owner", details.owner.value},
          {"name", details.name},
          {"number_symbol", details.number_symbol},
          {"issuing_agency", details.issuing_agency},
          {"abstract", details.abstract},
          {"issue_date", value(details.issued)},
          {"valid_until", value(details.valid_until)},
          {"pages", paper.pages},
          {"warnings", paper.warnings}};
}

Json value(const FoundPaper& paper) {
  auto json = value(paper.held.paper);
  json["place"] = text_of(paper.held.place);
  json["receipt"] = value(paper.held.receipt);
  json["valid"] = paper.validity.valid;
  json["valid_until"] = value(paper.validity.until);
  json["reason"] = {{"vi", paper.validity.vietnamese}, {"en", paper.validity.english}};
  return json;
}

Json value(const RuleFinding& finding) {
  constexpr std::string_view severities[] = {"note", "warning", "error"};
  return {{"code", finding.code},   {"severity", severities[static_cast<std::size_t>(finding.severity)]},
          {"pages", finding.pages}, {"vi", finding.vietnamese},
          {"en", finding.english},  {"law", finding.law}};
}

Json value(const std::vector<RuleFinding>& findings) {
  Json all = Json::array();
  for (const auto& finding : findings) all.push_back(value(finding));
  return all;
}

Json value(const std::vector<ComponentOffer>& offers) {
  Json all = Json::array();
  for (const auto& offer : offers) {
    Json papers = Json::array();
    for (const auto& paper : offer.valid) papers.push_back(value(paper));
    all.push_back({{"component", offer.component.value},
                   {"exempt", offer.exempt ? value(*offer.exempt) : Json()},
                   {"held", std::move(papers)}});
  }
  return all;
}

Json value(const DossierComponent& component) {
  Json json{{"component", component.code.value},
            {"kind", component.kind.value},
            {"form", name_of(component.form)},
            {"state", static_cast<int>(component.state)},
            {"state_name", name_of(component.state)}};
  if (component.pages > 0) json["pages"] = component.pages;
  if (component.paper) json["paper"] = value(*component.paper);
  if (component.source) json["source"] = text_of(*component.source);
  if (!component.portal_code.empty()) json["portal_code"] = component.portal_code;
  if (component.entry) json["entry"] = *component.entry;
  return json;
}

}  // namespace

std::string to_json(const Dossier& dossier) {
  const auto& reception = dossier.reception;
  Json components = Json::array();
  for (const auto& component : reception.components) components.push_back(value(component));
  Json results = Json::array();
  for (const auto& result : dossier.results) {
    auto one = value(result.paper);
    one["result"] = result.type.value;
    one["cancelled"] = result.cancelled;
    one["entry"] = result.entry;
    results.push_back(std::move(one));
  }
  Json unplaced = Json::array();
  for (const auto& document : dossier.unplaced) unplaced.push_back(document.value);
  return text({{"dossier", reception.code.value},
               {"procedure", reception.procedure.value},
               {"unit", reception.unit.value},
               {"officer", reception.officer.value},
               {"owner", {{"id", reception.owner.id.value}, {"name", reception.owner.name}}},
               {"channel", name_of(reception.channel)},
               {"status", name_of(reception.status)},
               {"received_at", reception.received_at ? Json(iso8601(*reception.received_at)) : Json()},
               {"due_at", reception.due_at ? Json(iso8601(*reception.due_at)) : Json()},
               {"rule_set", reception.rule_set.value},
               {"components", std::move(components)},
               {"results", std::move(results)},
               {"unplaced", std::move(unplaced)},
               {"history", dossier.history}});
}

std::string to_json(const ReceivedDossier& received, const DossierCode& code) {
  return text({{"dossier", code.value}, {"receipt", value(received.receipt)}, {"offers", value(received.offers)}});
}

std::string to_json(const std::vector<ComponentOffer>& offers) {
  return text({{"offers", value(offers)}});
}

std::string to_json(const FoundPaper& paper) {
  return text(value(paper));
}

std::string to_json(const Filing& filing) {
  return text({{"status", filing.receipt ? "filed" : "refused"},
               {"code", filing.code.value},
               {"receipt", filing.receipt ? value(*filing.receipt) : Json()},
               {"findings", value(filing.findings)}});
}

std::string to_json(const std::vector<RuleFinding>& findings) {
  return text({{"findings", value(findings)}});
}

std::string to_json(const std::vector<catalogue::Problem>& problems) {
  Json all = Json::array();
  for (const auto& one : problems) all.push_back({{"file", one.file}, {"line", one.line}, {"reason", one.reason}});
  return text({{"problems", std::move(all)}});
}

std::string to_json(const DossierPage& page) {
  Json codes = Json::array();
  for (const auto& code : page.dossiers) codes.push_back(code.value);
  return text({{"dossiers", std::move(codes)}, {"next", page.next.empty() ? Json() : Json(page.next)}});
}

std::string to_json(const EntryReceipt& receipt) {
  return text({{"receipt", value(receipt)}});
}

std::string to_json(const IndicatorLine& line) {
  Json counts;
  for (std::size_t i = 0; i < metric_count; ++i)
    counts[std::string(name_of(static_cast<Metric>(i)))] = line.tally.counts[i];
  Json indicators = Json::array();
  for (const auto& one : line.indicators) {
    const auto hundredths = [](const auto& number) { return number ? Json(two_decimals(number)) : Json(); };
    indicators.push_back({{"code", one.code},
                          {"numerator", one.numerator},
                          {"denominator", one.denominator},
                          {"percent", hundredths(one.percent_hundredths)},
                          {"score", hundredths(one.score_hundredths)},
                          {"points", one.points}});
  }
  return text(
      {{"key", line.key}, {"name", line.name}, {"counts", std::move(counts)}, {"indicators", std::move(indicators)}});
}

std::string to_json(const WorkLine& line) {
  return text({{"officer", line.officer.value},
               {"name", line.name},
               {"papers", line.work.papers},
               {"pages", line.work.pages},
               {"errors", line.work.errors},
               {"hours", line.work.hours},
               {"pages_an_hour", static_cast<std::uint64_t>(line.pages_an_hour() + 0.5)}});
}

}  // namespace sohoa::api
