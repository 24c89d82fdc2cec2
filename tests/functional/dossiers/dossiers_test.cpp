// The way of two dossiers through the command line: catalogue, reception with the look-up first, a scan judged and put
// to a component, found by another dossier, reused, counted, exported.
#include <fstream>

#include "tests/support/small_office.hpp"
#include "tests/support/sohoa_program.hpp"

namespace sohoa {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class DossiersTest : public SohoaProgram {
 protected:
  void SetUp() override {
    write("small.json", test::small_catalogue_json);
    ASSERT_EQ(sohoa({"catalogue", "import", path("small.json")}).exit_code, 0);
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name)) << text;
    return path(name);
  }
  /// The JSON lines of a command that must end well.
  std::vector<json> lines(std::vector<std::string> arguments) {
    arguments.emplace_back("--json");
    const auto ended = sohoa(arguments);
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    std::vector<json> all;
    std::istringstream text(ended.out);
    for (std::string line; std::getline(text, line);) all.push_back(json::parse(line));
    return all;
  }
  json receive(int number, const std::string& components, const std::string& day = "2025-11-22") {
    const auto text =
        R"({"dossier":")" + test::dossier_code(number) +
        R"(","procedure":"1.001776","unit":"H12.1","officer":"an","owner":{"id":"079201000001","name":"Lê Mẫu"},"received_at":")" +
        day + R"(","components":)" + components + "}";
    return lines({"dossier", "receive", write("dossier.json", text)}).at(0);
  }
  std::string scan(int number) {
    return lines({"digitize", sample("synthetic-letter.jpg"), "--dossier", test::dossier_code(number), "--jobs", "1"})
        .at(0)
        .at("document");
  }
  std::vector<std::string> put(int number, const std::string& component, const std::string& document) {
    return {"dossier",  "put",       test::dossier_code(number),
            component,  document,    "--officer",
            "an",       "--number",  "15/GKS",
            "--issued", "2025-10-01"};
  }
};

TEST_F(DossiersTest, GoesFromReceptionToReuseIndicatorsAndExport) {
  const auto first = receive(1, R"([{"component":"TP1","pages":1},{"component":"TP2","form":"photocopy"}])");
  EXPECT_TRUE(first.at("offers")[0].at("held").empty());
  EXPECT_EQ(first.at("offers")[1].at("exempt").at("vi"), "Bản sao chụp không thuộc diện số hóa.");

  const auto document = scan(1);
  EXPECT_EQ(lines({"dossier", "show", test::dossier_code(1)}).at(0).at("unplaced"), json({document}));
  const auto filed = lines(put(1, "TP1", document)).at(0);
  EXPECT_EQ(filed.at("status"), "filed") << filed;
  EXPECT_EQ(filed.at("code"), "079201000001.GKS.15/GKS.01");
  EXPECT_EQ(lines(put(1, "TP1", document)).at(0).at("receipt"), filed.at("receipt")) << "again: the first receipt";

  const auto second = receive(2, R"([{"component":"TP1"},{"component":"TP2"}])");
  const auto& held = second.at("offers")[0].at("held");
  ASSERT_EQ(held.size(), 1U) << "found before anything was scanned";
  EXPECT_EQ(held[0].at("receipt"), filed.at("receipt"));
  EXPECT_TRUE(second.at("offers")[1].at("held").empty());

  const auto found = lines({"lookup", "--owner", "079201000001", "--kind", "GKS", "--service", "hotich"});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].at("valid"), true);
  EXPECT_EQ(found[0].at("document"), document);
  EXPECT_EQ(sohoa({"lookup", "--owner", "079201000001", "--kind", "XNHN", "--service", "hotich"}).exit_code, 1);

  const auto reused = lines({"reuse", "--dossier", test::dossier_code(2), "--component", "TP1", "--paper",
                             test::dossier_code(1) + "/TP1", "--officer", "binh", "--purpose", "Đăng ký kết hôn"});
  EXPECT_GT(reused.at(0).at("receipt").at("entry"), filed.at("receipt").at("entry"));
  EXPECT_EQ(lines({"dossier", "show", test::dossier_code(2)}).at(0).at("components")[0].at("state"), 2);

  const auto report = lines({"indicators", "--from", "2025-01", "--to", "2025-12", "--unit", "H12"}).at(0);
  EXPECT_EQ(report.at("counts").at("received"), 2);
  EXPECT_EQ(report.at("counts").at("with_reuse"), 1);
  for (const auto& one : report.at("indicators")) {
    if (one.at("code") != "REUSED_DIGITIZED_DATA") continue;
    EXPECT_EQ(one.at("percent"), "50.00");
  }
  const auto behind =
      lines({"indicators", "--from", "2025-11", "--dossiers", "REUSED_DIGITIZED_DATA", "--behind", "missing"});
  EXPECT_EQ(behind.at(0).at("dossier"), test::dossier_code(1));

  lines({"export", test::dossier_code(1), "--out", path("portal"), "--officer", "an"});
  const auto payload = json::parse(testing_support::read_text(folder_ / ("portal/" + test::dossier_code(1) + ".json")));
  EXPECT_EQ(payload.at("NgayTiepNhan"), "20251122000000");
  EXPECT_EQ(payload.at("TaiLieuNop")[0].at("DuocSoHoa"), "1");
  EXPECT_TRUE(std::filesystem::exists(folder_ / ("portal/" + document + ".pdf")));
  const auto checked = sohoa({"check"});
  EXPECT_EQ(checked.exit_code, 0) << checked.out;
}

TEST_F(DossiersTest, RefusesAScanThatTheRulesRefuse) {
  receive(1, R"([{"component":"TP1","pages":3},{"component":"TP2","form":"photocopy"}])");
  const auto document = scan(1);
  auto command = put(1, "TP1", document);
  command.emplace_back("--json");
  const auto missing = sohoa(command);
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_EQ(json::parse(missing.out).at("findings")[0].at("code"), "images_missing");
  auto exempt = put(1, "TP2", document);
  EXPECT_EQ(sohoa(exempt).exit_code, 1);
  EXPECT_EQ(lines({"dossier", "show", test::dossier_code(1)}).at(0).at("components")[0].at("state"), 0);
}

TEST_F(DossiersTest, JudgesADossierByTheRulesOfItsDay) {
  const auto form = R"([{"component":"TP1","form":"agency_appraisal","pages":1}])";
  EXPECT_TRUE(receive(1, form, "2025-06-30").at("offers")[0].at("exempt").is_null());
  EXPECT_FALSE(receive(2, form, "2025-07-01").at("offers")[0].at("exempt").is_null());
  EXPECT_EQ(lines({"dossier", "show", test::dossier_code(1)}).at(0).at("rule_set"), "decree-107-2021");
  EXPECT_EQ(lines({"dossier", "show", test::dossier_code(2)}).at(0).at("rule_set"), "decree-118-2025");
}

TEST_F(DossiersTest, TakesTheFirstDayOfDecree107FromTheSettings) {
  std::filesystem::remove_all(folder_ / "data");
  write("sohoa.toml", "[rules]\ndecree_107_from = \"2022-01-15\"\n");
  ASSERT_EQ(sohoa({"catalogue", "import", path("small.json"), "--config", path("sohoa.toml")}).exit_code, 0);
  for (const auto& rules : lines({"catalogue", "show"}).at(0).at("rule_sets")) {
    if (rules.at("rule_set") == "decree-107-2021") {
      EXPECT_EQ(rules.at("effective_from"), "2022-01-15");
    }
  }
}

TEST_F(DossiersTest, DoesNotReuseWhatHasExpiredOrWasCancelled) {
  receive(1, R"([{"component":"TP2","pages":1}])");
  const auto document = scan(1);
  lines(put(1, "TP2", document));
  receive(2, R"([{"component":"TP2"}])");
  const std::vector<std::string> reuse{
      "reuse",     "--dossier", test::dossier_code(2), "--component", "TP2", "--paper", test::dossier_code(1) + "/TP2",
      "--officer", "an",        "--purpose",           "thử"};
  auto late = reuse;
  late.insert(late.end(), {"--on", "2026-04-02"});
  const auto expired = sohoa(late);
  EXPECT_EQ(expired.exit_code, 1);
  EXPECT_THAT(expired.err, HasSubstr("Expired after 2026-04-01"));
  lines({"dossier", "cancel", test::dossier_code(1) + "/TP2", "--officer", "an", "--reason", "nhầm người"});
  auto in_time = reuse;
  in_time.insert(in_time.end(), {"--on", "2026-01-02"});
  EXPECT_THAT(sohoa(in_time).err, HasSubstr("there is none"));
  EXPECT_EQ(lines({"lookup", "--owner", "079201000001", "--on", "2026-01-02"}).at(0).at("valid"), false)
      << "it stays findable";
}

TEST_F(DossiersTest, ImportsNothingOfABadCatalogue) {
  const auto before = sohoa({"catalogue", "show", "--json"}).out;
  const auto bad = sohoa({"catalogue", "import", write("officers.csv", "officer,name,unit\nan,An,H12\nan,An,H99\n")});
  EXPECT_EQ(bad.exit_code, 1);
  EXPECT_THAT(bad.err, HasSubstr("officers.csv:3: officer an: is there twice, first in officers.csv:2"));
  EXPECT_THAT(bad.err, HasSubstr("officers.csv:3: unit H99: is unknown"));
  EXPECT_EQ(sohoa({"catalogue", "show", "--json"}).out, before);
}

TEST_F(DossiersTest, RefusesUnknownCodesAndReceivesNoneOfTheFile) {
  const auto dossier = [](int number, const std::string& unit) {
    return R"({"dossier":")" + test::dossier_code(number) + R"(","procedure":"1.001776","unit":")" + unit +
           R"(","officer":"an","owner":{"id":"079201000001","name":"Lê Mẫu"},"received_at":"2025-11-22"})";
  };
  const auto ended =
      sohoa({"dossier", "receive", write("two.json", "[" + dossier(1, "H12.1") + "," + dossier(2, "H99") + "]")});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.err, HasSubstr("unit H99: is not in the catalogue"));
  EXPECT_EQ(sohoa({"dossier", "show", test::dossier_code(1)}).exit_code, 1);
}

TEST_F(DossiersTest, LetsAServiceSeeAndReuseTheKindsThatItWasGranted) {
  receive(1, R"([{"component":"TP1","pages":1},{"component":"TP2","pages":1}])");
  const auto document = scan(1);
  lines(put(1, "TP1", document));
  lines(put(1, "TP2", document));
  const std::vector<std::string> ask{"lookup", "--owner", "079201000001", "--on", "2026-01-02"};
  EXPECT_EQ(lines(ask).size(), 2U) << "an officer sees all";
  auto as_service = ask;
  as_service.insert(as_service.end(), {"--service", "hotich"});
  const auto seen = lines(as_service);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].at("kind"), "GKS");

  const auto reuse = [](const std::string& service, const std::string& component) {
    return std::vector<std::string>{"reuse",
                                    "--dossier",
                                    "OUT-1",
                                    "--component",
                                    component,
                                    "--paper",
                                    test::dossier_code(1) + "/" + component,
                                    "--service",
                                    service,
                                    "--purpose",
                                    "cấp thẻ",
                                    "--on",
                                    "2026-01-02"};
  };
  const auto first = lines(reuse("hotich", "TP1")).at(0);
  EXPECT_EQ(lines(reuse("hotich", "TP1")).at(0), first) << "again: the first receipt";
  const auto not_granted = sohoa(reuse("hotich", "TP2"));
  EXPECT_EQ(not_granted.exit_code, 1);
  EXPECT_THAT(not_granted.err, HasSubstr("kind XNHN: is not granted to service hotich"));
  EXPECT_THAT(sohoa(reuse("nobody", "TP1")).err, HasSubstr("service nobody: is not in the catalogue"));
  EXPECT_EQ(sohoa({"check"}).exit_code, 0);
}

TEST_F(DossiersTest, MakesADamagedIndexAnew) {
  receive(1, R"([{"component":"TP1","pages":1}])");
  lines(put(1, "TP1", scan(1)));
  const std::vector<std::string> count{"indicators", "--from", "2025-11"};
  const std::vector<std::string> ask{"lookup", "--owner", "079201000001"};
  const auto counted = lines(count), found = lines(ask);
  for (const auto* part : {"CURRENT", "MANIFEST", ".sst"}) {
    SCOPED_TRACE(part);
    int damaged = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder_ / "data/index")) {
      if (file.path().filename().string().find(part) == std::string::npos) continue;
      std::ofstream(file.path(), std::ios::binary) << std::string(file.file_size(), '\xa5');
      ++damaged;
    }
    EXPECT_GE(damaged, 2);
    EXPECT_EQ(lines(count), counted);
    EXPECT_EQ(lines(ask), found);
    EXPECT_EQ(sohoa({"check"}).exit_code, 0);
  }
}

TEST_F(DossiersTest, NamesAnIndexThatDisagreesWithTheJournal) {
  receive(1, R"([{"component":"TP1"}])");
  std::filesystem::remove_all(folder_ / "data/index/statistics");
  EXPECT_EQ(sohoa({"indicators", "--from", "2025-11"}).exit_code, 0) << "made anew";
  EXPECT_EQ(sohoa({"check"}).exit_code, 0);
  const auto status = lines({"status"}).at(0);
  EXPECT_EQ(status.at("dossiers"), 1);
  EXPECT_EQ(status.at("indexes").at("statistics").at("behind"), 0);
}

}  // namespace
}  // namespace sohoa
