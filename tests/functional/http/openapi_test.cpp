#include "api/http/routes.hpp"
#include "tests/functional/http/description.hpp"
#include "tests/functional/http/server_test.hpp"

namespace sohoa::http {
namespace {

class OpenApiTest : public ServerTest {
 protected:
  /// Asks, and holds the answer against the description of `pattern`.
  void check(const std::string& method, const std::string& pattern, const std::string& target, unsigned status,
             const std::string& fields = "", const std::string& body = "") {
    SCOPED_TRACE(method + " " + target + " " + fields);
    const auto reply = ask(method, target, fields, body);
    EXPECT_EQ(reply.status, status) << reply.body;
    expect_described(description_, method, pattern, reply);
  }

  Description description_;
};

TEST_F(OpenApiTest, DescribesExactlyTheServersRoutes) {
  std::set<std::string> described;
  for (const auto& [path, operations] : description_.root()["paths"].items())
    for (const auto& [method, operation] : operations.items()) described.insert(method + " " + path);
  std::set<std::string> served;
  for (const auto& route : routes()) served.insert(lower_case(route.method) + " " + std::string(route.pattern));
  EXPECT_EQ(described, served);
}

TEST_F(OpenApiTest, HasNoReferenceThatLeadsNowhere) {
  std::size_t count = 0;
  const std::function<void(const Json&)> walk = [&](const Json& node) {
    if (!node.is_structured()) return;
    if (node.is_object() && node.contains("$ref")) {
      ++count;
      EXPECT_NO_THROW((void)description_.resolved(node)) << node.dump();
    }
    for (const auto& child : node) walk(child);
  };
  walk(description_.root());
  EXPECT_GT(count, 50U);
}

TEST_F(OpenApiTest, DescribesWhatTheServerAnswers) {
  const std::string submissions = "/api/v1/submissions";
  const auto pending = service_.add_submission({"a.pdf", "b.pdf"}).value;
  const auto settled = service_.add_submission({"c.pdf"});
  service_.settle(settled);
  const std::string missing(32, '0');
  check("POST", submissions, submissions, 202, std::string(form_type), form_file("a.pdf", "x") + std::string(form_end));
  check("POST", submissions, submissions, 202, "Content-Type: image/jpeg\r\n", "x");
  check("POST", submissions, submissions, 400, std::string(form_type), "x");
  check("POST", submissions, submissions, 411, "Content-Type: image/jpeg\r\n");
  check("POST", submissions, submissions, 415, "Content-Type: text/html\r\n", "x");
  check("POST", submissions, submissions, 417, "Expect: x\r\n", "x");
  check("GET", submissions + "/{id}", submissions + "/" + pending, 200);
  check("GET", submissions + "/{id}", submissions + "/" + settled.value, 200);
  check("GET", submissions + "/{id}", submissions + "/" + service_.add_stack("stack.pdf").value, 200);
  check("GET", submissions + "/{id}", submissions + "/" + missing, 404);
  check("GET", submissions + "/{id}/events", submissions + "/" + settled.value + "/events", 200);
  check("GET", submissions + "/{id}/events", submissions + "/" + settled.value + "/events", 204,
        "Last-Event-ID: end\r\n");
  check("GET", submissions + "/{id}/events", submissions + "/" + missing + "/events", 404);

  const auto document = service_.add_document("a.pdf", "%PDF-1.7").value;
  const std::string documents = "/api/v1/documents/";
  check("GET", documents + "{id}", documents + document, 200);
  check("HEAD", documents + "{id}", documents + document, 200);
  check("GET", documents + "{id}", documents + document, 304, "If-None-Match: *\r\n");
  check("GET", documents + "{id}", documents + document, 412, "If-Match: \"x\"\r\n");
  check("GET", documents + "{id}", documents + missing, 404);
  for (const auto representation : all_representations) {
    const auto form = "/" + std::string(name_of(representation));
    check("GET", documents + "{id}" + form, documents + document + form, 200);
    check("GET", documents + "{id}" + form, documents + document + form, 206, "Range: bytes=1-2\r\n");
    check("GET", documents + "{id}" + form, documents + document + form, 304, "If-None-Match: *\r\n");
    check("GET", documents + "{id}" + form, documents + document + form, 412, "If-Match: \"x\"\r\n");
    check("GET", documents + "{id}" + form, documents + document + form, 416, "Range: bytes=99-\r\n");
    check("GET", documents + "{id}" + form, documents + missing + form, 404);
    check("GET", documents + "{id}" + form, documents + document + form + "?version=1", 200);
    check("GET", documents + "{id}" + form, documents + document + form + "?version=0", 400);
  }
  check("GET", documents + "{id}", documents + document + "?version=1", 200);
  check("GET", documents + "{id}", documents + document + "?version=2", 404);
  const auto archived = office_.add_document("a").value;
  check("GET", documents + "{id}/duplicates", documents + archived + "/duplicates", 200);
  check("GET", documents + "{id}/duplicates", documents + missing + "/duplicates", 404);
  check("GET", documents + "{id}/review", documents + document + "/review", 200);
  check("GET", documents + "{id}/review", documents + missing + "/review", 404);
  const std::string json = "Content-Type: application/json\r\n";
  const auto revisions = documents + document + "/revisions";
  const std::string right = R"({"officer":"cb-01","version":1,"words":[{"page":1,"box":[1,2,3,4],"text":"Quyết"}]})";
  check("POST", documents + "{id}/revisions", revisions, 201, json, right);
  check("POST", documents + "{id}/revisions", revisions, 400, json, R"({"officer":"cb-01","version":1})");
  check("POST", documents + "{id}/revisions", revisions, 409, json, R"({"officer":"cb-01","version":7})");
  check("POST", documents + "{id}/revisions", documents + missing + "/revisions", 404, json, right);
  check("POST", documents + "{id}/revisions", revisions, 415, "", right);
  check("POST", documents + "{id}/revisions", revisions, 411, json);
  check("GET", "/healthz", "/healthz", 200);
  check("GET", "/metrics", "/metrics", 200);
  service_.healthy = false;
  check("GET", "/healthz", "/healthz", 503);
  service_.busy = true;
  check("POST", submissions, submissions, 503, "Content-Type: image/jpeg\r\n", "x");
}

TEST_F(OpenApiTest, DescribesWhatItAnswersAboutDossiers) {
  const std::string json = "Content-Type: application/json\r\n";
  const std::string dossiers = "/api/v1/dossiers";
  const auto one = dossiers + "/" + test::dossier_code(1), two = dossiers + "/" + test::dossier_code(2);
  check("POST", dossiers, dossiers, 201, json, reception(1));
  check("POST", dossiers, dossiers, 201, json,
        "[" + reception(2) + "," + reception(3, R"(,"components":[{"component":"TP2","form":"photocopy"}])") + "]");
  check("POST", dossiers, dossiers, 400, json, "{}");
  check("POST", dossiers, dossiers, 415, "", "{}");
  check("POST", dossiers, dossiers, 411, json);
  check("POST", dossiers, dossiers, 409, json, reception(1, R"(,"due_at":"2026-01-01")"));
  check("GET", dossiers + "/{code}", one, 200);
  check("GET", dossiers + "/{code}", one, 304, "If-None-Match: *\r\n");
  check("GET", dossiers + "/{code}", dossiers + "/none", 404);

  const auto good = office_.add_document("good").value, poor = office_.add_document("poor", 3).value;
  const auto component = dossiers + "/{code}/components/{component}";
  check("PUT", component, one + "/components/TP1", 422, json, filing(poor));
  check("PUT", component, one + "/components/TP1", 200, json, filing(good));
  check("PUT", component, one + "/components/TP1", 409, json, filing(office_.add_document("other").value));
  check("PUT", component, one + "/components/TP9", 404, json, filing(good));
  check("PUT", component, one + "/components/TP1", 400, json, "[]");
  check("GET", dossiers + "/{code}/offers", two + "/offers", 200);
  check("GET", dossiers + "/{code}/offers", dossiers + "/none/offers", 404);
  check("POST", dossiers + "/{code}/results", one + "/results", 201, json,
        filing(good, R"(,"result":"KQ.G07.000122")"));
  check("PUT", dossiers + "/{code}/status", one + "/status", 200, json, R"({"officer":"an","status":"done"})");
  check("PUT", dossiers + "/{code}/status", one + "/status", 400, json, R"({"officer":"an","status":"x"})");
  check("GET", dossiers + "/{code}/portal-payload", one + "/portal-payload?link_base=https://kho.example", 200);
  check("GET", dossiers + "/{code}/portal-payload", one + "/portal-payload?x=1", 400);
  check("POST", dossiers + "/{code}/syncs", one + "/syncs", 201, json, R"({"officer":"an","results":1})");
  check("GET", dossiers + "/{code}", one, 200);
  const auto place = test::dossier_code(1) + "/TP1";
  check("POST", "/api/v1/reuses", "/api/v1/reuses", 201, json,
        R"({"officer":"an","dossier":")" + test::dossier_code(2) + R"(","component":"TP1","paper":")" + place +
            R"(","purpose":"thử"})");
  check("POST", "/api/v1/reuses", "/api/v1/reuses", 400, json, R"({"officer":"an"})");
  check("GET", "/api/v1/papers", "/api/v1/papers?owner=079201000001", 200);
  check("GET", "/api/v1/papers", "/api/v1/papers", 400);
  check("GET", "/api/v1/papers", "/api/v1/papers?owner=1&service=none", 404);
  check("POST", "/api/v1/cancellations", "/api/v1/cancellations", 201, json,
        R"({"officer":"an","paper":")" + place + R"(","reason":"nhầm"})");

  check("GET", "/api/v1/indicators", "/api/v1/indicators?from=2025-11", 200);
  check("GET", "/api/v1/indicators", "/api/v1/indicators?from=2025-01&to=2025-12&unit=H12&by=procedure", 200);
  check("GET", "/api/v1/indicators", "/api/v1/indicators", 400);
  const auto behind = "/api/v1/indicators/{indicator}/dossiers";
  check("GET", behind, "/api/v1/indicators/received/dossiers?from=2025-11&limit=2", 200);
  check("GET", behind, "/api/v1/indicators/nothing/dossiers?from=2025-11", 400);
  check("GET", "/api/v1/work", "/api/v1/work?from=2020-01&to=2030-12", 200);
  check("GET", "/api/v1/work", "/api/v1/work?from=x", 400);

  check("GET", "/api/v1/catalogue", "/api/v1/catalogue", 200);
  check("GET", "/api/v1/catalogue", "/api/v1/catalogue", 412, "If-Match: \"x\"\r\n");
  check("PUT", "/api/v1/catalogue", "/api/v1/catalogue", 200, json, test::small_catalogue_json);
  check("PUT", "/api/v1/catalogue", "/api/v1/catalogue", 422, "Content-Type: text/csv\r\n",
        "unit,name,parent\nX,X,Y\n");
  check("PUT", "/api/v1/catalogue", "/api/v1/catalogue", 415, "Content-Type: text/html\r\n", "x");
  check("PUT", "/api/v1/catalogue", "/api/v1/catalogue", 400, std::string(form_type), "x");
}

TEST_F(OpenApiTest, DescribesTheEventsData) {
  const auto id = service_.add_submission({"a.pdf"});
  service_.page_read(id, 1, 2);
  service_.settle(id);
  const auto stack = ask("GET", "/api/v1/submissions/" + service_.add_stack("stack.pdf").value).body;
  EXPECT_EQ(Json::parse(stack).at("items").at(0).at("stack").at("document_pages"), 3);
  EXPECT_EQ(Json::parse(stack).at("items").at(1).at("stack_part").at("first_page"), 2);
  const auto text = ask("GET", "/api/v1/submissions/" + id.value + "/events").body;
  std::size_t checked = 0;
  for (auto at = text.find("event: "); at != std::string::npos; at = text.find("event: ", at + 1)) {
    const auto name = text.substr(at + 7, text.find('\n', at) - at - 7);
    const auto data = text.find("data: ", at) + 6;
    const auto schema =
        description_.root()["components"]["schemas"][name == "snapshot" ? "Submission" : "ProgressEvent"];
    EXPECT_EQ(description_.fault(schema, Json::parse(text.substr(data, text.find('\n', data) - data)), name), "");
    ++checked;
  }
  EXPECT_EQ(checked, 2U);
}

}  // namespace
}  // namespace sohoa::http
