#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "datasets/pki/pki_server.hpp"
#include "pipeline/base/file.hpp"
#include "tests/support/program.hpp"

namespace sohoa::test {

template <typename T>
T made(Result<T> result) {
  if (!result) {
    ADD_FAILURE() << result.error().message;
    std::abort();
  }
  return *std::move(result);
}

/// How `sohoa issue` is set up.
struct Settings {
  std::string level = "B-B";
  std::string person = "person-rsa", agency = "agency-rsa";  ///< names of keys; "": not set up
  bool agency_signs_copies = true;
  std::string more{};  ///< lines of [issuing]
};

/// The `sohoa` program with keys of a demonstration PKI, which answers on loopback in this process.
class SigningOffice {
 public:
  SigningOffice() {
    server_->serve(*pki_);
    put("root.pem", pki_->root().certificate_pem());
    put("issuing.pem", pki_->issuing().certificate_pem());
    put("password", as_bytes("mau"));
    put("wrong-password", as_bytes("sai"));
    using pki::KeyType;
    add_key("person-rsa", {.common_name = "Nguyễn Thị Mẫu", .key = KeyType::rsa2048});
    add_key("agency-rsa", {.common_name = "Ủy ban nhân dân xã Mẫu", .key = KeyType::rsa2048});
    add_key("person-p256", {.common_name = "Trần Văn Mẫu", .key = KeyType::p256});
    add_key("agency-p256", {.common_name = "Sở Mẫu", .key = KeyType::p256});
  }

  [[nodiscard]] pki::PkiServer& server() { return *server_; }
  [[nodiscard]] pki::DemoPki& pki() const { return *pki_; }
  [[nodiscard]] std::filesystem::path path(const std::string& name) const { return folder_ / name; }

  /// A key of that name, for Settings. Returns its certificate's serial number.
  std::string add_key(const std::string& name, const pki::IdentityOptions& options) {
    const auto identity = made(pki_->issue(options));
    put(name + ".p12", identity.pkcs12("mau", {pki_->issuing()}));
    return identity.serial();
  }
  /// The path of a settings file.
  std::string config(const Settings& settings) {
    std::ostringstream text;
    const auto key = [&](const char* table, const std::string& name) {
      if (name.empty()) return;
      // "NAME!": with the wrong password.
      const bool wrong = name.back() == '!';
      const auto file = wrong ? name.substr(0, name.size() - 1) : name;
      text << "[" << table << "]\npkcs12 = \"" << path(file + ".p12").string() << "\"\nsecret_file = \""
           << path(wrong ? "wrong-password" : "password").string() << "\"\n";
    };
    key("person_key", settings.person);
    key("agency_key", settings.agency);
    text << "[issuing]\nlevel = \"" << settings.level << "\"\nanchors = \"" << path("root.pem").string()
         << "\"\nissuers = \"" << path("issuing.pem").string() << "\"\nlocation = \"Cà Mau\"\n"
         << "agency_signs_copies = " << (settings.agency_signs_copies ? "true" : "false") << "\n"
         << settings.more << "\n";
    if (settings.level != "B-B") text << "timestamp_url = \"" << server_->url() << "/tsa\"\n";
    const auto file = path("sohoa-" + std::to_string(++configs_) + ".toml");
    std::ofstream(file) << text.str();
    return file.string();
  }

  static std::string program() { return std::string(SOHOA_BINARY_DIR) + "/sohoa"; }
  static std::string sample(const std::string& name) {
    return std::string(SOHOA_SOURCE_DIR) + "/datasets/samples/" + name;
  }
  /// Runs `sohoa` on the data folder of that name, "": none.
  [[nodiscard]] testing_support::Ended sohoa(std::vector<std::string> arguments, const std::string& data) const {
    arguments.insert(arguments.begin(), program());
    if (!data.empty()) arguments.insert(arguments.end(), {"--data", path(data).string()});
    return testing_support::run(arguments);
  }
  /// The JSON lines of a command; one that shall end well says so.
  [[nodiscard]] std::vector<nlohmann::json> lines(std::vector<std::string> arguments, const std::string& data,
                                                  int exit_code = 0) const {
    arguments.emplace_back("--json");
    const auto ended = sohoa(arguments, data);
    EXPECT_EQ(ended.exit_code, exit_code) << ended.err << ended.out.substr(0, 4000);
    std::vector<nlohmann::json> all;
    std::istringstream text(ended.out);
    for (std::string line; std::getline(text, line);) all.push_back(nlohmann::json::parse(line));
    return all;
  }
  /// Digitizes files; returns their documents, in the order of the files.
  [[nodiscard]] std::vector<std::string> digitize(const std::vector<std::string>& files, const std::string& data,
                                                  const std::string& dossier = "") const {
    std::vector<std::string> arguments{"digitize", "--jobs", "2"};
    arguments.insert(arguments.end(), files.begin(), files.end());
    if (!dossier.empty()) arguments.insert(arguments.end(), {"--dossier", dossier});
    std::map<std::string, std::string> documents;
    for (const auto& line : lines(arguments, data)) documents[line.at("input")] = line.at("document");
    std::vector<std::string> all;
    for (const auto& file : files) all.push_back(documents[file]);
    return all;
  }
  /// What `sohoa verify` says of files, in their order.
  [[nodiscard]] std::vector<nlohmann::json> verify(const std::vector<std::filesystem::path>& files,
                                                   const std::string& config, int exit_code = 0) const {
    std::vector<std::string> arguments{"verify", "--config", config};
    for (const auto& file : files) arguments.push_back(file.string());
    return lines(arguments, "", exit_code);
  }
  void expect_clean(const std::string& data) const {
    const auto checked = sohoa({"check"}, data);
    EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
  }
  void copy(const std::string& from, const std::string& to) const {
    std::filesystem::copy(path(from), path(to), std::filesystem::copy_options::recursive);
  }

 private:
  void put(const std::string& name, ByteView bytes) const { EXPECT_TRUE(write_file(folder_ / name, bytes)); }

  testing_support::TemporaryFolder folder_{"sohoa-issuing"};
  std::unique_ptr<pki::PkiServer> server_ = made(pki::PkiServer::listen("127.0.0.1", 0));
  std::unique_ptr<pki::DemoPki> pki_ =
      made(pki::DemoPki::create({.url = server_->url(), .authority_key = pki::KeyType::rsa2048}));
  int configs_ = 0;
};

}  // namespace sohoa::test
