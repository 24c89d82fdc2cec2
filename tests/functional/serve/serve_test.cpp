// The real server over a real archive: a file goes up, is read, and its results come down; kill -9 loses nothing
// accepted.
#include <signal.h>

#include <fstream>
#include <thread>

#include "tests/support/small_office.hpp"
#include "tests/support/sohoa_program.hpp"

namespace sohoa {
namespace {

using testing::HasSubstr;

class ServeTest : public SohoaProgram {
 protected:
  void start() {
    const auto out = folder_ / ("serve-" + std::to_string(++starts_));
    std::ofstream(folder_ / "sohoa.toml") << "[http]\nlog = \"" << (folder_ / "requests").string() << "\"\n";
    server_.emplace(std::vector<std::string>{std::string(SOHOA_BINARY_DIR) + "/sohoa", "serve", "--listen",
                                             "127.0.0.1:0", "--jobs", "2", "--data", (folder_ / "data").string(),
                                             "--config", (folder_ / "sohoa.toml").string()},
                    out);
    for (int i = 0; i < 2000 && base_of(out).empty(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    base_ = base_of(out);
    ASSERT_FALSE(base_.empty()) << "the server does not come up";
  }

  /// "http://127.0.0.1:40123" out of the line that the server prints.
  static std::string base_of(const std::filesystem::path& out) {
    const auto text = testing_support::read_text(out);
    const auto start = text.find("http://");
    const auto end = text.find("/api/v1", start);
    return start == std::string::npos || end == std::string::npos ? "" : text.substr(start, end - start);
  }

  std::string curl(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"curl", "--silent", "--show-error", "--max-time", "60"});
    arguments.back() = base_ + arguments.back();
    return testing_support::run(arguments).out;
  }

  std::string submit(const std::string& path) {
    const auto answer = nlohmann::json::parse(curl({"--form", "file=@" + path, "/api/v1/submissions"}));
    EXPECT_EQ(answer.at("status"), "accepted");
    return answer.at("id");
  }

  /// The submission's first item once it is no longer pending.
  nlohmann::json settled(const std::string& id) {
    for (int i = 0; i < 600; ++i) {
      const auto submission = nlohmann::json::parse(curl({"/api/v1/submissions/" + id}));
      const auto& item = submission.at("items").at(0);
      if (item.at("state") != "pending") return item;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    ADD_FAILURE() << "not settled";
    return {};
  }

  std::optional<testing_support::Running> server_;
  std::string base_;
  int starts_ = 0;
};

TEST_F(ServeTest, ReadsWhatIsSubmittedAndGivesTheResultsBack) {
  start();
  const auto input = shared("vi/scans-signed/575UB-2025.pdf");
  const auto item = settled(submit(input));
  ASSERT_EQ(item.at("state"), "archived");
  const auto document = "/api/v1/documents/" + item.at("document").get<std::string>();
  EXPECT_THAT(curl({document + "/text"}), HasSubstr("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
  EXPECT_EQ(curl({document + "/original"}), testing_support::read_text(input));
  EXPECT_EQ(curl({"--range", "0-7", document + "/pdf"}), "%PDF-1.7");
  EXPECT_EQ(nlohmann::json::parse(curl({document})).at("pages"), 1);
  EXPECT_THAT(curl({"/metrics"}), HasSubstr("sohoa_pages_read_total 1"));
  EXPECT_EQ(nlohmann::json::parse(curl({"/healthz"})).at("status"), "ok");
  const auto log = testing_support::read_text(folder_ / "requests");
  const auto first = nlohmann::json::parse(log.substr(0, log.find('\n')));
  EXPECT_EQ(first.at("method"), "POST");
  EXPECT_EQ(first.at("status"), 202);
  server_->signal(SIGTERM);
  EXPECT_EQ(server_->wait(), 0);
  EXPECT_EQ(sohoa({"check"}).exit_code, 0);
}

TEST_F(ServeTest, ResumesWhatItHadAcceptedWhenItWasKilled) {
  start();
  const auto id = submit(shared("vi/scans-signed/07CT-2018.pdf"));
  server_->signal(SIGKILL);
  server_->wait();
  start();
  const auto item = settled(id);
  EXPECT_EQ(item.at("state"), "archived");
  EXPECT_EQ(item.at("pages"), 4);
  server_->signal(SIGTERM);
  EXPECT_EQ(server_->wait(), 0);
}

TEST_F(ServeTest, LetsOthersReadTheArchiveButNotWriteItMeanwhile) {
  start();
  EXPECT_EQ(sohoa({"status"}).exit_code, 0);
  const auto second = sohoa({"digitize", shared("vi/samples/vietsample1.tif")});
  EXPECT_EQ(second.exit_code, 1);
  EXPECT_THAT(second.err, HasSubstr("in use"));
}

TEST_F(ServeTest, TakesADossierFromReceptionToTheIndicators) {
  start();
  const auto send = [&](const std::string& method, const std::string& target, const std::string& body) {
    return nlohmann::json::parse(
        curl({"--request", method, "--header", "Content-Type: application/json", "--data-raw", body, target}));
  };
  EXPECT_TRUE(send("PUT", "/api/v1/catalogue", test::small_catalogue_json).contains("receipt"));
  const auto code = test::dossier_code(1);
  const auto received = send(
      "POST", "/api/v1/dossiers",
      R"({"dossier":")" + code +
          R"(","procedure":"1.001776","unit":"H12.1","officer":"an","owner":{"id":"079201000001","name":"Lê Mẫu"},"received_at":"2025-11-22","components":[{"component":"TP1","pages":1}]})");
  EXPECT_EQ(received.at("dossiers").at(0).at("dossier"), code);
  const auto item = settled(submit(sample("synthetic-letter.jpg")));
  const auto filed = send("PUT", "/api/v1/dossiers/" + code + "/components/TP1",
                          R"({"officer":"an","document":")" + item.at("document").get<std::string>() + R"("})");
  EXPECT_EQ(filed.value("status", ""), "filed") << filed;
  const auto counts = nlohmann::json::parse(curl({"/api/v1/indicators?from=2025-11"})).at("lines").at(0).at("counts");
  EXPECT_EQ(counts.at("components_digitized"), 1);
  const auto beside = sohoa({"indicators", "--from", "2025-11", "--json"});
  EXPECT_EQ(nlohmann::json::parse(beside.out).at("counts"), counts) << "read beside the server";
  server_->signal(SIGTERM);
  EXPECT_EQ(server_->wait(), 0);
  EXPECT_EQ(sohoa({"check"}).exit_code, 0);
}

}  // namespace
}  // namespace sohoa
