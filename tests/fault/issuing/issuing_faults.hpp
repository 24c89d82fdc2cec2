#pragma once

#include "tests/functional/issuing/signing_office.hpp"

namespace sohoa::test {

/// One document in an archive of its own, about to be issued where something is wrong.
class IssuingFaults : public testing::Test {
 protected:
  IssuingFaults() { document_ = office_.digitize({SigningOffice::sample("synthetic-letter.jpg")}, "data").at(0); }

  /// What `sohoa issue` says of the document.
  nlohmann::json issue(const Settings& settings, int exit_code = 0, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"issue", document_, "--officer", "an", "--config", office_.config(settings)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto lines = office_.lines(arguments, "data", exit_code);
    EXPECT_EQ(lines.size(), 1U);
    return lines.empty() ? nlohmann::json::object() : lines[0];
  }
  /// Refused for `code`, with such a message; nothing is recorded, and nothing is wrong with the archive.
  void expect_refused(const Settings& settings, const std::string& code, const std::string& message,
                      std::vector<std::string> more = {}) {
    const auto answer = issue(settings, 1, std::move(more));
    ASSERT_TRUE(answer.contains("error")) << answer;
    EXPECT_EQ(answer.at("error").at("code"), code) << answer;
    EXPECT_THAT(answer.at("error").at("message").get<std::string>(), testing::ContainsRegex(message));
    expect_nothing_issued();
  }
  void expect_nothing_issued() {
    const auto got = office_.sohoa({"get", document_, "--as", "issued"}, "data");
    EXPECT_EQ(got.exit_code, 1);
    EXPECT_THAT(got.err, testing::HasSubstr("was not issued yet"));
    office_.expect_clean("data");
  }
  /// What is said of the document's newest issued file.
  nlohmann::json verified(int exit_code = 0, const Settings& settings = {}) {
    const auto file = office_.path("issued.pdf");
    const auto got = office_.sohoa({"get", document_, "--as", "issued", "--out", file.string()}, "data");
    EXPECT_EQ(got.exit_code, 0) << got.err;
    return office_.verify({file}, office_.config(settings), exit_code).at(0);
  }
  testing_support::Ended complete(const Settings& settings) {
    return office_.sohoa({"issue", "--pending", "--config", office_.config(settings)}, "data");
  }
  void set(std::initializer_list<pki::Service> services, const pki::Conduct& conduct) {
    for (const auto service : services) office_.server().set(service, conduct);
  }

  SigningOffice office_;
  std::string document_;
};

}  // namespace sohoa::test
