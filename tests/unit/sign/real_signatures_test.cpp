// Signatures of Vietnamese authorities, as they stand in published documents. Who issued their certificates is not
// known here, so that none can pass; that nothing was changed can be told.

#include <charconv>
#include <regex>

#include "tests/unit/sign/sign_test_case.hpp"

namespace sohoa::sign::test {
namespace {

namespace fs = std::filesystem;

/// What stands between the parentheses or brackets of a signature dictionary's entry, near `at`.
std::string entry_near(const std::string& pdf, std::size_t at, const std::string& pattern) {
  const auto from = at < 700 ? 0 : at - 700;
  const auto near = pdf.substr(from, 700) + pdf.substr(pdf.find('>', at), 700);
  std::smatch match;
  return std::regex_search(near, match, std::regex(pattern)) ? match[1].str() : "";
}

Bytes from_hex(std::string_view digits) {
  Bytes bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    std::uint8_t byte = 0;
    std::from_chars(digits.data() + i, digits.data() + i + 2, byte, 16);
    bytes.push_back(byte);
  }
  return bytes;
}

/// DER without the zeros that fill its place up: of Contents, a SEQUENCE with a length of two bytes.
Bytes without_padding(Bytes contents) {
  const std::size_t size = 4 + (static_cast<std::size_t>(contents[2]) << 8U) + contents[3];
  contents.resize(std::min(size, contents.size()));
  return contents;
}

std::vector<PdfSignature> signatures_of(const fs::path& file) {
  const auto pdf = testing_support::read_text(file);
  std::vector<PdfSignature> signatures;
  constexpr std::string_view mark = "<3082";  // the hexadecimal string of Contents
  for (auto at = pdf.find(mark); at != std::string::npos; at = pdf.find(mark, at + 1)) {
    const auto digits = pdf.substr(at + 1, pdf.find('>', at) - at - 1);
    std::array<std::size_t, 4> range{};
    std::istringstream(entry_near(pdf, at, R"(/ByteRange\s*\[([^\]]*)\])")) >> range[0] >> range[1] >> range[2] >>
        range[3];
    const auto covered = pdf.substr(range[0], range[1]) + pdf.substr(range[2], range[3]);
    struct Public : SignTestCase {
      using SignTestCase::in_pdf;
    };
    signatures.push_back(Public::in_pdf(without_padding(from_hex(digits)), covered,
                                        entry_near(pdf, at, R"(/SubFilter\s*/([A-Za-z0-9.]+))")));
  }
  return signatures;
}

class RealSignaturesTest : public SignTestCase {
 protected:
  [[nodiscard]] std::vector<SignatureReport> reports_of(const fs::path& file) const {
    std::vector<SignatureReport> reports;
    for (const auto& signature : signatures_of(file)) {
      reports.push_back(verifier()->verify(signature, {}, {}, now()));
    }
    return reports;
  }
};

TEST_F(RealSignaturesTest, TheSampleIsWhatItIs) {
  const auto reports = reports_of(fs::path(SOHOA_SOURCE_DIR) / "datasets/samples/directive-07CT-2018.pdf");
  ASSERT_EQ(reports.size(), 1);
  const auto& report = reports[0];
  EXPECT_EQ(report.kind, SignatureKind::legacy);
  EXPECT_TRUE(report.intact);
  EXPECT_EQ(report.indication, Indication::indeterminate);
  EXPECT_EQ(problems(report.findings),
            "weak_hash timestamp_untrusted time_not_proven unknown_issuer expired weak_hash");
  EXPECT_EQ(report.signer->subject, "Trung tâm Công báo và Tin học");
  ASSERT_EQ(report.timestamps.size(), 1);
  EXPECT_EQ(report.timestamps[0].authority->subject, "Máy chủ cấp dấu thời gian");
  EXPECT_EQ(iso8601(report.timestamps[0].time), "2018-03-21T16:40:02.000+07:00");
}

TEST_F(RealSignaturesTest, AllAreIntactAndOfIssuersUnknownHere) {
  std::size_t count = 0;
  for (const char* folder_name : {"vi/born-digital", "vi/scans-signed"}) {
    for (const auto& entry : fs::directory_iterator(fs::path(SOHOA_SHARED_DATA) / folder_name)) {
      if (entry.path().extension() != ".pdf") continue;
      for (const auto& report : reports_of(entry.path())) {
        ++count;
        EXPECT_TRUE(report.intact) << entry.path();
        EXPECT_EQ(report.indication, Indication::indeterminate);
        EXPECT_NE(problems(report.findings).find("unknown_issuer"), std::string::npos);
        for (const auto& timestamp : report.timestamps) EXPECT_EQ(timestamp.indication, Indication::indeterminate);
      }
    }
  }
  EXPECT_EQ(count, 40);
}

}  // namespace
}  // namespace sohoa::sign::test
