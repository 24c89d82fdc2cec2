#pragma once

// A small catalogue and dossiers of it, for tests about registry, rules and indexes. All identifiers are made up.

#include <gtest/gtest.h>

#include <string>

#include "pipeline/catalogue/catalogue_json.hpp"
#include "pipeline/catalogue/import_catalogue.hpp"
#include "pipeline/model/dossier_change.hpp"
#include "pipeline/rules/default_rules.hpp"

namespace sohoa::test {

/// A province with two communes, one of which has an office; procedures with and without a result.
inline const std::string small_catalogue_json = R"({
 "units": [
  {"unit": "H12", "name": "Tỉnh"},
  {"unit": "H12.1", "name": "Xã Một", "parent": "H12"},
  {"unit": "H12.2", "name": "Xã Hai", "parent": "H12"},
  {"unit": "H12.2.1", "name": "Bộ phận Một cửa xã Hai", "parent": "H12.2"}],
 "kinds": [
  {"kind": "GKS", "name": "Giấy khai sinh", "validity_months": "permanent"},
  {"kind": "XNHN", "name": "Giấy xác nhận tình trạng hôn nhân", "validity_months": 6},
  {"kind": "DON", "name": "Đơn đề nghị"}],
 "procedures": [
  {"procedure": "1.001776", "name": "Đăng ký kết hôn", "field": "HT",
   "components": [
    {"component": "TP1", "name": "Giấy khai sinh", "kind": "GKS", "duty": "prior_result"},
    {"component": "TP2", "name": "Giấy xác nhận tình trạng hôn nhân", "kind": "XNHN", "duty": "sector_law"}],
   "results": [{"result": "KQ.G07.000122", "name": "Giấy xác nhận", "kind": "XNHN"}]},
  {"procedure": "2.000815", "name": "Trả lời kiến nghị", "field": "KN",
   "components": [{"component": "TP1", "name": "Đơn", "kind": "DON", "duty": "on_request"}], "results": []}],
 "officers": [
  {"officer": "an", "name": "Nguyễn Văn An", "unit": "H12.1"},
  {"officer": "binh", "name": "Trần Thị Bình", "unit": "H12.2.1"}],
 "services": [{"service": "hotich", "name": "Hộ tịch", "kinds": ["GKS"]}]
})";

inline catalogue::Import import_small_catalogue() {
  std::vector<catalogue::CatalogueFile> files;
  for (auto& [file, text] : rules::default_rules()) files.push_back({file, text});
  files.push_back({"small.json", small_catalogue_json});
  return catalogue::import_catalogue({}, files);
}

inline Catalogue small_catalogue() {
  auto import = import_small_catalogue();
  for (const auto& problem : import.problems) ADD_FAILURE() << text_of(problem);
  return std::move(import.catalogue);
}

inline std::string dossier_code(int number) {
  const auto digits = std::to_string(number);
  return "000.00.01.H12-251122-" + std::string(4 - std::min<std::size_t>(4, digits.size()), '0') + digits;
}

inline WallTime on(const char* iso_day) {
  return start_of(*date_of(std::string_view(iso_day)));
}

/// Of Đăng ký kết hôn, received on 2025-11-22 at H12.1 by officer an.
inline Reception reception(int number, const std::string& owner = "079201000001") {
  Reception reception;
  reception.code = {dossier_code(number)};
  reception.procedure = {"1.001776"};
  reception.unit = {"H12.1"};
  reception.officer = {"an"};
  reception.owner = {{owner}, OwnerKind::person, "Lê Mẫu", {}};
  reception.received_at = on("2025-11-22");
  reception.rule_set = {"decree-118-2025"};
  reception.returns_document = true;
  reception.components = {{{"TP1"}, {"GKS"}, PaperForm::original, 2}, {{"TP2"}, {"XNHN"}, PaperForm::original, 1}};
  return reception;
}

inline Actor officer(const std::string& id = "an") {
  return {Actor::Kind::officer, id};
}

inline FiledPaper paper(const DocumentId& document, const std::string& kind,
                        const std::string& owner = "079201000001") {
  FiledPaper paper;
  paper.document = document;
  paper.code = {owner + "." + kind + ".15.{NN}"};
  paper.details.kind = {kind};
  paper.details.owner = {owner};
  paper.details.number_symbol = "15";
  paper.details.issued = date_of(std::string_view("2025-10-01"));
  paper.pages = 2;
  return paper;
}

}  // namespace sohoa::test
