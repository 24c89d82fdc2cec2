#pragma once

#include <algorithm>

#include "tests/functional/issuing/signing_office.hpp"
#include "tests/support/small_office.hpp"

namespace sohoa::test {

/// A file that `sohoa issue` wrote.
struct IssuedFile {
  std::string level, keys;  ///< "B-LTA", "p256"
  std::filesystem::path path;
  nlohmann::json issued;  ///< what it said
};

/// The samples, two of them papers of a dossier, issued in every way: each level, kind and kind of key, with one and
/// with two signatures.
class IssuedSamples {
 public:
  IssuedSamples() {
    digitize();
    for (const std::string level : {"B-B", "B-T", "B-LT", "B-LTA"}) {
      for (const std::string keys : {"rsa", "p256"}) issue_all(level, keys);
    }
  }

  [[nodiscard]] SigningOffice& office() { return office_; }
  [[nodiscard]] const std::vector<IssuedFile>& files() const { return files_; }
  [[nodiscard]] std::vector<std::filesystem::path> paths() const {
    std::vector<std::filesystem::path> all;
    for (const auto& file : files_) all.push_back(file.path);
    return all;
  }
  /// Settings that issue at this level with these keys.
  static Settings settings(const std::string& level, const std::string& keys) {
    return {.level = level, .person = "person-" + keys, .agency = "agency-" + keys};
  }
  static std::string dossier() { return dossier_code(1); }

 private:
  void digitize() {
    std::ofstream(office_.path("catalogue.json")) << small_catalogue_json;
    EXPECT_EQ(office_.sohoa({"catalogue", "import", office_.path("catalogue.json").string()}, "base").exit_code, 0);
    std::ofstream(office_.path("dossier.json"))
        << R"({"dossier":")" + dossier() +
               R"(","procedure":"1.001776","unit":"H12.1","officer":"an","owner":{"id":"079201000001","name":"Lê Mẫu"},)" +
               R"("received_at":"2025-11-22","components":[{"component":"TP1","pages":1}]})";
    (void)office_.lines({"dossier", "receive", office_.path("dossier.json").string()}, "base");
    const auto lone = office_.digitize({sample("directive-07CT-2018.pdf"), sample("synthetic-report.tif")}, "base");
    const auto filed =
        office_.digitize({sample("synthetic-letter.jpg"), sample("synthetic-decision.pdf")}, "base", dossier());
    directive_ = lone[0], report_ = lone[1];
    (void)office_.lines({"dossier", "put", dossier(), "TP1", filed[0], "--officer", "an", "--name", "Giấy khai sinh",
                         "--number", "15/GKS", "--issued", "2025-10-01"},
                        "base");
    (void)office_.lines({"dossier", "put", dossier(), "KQ.G07.000122", filed[1], "--result", "--officer", "an",
                         "--name", "Giấy xác nhận", "--issued", "2025-11-23", "--valid-until", "2026-05-23"},
                        "base");
  }

  void issue_all(const std::string& level, const std::string& keys) {
    const auto data = level + "-" + keys;
    office_.copy("base", data);
    auto settings = IssuedSamples::settings(level, keys);
    issue(level, keys, settings, "both", {directive_});
    issue(level, keys, settings, "dossier", {"--dossier", dossier()});
    issue(level, keys, settings, "copy", {directive_, "--as", "electronic_copy", "--form", "sao_y"});
    issue(level, keys, settings, "certified", {report_, "--as", "certified_copy", "--name", "Phạm Thị Chứng"});
    settings.agency_signs_copies = false;
    issue(level, keys, settings, "one", {report_});
  }

  void issue(const std::string& level, const std::string& keys, const Settings& settings, const std::string& what,
             std::vector<std::string> arguments) {
    const auto data = level + "-" + keys;
    const auto out = office_.path("out-" + data + "-" + what);
    arguments.insert(arguments.begin(), "issue");
    arguments.insert(arguments.end(), {"--officer", "an", "--out", out.string(), "--config", office_.config(settings)});
    for (auto& line : office_.lines(arguments, data)) {
      auto name = line.at("code").get<std::string>() + ".pdf";
      std::replace(name.begin(), name.end(), '/', '-');
      const auto path = out / name;
      EXPECT_TRUE(std::filesystem::exists(path)) << path;
      files_.push_back({level, keys, path, std::move(line)});
    }
  }

  static std::string sample(const std::string& name) { return SigningOffice::sample(name); }

  SigningOffice office_;
  std::string directive_, report_;
  std::vector<IssuedFile> files_;
};

/// The same for all tests of a program.
inline IssuedSamples& issued_samples() {
  static IssuedSamples samples;
  return samples;
}

}  // namespace sohoa::test
