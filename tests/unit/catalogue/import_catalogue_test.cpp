#include "pipeline/catalogue/import_catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/small_office.hpp"

namespace sohoa::catalogue {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ImportTest : public ::testing::Test {
 protected:
  Import import(const std::string& name, const std::string& text) {
    return import_catalogue(in_force_, {{{name, text}}});
  }
  std::vector<std::string> problems(const std::string& name, const std::string& text) {
    std::vector<std::string> texts;
    const auto result = import(name, text);
    for (const auto& problem : result.problems) texts.push_back(text_of(problem));
    EXPECT_TRUE(texts.empty() || result.catalogue == Catalogue{}) << "a part was imported";
    return texts;
  }
  static Import import_catalogue(const Catalogue& in_force, const std::vector<CatalogueFile>& files) {
    return catalogue::import_catalogue(in_force, files);
  }

  Catalogue in_force_ = test::small_catalogue();
};

TEST_F(ImportTest, TakesAJsonFile) {
  EXPECT_EQ(in_force_.units.size(), 4U);
  const auto* procedure = in_force_.procedure({"1.001776"});
  ASSERT_NE(procedure, nullptr);
  EXPECT_EQ(procedure->components.size(), 2U);
  EXPECT_EQ(procedure->components[1].duty, DigitizationDuty::sector_law);
  EXPECT_EQ(in_force_.kind({"GKS"})->validity, ValidityPeriod{0});
  EXPECT_EQ(in_force_.kind({"DON"})->validity, std::nullopt);
  EXPECT_EQ(in_force_.chain_of({"H12.2.1"}), (std::vector<UnitCode>{{"H12.2.1"}, {"H12.2"}, {"H12"}}));
  EXPECT_EQ(in_force_.subtree_of({"H12.2"}), (std::vector<UnitCode>{{"H12.2"}, {"H12.2.1"}}));
}

TEST_F(ImportTest, CsvAndJsonSayTheSame) {
  const std::vector<CatalogueFile> files{
      {"units.csv",
       "name,unit,parent\nTỉnh,H12,\nXã Một,H12.1,H12\nXã Hai,H12.2,H12\n\"Bộ phận Một cửa xã Hai\",H12.2.1,H12.2\n"},
      {"kinds.csv",
       "kind,name,validity_months\nGKS,Giấy khai sinh,permanent\nXNHN,Giấy xác nhận tình trạng hôn nhân,6\nDON,Đơn đề "
       "nghị,\n"},
      {"procedures.csv", "procedure,name,field\r\n1.001776,Đăng ký kết hôn,HT\r\n2.000815,Trả lời kiến nghị,KN\r\n"},
      {"components.csv",
       "procedure,component,name,kind,duty\n1.001776,TP1,Giấy khai sinh,GKS,prior_result\n1.001776,TP2,Giấy xác nhận "
       "tình "
       "trạng hôn nhân,XNHN,sector_law\n2.000815,TP1,Đơn,DON,on_request\n"},
      {"results.csv", "procedure,result,name,kind\n1.001776,KQ.G07.000122,Giấy xác nhận,XNHN\n"},
      {"officers.csv", "officer,name,unit\nan,Nguyễn Văn An,H12.1\nbinh,Trần Thị Bình,H12.2.1\n"},
      {"services.csv", "service,name,kinds\nhotich,Hộ tịch,GKS\n"}};
  Catalogue rules_only;
  rules_only.rule_sets = in_force_.rule_sets;
  const auto result = import_catalogue(rules_only, files);
  for (const auto& problem : result.problems) ADD_FAILURE() << text_of(problem);
  EXPECT_EQ(result.catalogue, in_force_);
}

TEST_F(ImportTest, ComesBackFromItsCanonicalForm) {
  const auto again = from_json(to_json(in_force_));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(*again, in_force_);
  EXPECT_EQ(to_json(*again), to_json(in_force_));
}

TEST_F(ImportTest, ReplacesATableAndKeepsTheOthers) {
  const auto result = import("officers.csv", "officer,name,unit\nchi,Phạm Chi,H12\n");
  ASSERT_THAT(result.problems, IsEmpty());
  EXPECT_EQ(result.catalogue.officers.size(), 1U);
  EXPECT_EQ(result.catalogue.procedures, in_force_.procedures);
}

TEST_F(ImportTest, BringsNamesToNfc) {
  const auto result = import("officers.csv", "officer,name,unit\nan,Nguye\xCC\x82\xCC\x83n,H12\n");
  ASSERT_THAT(result.problems, IsEmpty());
  EXPECT_EQ(result.catalogue.officers[0].name, "Nguyễn");
}

TEST_F(ImportTest, FindsWhatARemovedUnitLeavesBehind) {
  EXPECT_THAT(problems("units.csv", "unit,name,parent\nH12,Tỉnh,\nH12.1,Xã Một,H12\n"),
              ElementsAre("the catalogue in force: unit H12.2.1: is unknown"));
}

struct Bad {
  const char* name;
  const char* file;
  std::string text;
  std::string problem;
};
class BadCatalogueTest : public ImportTest, public ::testing::WithParamInterface<Bad> {};

TEST_P(BadCatalogueTest, IsRefusedWholeWithItsLine) {
  EXPECT_THAT(problems(GetParam().file, GetParam().text), ElementsAre(GetParam().problem));
}

const std::string units = "unit,name,parent\nH12,Tỉnh,\nH12.1,Xã,H12\nH12.2,Xã,H12\nH12.2.1,Bộ phận,H12.2\n";

std::string rules_from(const std::string& id, const std::string& dates, const std::string& rest = "") {
  return "{\"rule_sets\": [\n {\"rule_set\": \"" + id + "\", \"title\": \"t\", \"law\": \"l\", " + dates +
         R"(, "dpi": {"minimum": 300, "severity": "error"}, "colour": {"required": true, "severity": "error"},
 "images_equal_pages": {"required": true, "severity": "error"}, "no_blank_pages": {"required": true, "severity": "warning"},
 "dossier_codes": [".*"], "validity_months": 6, "paper_code": "{NN}", "result_code": "{dossier}{n}", "exemptions": [)" +
         rest + "]}]}";
}

INSTANTIATE_TEST_SUITE_P(
    Files, BadCatalogueTest,
    ::testing::Values(
        Bad{"UnknownParent", "u.csv", units + "H12.3,Xã,H13\n", "u.csv:6: parent unit H13: is unknown"},
        Bad{"UnitTwice", "u.csv", units + "H12.1,Xã,H12\n", "u.csv:6: unit H12.1: is there twice, first in u.csv:3"},
        Bad{"Cycle", "u.csv", "unit,name,parent\nH12,Tỉnh,H12.2.1\nH12.1,Xã,H12\nH12.2,Xã,H12\nH12.2.1,Bộ phận,H12.2\n",
            "u.csv:2: unit H12: is above itself: H12 -> H12.2.1 -> H12.2 -> H12"},
        Bad{"OwnParent", "u.csv", units + "H13,Xã,H13\n", "u.csv:6: unit H13: is above itself: H13 -> H13"},
        Bad{"BadUnitCode", "u.csv", units + "h13,Xã,H12\n",
            "u.csv:6: unit h13: is not at most 35 of A-Z, 0-9 and '.' between groups"},
        Bad{"LongUnitCode", "u.csv", units + std::string(36, 'A') + ",Xã,H12\n",
            "u.csv:6: unit " + std::string(36, 'A') + ": is not at most 35 of A-Z, 0-9 and '.' between groups"},
        Bad{"NoName", "u.csv", units + "H13,,H12\n", "u.csv:6: name: is missing"},
        Bad{"FieldMissing", "u.csv", units + "H13,Xã\n", "u.csv:6: has 2 fields instead of 3"},
        Bad{"NotUtf8", "u.csv", units + "H13,X\xE3,H12\n", "u.csv:6: name: is not well-formed UTF-8 text"},
        Bad{"OpenQuote", "u.csv", units + "H13,\"Xã,H12\n", "u.csv:6: quote is never closed"},
        Bad{"NoTable", "u.csv", "unit,nom\n", "u.csv:1: has not the columns of any table"},
        Bad{"EmptyFile", "u.csv", "", "u.csv:1: has not the columns of any table"},
        Bad{"OfficerOfNoUnit", "o.csv", "officer,name,unit\nan,An,H99\n", "o.csv:2: unit H99: is unknown"},
        Bad{"BadProcedureCode", "p.json", "{\"procedures\": [\n{\"procedure\": \"1.17\", \"name\": \"x\"}]}",
            "p.json:2: procedure 1.17: does not begin with N.NNNNNN"},
        Bad{"UnknownKind", "p.json",
            "{\"procedures\": [\n\n{\"procedure\": \"1.000001\", \"name\": \"x\", \"results\": [{\"result\": \"R\", "
            "\"name\": \"r\", \"kind\": \"NO\"}]}]}",
            "p.json:3: kind NO: is unknown"},
        Bad{"UnknownDuty", "c.csv", "procedure,component,name,kind,duty\n1.001776,A,a,GKS,often\n",
            "c.csv:2: duty: is unknown"},
        Bad{"ComponentOfNoProcedure", "c.csv", "procedure,component,name,kind,duty\n9.000001,A,a,GKS,result\n",
            "c.csv:2: procedure 9.000001: is unknown"},
        Bad{"GrantOfNoKind", "s.csv", "service,name,kinds\ns,S,GKS NO\n", "s.csv:2: kind NO: is unknown"},
        Bad{"UnknownMember", "o.json",
            "{\"officers\": [\n{\"officer\": \"an\", \"name\": \"An\", \"unit\": \"H12\", \"age\": 3}]}",
            "o.json:2: age: is no member of this table"},
        Bad{"UnknownTable", "o.json", "{\"people\": []}", "o.json:1: people: is no table"},
        Bad{"NotJson", "o.json", "{\"officers\": [\n{]}", "o.json:2: is not JSON"},
        Bad{"BadDate", "r.json", rules_from("new", "\"effective_from\": \"2026-02-30\""),
            "r.json:2: effective_from: is not a date like 2025-07-01"},
        Bad{"EndsBeforeItBegins", "r.json",
            rules_from("old", "\"effective_from\": \"2020-02-01\", \"effective_to\": \"2020-01-01\""),
            "r.json:2: rule set old: ends before it begins"},
        Bad{"OverlappingRules", "r.json", rules_from("new", "\"effective_from\": \"2026-01-01\""),
            "r.json:2: rule set new: holds from 2026-01-01, when rule set decree-118-2025 (the catalogue in force) "
            "still does"},
        Bad{"ChangedRules", "r.json", rules_from("decree-118-2025", "\"effective_from\": \"2025-07-01\""),
            "r.json:2: rule set decree-118-2025: is in force with other rules; dossiers keep them, so give the new "
            "ones an id"},
        Bad{"ContradictoryRules", "r.json",
            rules_from(
                "old", "\"effective_from\": \"2020-01-01\", \"effective_to\": \"2020-12-31\"",
                R"({"form": "photocopy", "vi": "a", "en": "a", "law": "l"}, {"form": "photocopy", "vi": "b", "en": "b", "law": "l"})"),
            "r.json:2: rule set old: contradicts itself: exempts photocopy twice"},
        Bad{"ExemptsOriginals", "r.json",
            rules_from("old", "\"effective_from\": \"2020-01-01\", \"effective_to\": \"2020-12-31\"",
                       R"({"form": "original", "vi": "a", "en": "a", "law": "l"})"),
            "r.json:2: rule set old: contradicts itself: exempts originals"}),
    [](const auto& one) { return one.param.name; });

TEST_F(ImportTest, GivesARuleSetItsLastDayAndTheNextOneFollows) {
  auto ended = in_force_;
  for (auto& rules : ended.rule_sets) {
    if (rules.id.value == "decree-118-2025") rules.effective_to = date_of(std::string_view("2025-12-31"));
  }
  const auto first = import("all.json", to_json(ended));
  ASSERT_THAT(first.problems, IsEmpty());
  in_force_ = first.catalogue;
  const auto second = import("r.json", rules_from("new", "\"effective_from\": \"2026-01-01\""));
  ASSERT_THAT(second.problems, IsEmpty());
  EXPECT_EQ(second.catalogue.rules_on(*date_of(std::string_view("2025-12-31")))->id.value, "decree-118-2025");
  EXPECT_EQ(second.catalogue.rules_on(*date_of(std::string_view("2026-01-01")))->id.value, "new");
  EXPECT_EQ(second.catalogue.rules_on(*date_of(std::string_view("2019-01-01"))), nullptr);
}

TEST_F(ImportTest, NamesEveryProblemAtOnce) {
  EXPECT_EQ(problems("u.csv", units + "h13,,H12\nH14,Xã\n").size(), 3U);
}

}  // namespace
}  // namespace sohoa::catalogue
