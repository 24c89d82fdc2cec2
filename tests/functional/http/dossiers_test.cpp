// Dossiers over HTTP, in front of a real registry and real indexes with their threads.
#include "tests/functional/http/server_test.hpp"

namespace sohoa::http {
namespace {

class DossiersOverHttp : public ServerTest {
 protected:
  Json send(const std::string& method, const std::string& target, const std::string& body, unsigned status) {
    const auto reply = ask(method, target, "Content-Type: application/json\r\n", body);
    EXPECT_EQ(reply.status, status) << reply.body;
    return Json::parse(reply.body);
  }
  Json get(const std::string& target, unsigned status = 200) {
    const auto reply = ask("GET", target);
    EXPECT_EQ(reply.status, status) << reply.body;
    return Json::parse(reply.body);
  }
  Json receive(int number) { return send("POST", "/api/v1/dossiers", reception(number), 201).at("dossiers").at(0); }
  Json put(int number, const std::string& component, const DocumentId& document, unsigned status = 200) {
    return send("PUT", "/api/v1/dossiers/" + test::dossier_code(number) + "/components/" + component,
                filing(document.value), status);
  }
  Json count() { return get("/api/v1/indicators?from=2025-11").at("lines").at(0).at("counts"); }
};

TEST_F(DossiersOverHttp, ShowEveryChangeInTheNumbersAskedForNext) {
  for (int number = 1; number <= 30; ++number) {
    receive(number);
    ASSERT_EQ(count().at("received"), number);
    put(number, "TP1", office_.add_document("scan" + std::to_string(number)));
    ASSERT_EQ(count().at("components_digitized"), number);
  }
}

TEST_F(DossiersOverHttp, GoFromReceptionToReuse) {
  receive(1);
  const auto document = office_.add_document("scan", 1, R"({"issuing_agency":{"value":"UBND xã Một"}})");
  const auto filed = put(1, "TP1", document);
  EXPECT_EQ(filed.at("code"), "079201000001.GKS.15/GKS.01");
  EXPECT_EQ(put(1, "TP1", document), filed) << "again: the first receipt";

  const auto second = receive(2);
  EXPECT_EQ(second.at("offers")[0].at("held")[0].at("receipt"), filed.at("receipt"));
  EXPECT_EQ(second.at("offers")[0].at("held")[0].at("issuing_agency"), "UBND xã Một");
  const auto place = test::dossier_code(1) + "/TP1";
  const auto found = get("/api/v1/papers?owner=079201000001&kind=GKS&service=hotich").at("papers");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].at("place"), place);
  EXPECT_EQ(found[0].at("valid"), true);
  EXPECT_EQ(get("/api/v1/papers?owner=079201000001&kind=XNHN&service=hotich", 404).at("code"), "not_found")
      << "a service sees the kinds that it was granted";

  const auto reuse = R"({"officer":"an","dossier":")" + test::dossier_code(2) + R"(","component":"TP1","paper":")" +
                     place + R"(","purpose":"Đăng ký kết hôn"})";
  const auto receipt = send("POST", "/api/v1/reuses", reuse, 201);
  EXPECT_EQ(send("POST", "/api/v1/reuses", reuse, 201), receipt) << "again: the first receipt";
  const auto dossier = get("/api/v1/dossiers/" + test::dossier_code(2));
  EXPECT_EQ(dossier.at("components")[0].at("state"), 2);
  EXPECT_EQ(dossier.at("components")[0].at("entry"), receipt.at("receipt").at("entry"));
  EXPECT_EQ(count().at("with_reuse"), 1);

  send("POST", "/api/v1/cancellations", R"({"officer":"an","paper":")" + place + R"(","reason":"nhầm người"})", 201);
  const auto after = get("/api/v1/papers?owner=079201000001").at("papers");
  ASSERT_EQ(after.size(), 1U) << "it stays findable";
  EXPECT_EQ(after[0].at("valid"), false);
}

TEST_F(DossiersOverHttp, TellWhyTheRulesRefuseADocument) {
  receive(1);
  const auto refused = put(1, "TP1", office_.add_document("three pages", 3), 422);
  EXPECT_EQ(refused.at("code"), "unprocessable");
  const auto& finding = refused.at("findings").at(0);
  EXPECT_EQ(finding.at("code"), "images_surplus");
  EXPECT_EQ(finding.at("severity"), "error");
  EXPECT_FALSE(finding.at("vi").get<std::string>().empty());
  EXPECT_FALSE(finding.at("en").get<std::string>().empty());
  EXPECT_EQ(get("/api/v1/dossiers/" + test::dossier_code(1)).at("components")[0].at("state"), 0);
}

/// Two pages of which the second is printed "- 5 -"; fields with and without doubt.
constexpr const char* doubtful_document = R"({"pages":[
 {"number":1,"text_source":"recognized","quality":{"dpi":300,"dpi_estimated":false,"colour":"colour","blank":false},
  "blocks":[{"role":"body","box":[0,0,9,9],"lines":[{"text":"7","box":[0,0,9,9],"words":[{"text":"7"}]}]}],"text":"7"},
 {"number":2,"text_source":"recognized","quality":{"dpi":300,"dpi_estimated":false,"colour":"colour","blank":false},
  "blocks":[{"role":"page_number","box":[0,0,9,9],"lines":[{"text":"- 5 -","box":[0,0,9,9],"words":[]}]}],"text":""}],
 "fields":{"number_symbol":{"value":"15/GKS","review":"no check"},"issuing_agency":{"value":"UBND xã Một"},
  "issue_date":{"value":"2025-10-01"},"validity":{"value":"P6M"},"abstract":{"value":"x","review":"low confidence"},
  "personal_identifiers":[{"value":"079201000001"},{"value":"079201000002","review":"handwritten"}]}})";

TEST_F(DossiersOverHttp, TakeFieldsThatAreSureAndKeepTheCodesOfWarnings) {
  send("POST", "/api/v1/dossiers", reception(1, R"(,"components":[{"component":"TP1","pages":2}])"), 201);
  const auto document = office_.add_document_of(doubtful_document, "doubtful").value;
  const auto filed =
      send("PUT", "/api/v1/dossiers/" + test::dossier_code(1) + "/components/TP1",
           R"({"officer":"an","document":")" + document + R"(","fields":{"abstract":"Giấy khai sinh"}})", 200);
  EXPECT_EQ(filed.at("findings").size(), 2U) << filed;
  const auto paper = get("/api/v1/dossiers/" + test::dossier_code(1)).at("components")[0].at("paper");
  EXPECT_EQ(paper.at("number_symbol"), "") << "waits for review";
  EXPECT_EQ(paper.at("issuing_agency"), "UBND xã Một");
  EXPECT_EQ(paper.at("abstract"), "Giấy khai sinh") << "typed in, so no doubt is left";
  EXPECT_EQ(paper.at("valid_until"), "2026-04-01");
  EXPECT_EQ(paper.at("warnings"), Json({"pages_missing", "fields_unsure"}));
  EXPECT_EQ(filed.at("findings")[1].at("en"), "Read with doubt and not taken: number_symbol; review it or type it in.");
  const auto month = iso_month(month_of(date_of(now())));
  EXPECT_EQ(get("/api/v1/work?from=" + month).at("officers")[0].at("errors"), 2);
}

TEST_F(DossiersOverHttp, AreReceivedAllOrNone) {
  auto bad = reception(2);
  bad.replace(bad.find("H12.1\""), 5, "H99");
  const auto refused = send("POST", "/api/v1/dossiers", "[" + reception(1) + "," + bad + "]", 400);
  EXPECT_EQ(refused.at("detail"), "unit H99: is not in the catalogue");
  get("/api/v1/dossiers/" + test::dossier_code(1), 404);
}

TEST_F(DossiersOverHttp, ListTheDossiersBehindANumberPageByPage) {
  for (int number = 1; number <= 7; ++number) receive(number);
  std::vector<std::string> listed;
  std::string after;
  do {
    const auto page = get("/api/v1/indicators/SO_HOA_GIAY_TO_GIAI_QUYET/dossiers?from=2025-11&behind=missing&limit=3" +
                          (after.empty() ? after : "&after=" + after));
    for (const auto& code : page.at("dossiers")) listed.push_back(code);
    after = page.at("next").is_null() ? "" : page.at("next").get<std::string>();
  } while (!after.empty());
  ASSERT_EQ(listed.size(), 7U);
  for (int number = 1; number <= 7; ++number) {
    EXPECT_EQ(listed[static_cast<std::size_t>(number - 1)], test::dossier_code(number));
  }
  expect_problem(ask("GET", "/api/v1/indicators/received/dossiers?from=2025-11&after=zz"), 400, "invalid_input");
}

TEST_F(DossiersOverHttp, TakeACatalogueWholeOrNotAtAll) {
  const auto before = get("/api/v1/catalogue");
  const auto body = form_file("units.csv", "unit,name,parent\nH12,Tỉnh,\nH12.1,Xã,H12\n") +
                    form_file("officers.csv", "officer,name,unit\nan,An,H12\nan,An,H99\n") + std::string(form_end);
  const auto reply = ask("PUT", "/api/v1/catalogue", std::string(form_type), body);
  expect_problem(reply, 422, "unprocessable");
  const auto problems = Json::parse(reply.body).at("problems");
  ASSERT_EQ(problems.size(), 2U) << problems;
  EXPECT_EQ(problems[0].at("file"), "officers.csv");
  EXPECT_EQ(problems[0].at("line"), 3);
  EXPECT_EQ(get("/api/v1/catalogue"), before);
  EXPECT_EQ(ask("PUT", "/api/v1/catalogue", "Content-Type: text/csv\r\n", "officer,name,unit\nchi,Chi,H12\n").status,
            200U);
  EXPECT_EQ(get("/api/v1/catalogue").at("officers").at(0).at("officer"), "chi");
}

TEST_F(DossiersOverHttp, LoseNoCatalogueThatComesAtTheSameTime) {
  auto& catalogue = office_.services().catalogue;
  const auto import = [&](const std::string& table, int number) {
    const auto id = std::to_string(number);
    const catalogue::CatalogueFile file{
        "x.csv", table == "kind" ? "kind,name,validity_months\nGKS,G,\nXNHN,X,\nDON,D,\nK" + id + ",K,\n"
                                 : "officer,name,unit\nan,An,H12.1\nbinh,Bình,H12.2.1\nO" + id + ",O,H12\n"};
    const auto imported = test::must(catalogue.import({&file, 1}));
    for (const auto& problem : imported.problems) ADD_FAILURE() << text_of(problem);
  };
  {
    std::jthread kinds([&] {
      for (int i = 0; i < 30; ++i) import("kind", i);
    });
    std::jthread officers([&] {
      for (int i = 0; i < 30; ++i) import("officer", i);
    });
  }
  const auto now = test::must(catalogue.current());
  EXPECT_NE(now->kind({"K29"}), nullptr);
  EXPECT_NE(now->officer({"O29"}), nullptr);
}

/// The rules in force until the end of 2025, and stricter ones from then on.
std::string stricter_rules() {
  Json all;
  for (const auto& [file, text] : rules::default_rules()) {
    auto sets = Json::parse(text).at("rule_sets");
    if (sets.at(0).at("rule_set") != "decree-118-2025") continue;
    auto old = sets.at(0), next = sets.at(0);
    old["effective_to"] = "2025-12-31";
    next["rule_set"] = "stricter-2026";
    next["effective_from"] = "2026-01-01";
    next["dpi"]["minimum"] = 400;
    all["rule_sets"] = {old, next};
  }
  return all.dump();
}

TEST_F(DossiersOverHttp, AreJudgedByTheRulesOfTheirDay) {
  receive(1);
  send("PUT", "/api/v1/catalogue", stricter_rules(), 200);
  auto later = reception(2);
  later.replace(later.find("2025-11-22\","), 10, "2026-01-01");
  send("POST", "/api/v1/dossiers", later, 201);
  const auto document = office_.add_document("300 dpi");
  EXPECT_EQ(put(1, "TP1", document).at("status"), "filed") << "received before, judged after";
  const auto refused = put(2, "TP1", document, 422);
  EXPECT_EQ(refused.at("findings").at(0).at("code"), "dpi_too_low");
  EXPECT_EQ(get("/api/v1/dossiers/" + test::dossier_code(1)).at("rule_set"), "decree-118-2025");
  EXPECT_EQ(get("/api/v1/dossiers/" + test::dossier_code(2)).at("rule_set"), "stricter-2026");
}

TEST_F(DossiersOverHttp, KeepTheRulesThatWereInForce) {
  auto changed = Json::parse(stricter_rules());
  changed.at("rule_sets").at(0)["dpi"]["minimum"] = 150;
  const auto refused = send("PUT", "/api/v1/catalogue", changed.dump(), 422);
  EXPECT_FALSE(refused.at("problems").empty());
  auto overlapping = Json::parse(stricter_rules());
  overlapping.at("rule_sets").at(1)["effective_from"] = "2025-12-01";
  send("PUT", "/api/v1/catalogue", overlapping.dump(), 422);
}

TEST_F(DossiersOverHttp, CountAnOfficersWork) {
  receive(1);
  put(1, "TP1", office_.add_document("scan"));
  const auto month = iso_month(month_of(date_of(now())));
  const auto work = get("/api/v1/work?from=" + month).at("officers");
  ASSERT_EQ(work.size(), 1U);
  EXPECT_EQ(work[0].at("officer"), "an");
  EXPECT_EQ(work[0].at("papers"), 1);
  EXPECT_EQ(work[0].at("hours"), 1);
}

TEST_F(DossiersOverHttp, RefuseParametersAndMembersThatNobodyKnows) {
  expect_problem(ask("GET", "/api/v1/papers?owner=1&color=red"), 400, "invalid_input");
  expect_problem(ask("GET", "/api/v1/papers?owner=1&owner=2"), 400, "invalid_input");
  expect_problem(ask("GET", "/api/v1/indicators?from=2025-13"), 400, "invalid_input");
  EXPECT_EQ(send("POST", "/api/v1/dossiers", reception(1, R"(,"colour":"red")"), 400).at("detail"),
            "dossier " + test::dossier_code(1) + ": colour is not known");
}

TEST_F(DossiersOverHttp, RefuseABodyThatIsTooLarge) {
  options_.limits.json_bytes = 1000;
  expect_problem(ask("POST", "/api/v1/dossiers", "Content-Type: application/json\r\n", std::string(2000, ' ')), 413,
                 "too_large");
  expect_problem(ask("PUT", "/api/v1/catalogue", "Content-Type: text/csv\r\n", std::string(2000, ' ')), 413,
                 "too_large");
}

}  // namespace
}  // namespace sohoa::http
