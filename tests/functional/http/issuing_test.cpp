// Issuing and verifying over HTTP: the server in front of everything that is real, page workers too, with keys of a
// demonstration PKI that answers in this process.
#include <gmock/gmock.h>

#include <thread>

#include "api/http/server.hpp"
#include "api/office.hpp"
#include "datasets/pki/pki_server.hpp"
#include "pipeline/base/file.hpp"
#include "pipeline/model/pdf_change_names.hpp"
#include "tests/functional/http/description.hpp"
#include "tests/support/program.hpp"
#include "tests/support/small_office.hpp"

namespace sohoa::http {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

template <typename T>
T made(Result<T> result) {
  if (!result) {
    ADD_FAILURE() << result.error().message;
    std::abort();
  }
  return *std::move(result);
}

const std::string json_type = "Content-Type: application/json\r\n";
const std::string pdf_type = "Content-Type: application/pdf\r\n";
const std::string documents = "/api/v1/documents/";
const std::string dossiers = "/api/v1/dossiers/";

class IssuingOverHttp : public testing::Test {
 protected:
  IssuingOverHttp() {
    pki_server_->serve(*pki_);
    put("root.pem", pki_->root().certificate_pem());
    put("issuing.pem", pki_->issuing().certificate_pem());
    put("password", as_bytes("mau"));
    config_.data = folder_ / "data";
    config_.workers.count = 2;
    config_.person_key = key("person", "Nguyễn Thị Mẫu");
    config_.agency_key = key("agency", "Ủy ban nhân dân xã Mẫu");
    auto& issuing = config_.issuing;
    issuing.level = SignatureLevel::b_lta;
    issuing.anchors = folder_ / "root.pem";
    issuing.issuers = folder_ / "issuing.pem";
    issuing.timestamp_url = pki_server_->url() + "/tsa";
    options_.port = 0;
    options_.work_folder = config_.data / "work";
  }
  ~IssuingOverHttp() override {
    if (!server_) return;
    server_->stop();
    thread_.join();
  }

  /// With config_ and options_ as they are.
  void start() {
    plant_ = made(api::Plant::start(config_));
    office_ = made(api::Office::over(config_, {plant_->archive(), plant_->registry(), plant_->journal()}));
    const api::SigningServices signing{plant_->issuing(), plant_->verification()};
    server_ = made(HttpServer::create(plant_->service(), office_->services(signing), options_));
    thread_ = std::thread([this] { EXPECT_TRUE(server_->run()); });
  }

  /// The answer, which the description of `pattern` has.
  Reply ask(const std::string& method, const std::string& pattern, const std::string& target, unsigned status,
            const std::string& fields = "", const std::string& body = "") {
    if (!server_) start();
    SCOPED_TRACE(method + " " + target + " " + fields);
    auto reply = Client(server_->port()).ask(method, target, fields, body);
    EXPECT_EQ(reply.status, status) << reply.body.substr(0, 1000);
    expect_described(description_, method, pattern, reply);
    return reply;
  }
  Json send(const std::string& method, const std::string& pattern, const std::string& target, unsigned status,
            const std::string& body) {
    return Json::parse(ask(method, pattern, target, status, json_type, body).body);
  }
  Json issue(const std::string& document, unsigned status = 201, const std::string& order = copy) {
    return send("POST", documents + "{id}/issuances", documents + document + "/issuances", status, order);
  }
  Reply issued(const std::string& document, unsigned status = 200, const std::string& query = "",
               const std::string& fields = "") {
    return ask("GET", documents + "{id}/issued", documents + document + "/issued" + query, status, fields);
  }
  Json verify(const std::string& file, unsigned status = 200) {
    return Json::parse(ask("POST", "/api/v1/verify", "/api/v1/verify?name=giay.pdf", status, pdf_type, file).body);
  }
  Json list(const std::string& document) {
    const auto target = documents + document + "/issuances";
    return Json::parse(ask("GET", documents + "{id}/issuances", target, 200).body).at("issuances");
  }

  /// The document of a sample.
  std::string digitized(const std::string& sample = "synthetic-letter.jpg") {
    const auto file = testing_support::read_text(SOHOA_SOURCE_DIR "/datasets/samples/" + sample);
    const std::string submissions = "/api/v1/submissions";
    const auto sent = ask("POST", submissions, submissions + "?name=" + sample, 202,
                          "Content-Type: application/octet-stream\r\n", file);
    const auto target = submissions + "/" + Json::parse(sent.body).at("id").get<std::string>();
    for (int i = 0; i < 1200; ++i) {
      const auto item = Json::parse(ask("GET", submissions + "/{id}", target, 200).body).at("items").at(0);
      if (item.at("state") == "archived") return item.at("document");
      std::this_thread::sleep_for(50ms);
    }
    ADD_FAILURE() << sample << " is not archived";
    return std::string(32, '0');
  }

  api::Config::Key key(const std::string& name, const std::string& holder) {
    const auto identity = made(pki_->issue({.common_name = holder}));
    put(name + ".p12", identity.pkcs12("mau", {pki_->issuing()}));
    api::Config::Key key;
    key.pkcs12 = folder_ / (name + ".p12");
    key.secret_file = folder_ / "password";
    return key;
  }
  void put(const std::string& name, ByteView bytes) { EXPECT_TRUE(write_file(folder_ / name, bytes)); }

  static constexpr const char* copy = R"({"kind":"digitized_copy","by":{"officer":"an"}})";

  testing_support::TemporaryFolder folder_{"sohoa-issuing-http"};
  std::unique_ptr<pki::PkiServer> pki_server_ = made(pki::PkiServer::listen("127.0.0.1", 0));
  std::unique_ptr<pki::DemoPki> pki_ = made(pki::DemoPki::create({.url = pki_server_->url()}));
  api::Config config_;
  HttpOptions options_;
  Description description_;
  std::unique_ptr<api::Plant> plant_;
  std::unique_ptr<api::Office> office_;
  std::unique_ptr<HttpServer> server_;
  std::thread thread_;
};

TEST_F(IssuingOverHttp, GivesAFileThatPassesUntilAByteIsChanged) {
  const auto document = digitized();
  const auto record = issue(document);
  EXPECT_EQ(record.at("level"), "B-LTA");
  EXPECT_EQ(record.at("number"), 1);
  EXPECT_EQ(record.at("by").at("officer"), "an");
  EXPECT_EQ(record.at("signatures").size(), 2U);
  EXPECT_EQ(issue(document), record) << "again: the first record";
  EXPECT_EQ(list(document), Json::array({record}));

  const auto file = issued(document);
  EXPECT_THAT(file.body, StartsWith("%PDF-1.7"));
  EXPECT_EQ(file.header("etag"), "\"" + record.at("pdf").at("sha256").get<std::string>() + "\"");
  EXPECT_THAT(file.header("content-disposition"), HasSubstr(record.at("code").get<std::string>() + ".pdf"));
  EXPECT_EQ(issued(document, 206, "?number=1", "Range: bytes=0-7\r\n").body, "%PDF-1.7");
  issued(document, 304, "", "If-None-Match: " + file.header("etag") + "\r\n");
  issued(document, 412, "", "If-Match: \"x\"\r\n");
  issued(document, 416, "", "Range: bytes=99999999-\r\n");
  issued(document, 404, "?number=2");
  issued(document, 400, "?number=0");

  const auto told = verify(file.body);
  EXPECT_EQ(told.at("indication"), "passed") << told;
  EXPECT_EQ(told.at("file"), "giay.pdf");
  EXPECT_EQ(told.at("sha256"), record.at("pdf").at("sha256"));
  ASSERT_EQ(told.at("signatures").size(), 3U) << "the person, the agency, the archive's timestamp";
  EXPECT_EQ(told.at("signatures")[0].at("signer").at("subject"), "Nguyễn Thị Mẫu");

  auto changed = file.body;
  ASSERT_EQ(changed[5], '1');
  changed[5] = '2';  // %PDF-2.7: of the header alone, so that everything is still found
  const auto refused = verify(changed);
  EXPECT_EQ(refused.at("indication"), "failed");
  for (const auto& signature : refused.at("signatures")) {
    EXPECT_EQ(signature.at("intact"), false);
    EXPECT_EQ(signature.at("findings").at(0).at("problem"), "hash_failure") << signature;
  }
}

TEST_F(IssuingOverHttp, KeepsNothingOfAFileThatIsVerified) {
  const auto document = digitized();
  const auto before = made(plant_->archive().status());
  const auto unsigned_pdf = ask("GET", documents + "{id}/pdf", documents + document + "/pdf", 200).body;
  const auto told = verify(unsigned_pdf);
  EXPECT_EQ(told.at("indication"), "indeterminate");
  EXPECT_TRUE(told.at("signatures").empty());
  verify(unsigned_pdf + " ");
  EXPECT_FALSE(plant_->archive().objects().open(sha256(as_bytes(unsigned_pdf + " "))));
  const auto after = made(plant_->archive().status());
  EXPECT_EQ(after.journal_entries, before.journal_entries);
  EXPECT_TRUE(std::filesystem::is_empty(config_.data / "work"));
}

TEST_F(IssuingOverHttp, VerifiesNothingButPdfs) {
  options_.limits.file_bytes = 1'000'000;
  const std::string at = "/api/v1/verify";
  EXPECT_EQ(verify("no PDF", 400).at("code"), "invalid_input");
  EXPECT_EQ(verify("%PDF-1.7\nnothing follows", 400).at("code"), "invalid_input");
  ask("POST", at, at, 415, "Content-Type: image/jpeg\r\n", "x");
  ask("POST", at, at, 415, "", "x");
  ask("POST", at, at, 411, pdf_type);
  ask("POST", at, at, 400, pdf_type + "Content-Length: 0\r\n");
  ask("POST", at, at + "?colour=red", 400, pdf_type, "x");
  EXPECT_EQ(verify(std::string(1'000'001, 'x'), 413).at("code"), "too_large");
}

TEST_F(IssuingOverHttp, TellsWhatIsWrongWithAnOrder) {
  const auto document = digitized();
  const std::string missing(32, '0');
  EXPECT_EQ(issue(missing, 404).at("code"), "not_found");
  EXPECT_EQ(issue("x", 404).at("code"), "not_found");
  EXPECT_EQ(list(document), Json::array());
  ask("GET", documents + "{id}/issuances", documents + missing + "/issuances", 404);
  issued(document, 404);
  issued(missing, 404);
  struct Row {
    const char* order;
    const char* detail;
  };
  const Row rows[] = {
      {"[]", "kind is missing"},
      {"{", "is not JSON"},
      {R"({"by":{"officer":"an"}})", "kind is missing"},
      {R"({"kind":"original","by":{"officer":"an"}})", "kind is unknown"},
      {R"({"kind":"result","form":"sao_y","by":{"officer":"an"}})", "form is of electronic copies alone"},
      {R"({"kind":"electronic_copy","form":"photocopy","by":{"officer":"an"}})", "form is unknown"},
      {R"({"kind":"result"})", "by is not an object"},
      {R"({"kind":"result","by":{}})", "by: officer is missing"},
      {R"({"kind":"result","by":{"officer":""}})", "by: officer is empty"},
      {R"({"kind":"result","by":{"officer":"an","service":"x"}})", "by: service is not known"},
      {R"({"kind":"result","by":{"officer":"an"},"colour":"red"})", "colour is not known"},
  };
  for (const auto& row : rows) EXPECT_EQ(issue(document, 400, row.order).at("detail"), row.detail) << row.order;
  EXPECT_EQ(issue(document, 400, R"({"kind":"result","by":{"officer":"an"},"name":")" + std::string(201, 'x') + "\"}")
                .at("detail"),
            "name is longer than 200 bytes");
  ask("POST", documents + "{id}/issuances", documents + document + "/issuances", 415, "", copy);
  EXPECT_EQ(list(document), Json::array());
  const auto at = dossiers + "{code}/issuances";
  ask("POST", at, dossiers + "none/issuances", 404, json_type, copy);
  ask("POST", at, dossiers + "none/issuances", 400, json_type, "{}");
}

TEST_F(IssuingOverHttp, SaysThatNoKeyIsSetUp) {
  config_.person_key = config_.agency_key = {};
  const auto refused = issue(digitized(), 400);
  EXPECT_EQ(refused.at("type"), "urn:sohoa:problem:invalid_input");
  EXPECT_THAT(refused.at("detail").get<std::string>(), HasSubstr("no key is set up"));
}

TEST_F(IssuingOverHttp, TellsOfEveryPaperOfADossier) {
  config_.agency_key = {};  // so that results cannot be issued
  config_.issuing.level = SignatureLevel::b_t;
  const auto document = digitized();
  ask("PUT", "/api/v1/catalogue", "/api/v1/catalogue", 200, json_type, test::small_catalogue_json);
  const auto code = test::dossier_code(1);
  send("POST", "/api/v1/dossiers", "/api/v1/dossiers", 201,
       R"({"dossier":")" + code +
           R"(","procedure":"1.001776","unit":"H12.1","officer":"an","owner":{"id":"079201000001","name":"Lê Mẫu"},)" +
           R"("received_at":"2025-11-22","components":[{"component":"TP1","pages":1},{"component":"TP2","pages":1}]})");
  const auto filing = R"({"officer":"an","document":")" + document + "\"";
  const auto filed =
      send("PUT", dossiers + "{code}/components/{component}", dossiers + code + "/components/TP1", 200, filing + "}");
  send("POST", dossiers + "{code}/results", dossiers + code + "/results", 201,
       filing + R"(,"result":"KQ.G07.000122"})");

  const auto outcome = send("POST", dossiers + "{code}/issuances", dossiers + code + "/issuances", 200, copy);
  const auto& papers = outcome.at("issuances");
  ASSERT_EQ(papers.size(), 2U) << outcome;
  EXPECT_EQ(papers[0].at("code"), filed.at("code"));
  EXPECT_EQ(papers[0].at("level"), "B-T");
  EXPECT_EQ(papers[1].at("document"), document);
  EXPECT_EQ(papers[1].at("error").at("code"), "invalid_input");
  EXPECT_THAT(papers[1].at("error").at("message").get<std::string>(), HasSubstr("the agency's key is not set up"));
  EXPECT_EQ(list(document).size(), 1U);
}

TEST_F(IssuingOverHttp, ShowsAPendingTimestampUntilItHasCome) {
  const auto document = digitized();
  pki_server_->set(pki::Service::timestamp, {.away = true});
  const auto pending = issue(document);
  EXPECT_EQ(pending.at("timestamp_pending"), true);
  const auto before = issued(document, 200, "?number=1");
  pki_server_->set(pki::Service::timestamp, {});
  EXPECT_EQ(made(plant_->issuing().complete_pending()), 0U);
  const auto complete = list(document).at(0);
  EXPECT_EQ(complete.at("timestamp_pending"), false);
  EXPECT_EQ(complete.at("level"), "B-LTA");
  EXPECT_EQ(complete.at("code"), pending.at("code"));
  const auto after = issued(document, 200, "?number=1", "If-None-Match: " + before.header("etag") + "\r\n");
  EXPECT_NE(after.header("etag"), before.header("etag"));
  EXPECT_THAT(after.body, StartsWith(before.body));
  EXPECT_EQ(verify(after.body).at("indication"), "passed");
}

TEST_F(IssuingOverHttp, HoldsUpNeitherUploadsNorReadsWhileATimestampIsAwaited) {
  options_.writers = options_.readers = options_.signers = 1;
  config_.issuing.level = SignatureLevel::b_t;
  config_.agency_key = {};  // one signature, one timestamp
  const auto document = digitized();
  pki_server_->set(pki::Service::timestamp, {.delay = 3s});
  std::jthread issuing([&] { issue(document); });
  while (pki_server_->requests(pki::Service::timestamp) == 0) std::this_thread::sleep_for(5ms);
  const auto begun = std::chrono::steady_clock::now();
  const std::string submissions = "/api/v1/submissions";
  ask("POST", submissions, submissions, 202, "Content-Type: application/octet-stream\r\n", "x");
  ask("GET", documents + "{id}", documents + document, 200);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 2s);
}

TEST_F(IssuingOverHttp, IsDescribedWithEveryNameThatMayBeTold) {
  const auto& schemas = description_.root()["components"]["schemas"];
  std::set<std::string> problems, changes;
  for (std::size_t i = 0; i < signature_problem_count; ++i) {
    problems.emplace(name_of(static_cast<SignatureProblem>(i)));
  }
  for (int i = 0; i <= wire::enum_last<PdfChange::Kind>; ++i) changes.emplace(name_of(static_cast<PdfChange::Kind>(i)));
  EXPECT_EQ(schemas["SignatureFinding"]["properties"]["problem"]["enum"].get<std::set<std::string>>(), problems);
  EXPECT_EQ(schemas["PdfChange"]["properties"]["kind"]["enum"].get<std::set<std::string>>(), changes);
}

}  // namespace
}  // namespace sohoa::http
