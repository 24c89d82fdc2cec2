// Issued files, judged by qpdf, PDFBox preflight, poppler, LibPDF with PKI.js, zxing, and by `sohoa verify`.
#include <regex>

#include "pipeline/barcodes/read_barcodes.hpp"
#include "tests/functional/issuing/issued_files.hpp"

namespace sohoa::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using testing_support::run;

std::string kind_of(const IssuedFile& file) {
  return file.issued.at("kind");
}
std::size_t signatures_of(const IssuedFile& file) {
  return file.issued.at("signatures").size();
}
bool has_document_timestamp(const IssuedFile& file) {
  return file.level == "B-LTA";
}
std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++found;
  return found;
}
std::string text_of(const IssuedFile& file, int page) {
  const auto number = std::to_string(page);
  return run({"pdftotext", "-f", number, "-l", number, file.path.string(), "-"}).out;
}

/// Issues once for all tests.
class IssuedFilesTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { samples_ = &issued_samples(); }
  static const std::vector<IssuedFile>& files() { return samples_->files(); }
  static SigningOffice& office() { return samples_->office(); }
  static std::string root() { return office().path("root.pem").string(); }

  static inline IssuedSamples* samples_ = nullptr;
};

TEST_F(IssuedFilesTest, AreThereInEveryWay) {
  ASSERT_EQ(files().size(), 4U * 2 * 6);
  std::map<std::string, int> kinds;
  for (const auto& file : files()) {
    const auto kind = kind_of(file);
    ++kinds[kind + " " + std::to_string(signatures_of(file))];
    EXPECT_EQ(file.issued.at("level"), file.level) << file.path;
    EXPECT_EQ(file.issued.at("timestamp_pending"), false) << file.path;
    for (const auto& signature : file.issued.at("signatures")) {
      EXPECT_EQ(signature.at("timestamped"), file.level != "B-B");
    }
  }
  const std::map<std::string, int> wanted{{"digitized_copy 2", 16},
                                          {"digitized_copy 1", 8},
                                          {"electronic_copy 1", 8},
                                          {"certified_copy 2", 8},
                                          {"result 2", 8}};
  EXPECT_EQ(kinds, wanted);
}

TEST_F(IssuedFilesTest, BearTheCodeOfTheirPaper) {
  for (const auto& file : files()) {
    const std::string code = file.issued.at("code");
    if (kind_of(file) == "result")
      EXPECT_EQ(code, IssuedSamples::dossier() + "-KQ1");
    else
      EXPECT_THAT(code, testing::AnyOf("079201000001.GKS.15/GKS.01", "CHI-THI..01", testing::StartsWith("BAO-CAO.")));
  }
}

TEST_F(IssuedFilesTest, AreCleanForQpdf) {
  for (const auto& file : files()) {
    const auto checked = run({"qpdf", "--check", file.path.string()});
    EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
    EXPECT_THAT(checked.out + checked.err, Not(HasSubstr("WARNING")));
  }
}

TEST_F(IssuedFilesTest, PreflightComplainsOfNothingButThePart) {
  std::vector<std::string> command{"java", "-cp", PREFLIGHT_CLASSPATH,
                                   SOHOA_SOURCE_DIR "/tests/golden/preflight/Preflight.java"};
  for (const auto& path : samples_->paths()) command.push_back(path.string());
  const auto answer = run(command, std::chrono::seconds(300));
  std::istringstream lines(answer.out);
  std::size_t checked = 0;
  for (std::string line; std::getline(lines, line);) {
    checked += line.ends_with(" checked") ? 1 : 0;
    EXPECT_TRUE(line.ends_with(" checked") || line.ends_with("part must be 1")) << line;
  }
  EXPECT_EQ(checked, files().size()) << answer.err;
}

/// Poppler 22.12 lists a document timestamp, but can't verify it.
TEST_F(IssuedFilesTest, PdfsigFindsEverySignatureValid) {
  for (const auto& file : files()) {
    const auto seen = run({"pdfsig", "-nocert", file.path.string()}).out;
    EXPECT_EQ(count(seen, "Signature is Valid."), signatures_of(file)) << file.path << "\n" << seen;
    EXPECT_EQ(count(seen, "Signature #"), signatures_of(file) + (has_document_timestamp(file) ? 1 : 0)) << file.path;
    EXPECT_EQ(count(seen, "  - Total document signed"), file.level == "B-LT" ? 0U : 1U) << file.path << "\n" << seen;
  }
}

TEST_F(IssuedFilesTest, PassOurVerificationAtTheirLevel) {
  const auto verified = office().verify(samples_->paths(), office().config({}));
  ASSERT_EQ(verified.size(), files().size());
  for (std::size_t i = 0; i < files().size(); ++i) {
    const auto& file = files()[i];
    EXPECT_EQ(verified[i].at("indication"), "passed") << file.path << verified[i];
    EXPECT_EQ(verified[i].at("findings"), json::array());
    const auto& found = verified[i].at("signatures");
    ASSERT_EQ(found.size(), signatures_of(file) + (has_document_timestamp(file) ? 1 : 0));
    for (std::size_t s = 0; s < signatures_of(file); ++s) {
      EXPECT_EQ(found[s].at("level"), file.level) << file.path << found[s];
      EXPECT_EQ(found[s].at("signer").at("subject"), file.issued.at("signatures")[s].at("signer"));
      EXPECT_TRUE(found[s].at("intact") && found[s].at("trusted") && found[s].at("valid_at_signing"));
      EXPECT_EQ(found[s].at("page"), 1);
      EXPECT_EQ(found[s].at("algorithms"),
                file.keys == "rsa" ? "RSASSA-PSS, SHA-256, 2048 bits" : "ECDSA, SHA-256, 256 bits");
      for (const auto& change : found[s].at("changes")) {
        EXPECT_TRUE(change.at("kind") == "signature" || change.at("kind") == "validation_data") << change;
      }
    }
  }
}

TEST_F(IssuedFilesTest, OfLongTermNeedNoNetworkToBeVerified) {
  for (const auto service : {pki::Service::timestamp, pki::Service::ocsp, pki::Service::crl, pki::Service::issuers}) {
    office().server().set(service, {.away = true});
  }
  std::vector<std::filesystem::path> kept, online;
  for (const auto& file : files()) (file.level.starts_with("B-LT") ? kept : online).push_back(file.path);
  const auto config = office().config({});
  for (const auto& one : office().verify(kept, config)) EXPECT_EQ(one.at("indication"), "passed") << one;
  for (const auto& one : office().verify({online.front(), online.back()}, config, 1)) {
    EXPECT_EQ(one.at("indication"), "indeterminate") << one;
    EXPECT_THAT(one.dump(), HasSubstr("revocation_unknown"));
  }
  for (const auto service : {pki::Service::timestamp, pki::Service::ocsp, pki::Service::crl, pki::Service::issuers}) {
    office().server().set(service, {});
  }
}

TEST_F(IssuedFilesTest, BearTheirMarksOnTheFirstPageAlone) {
  for (const auto& file : files()) {
    const auto kind = kind_of(file), first = text_of(file, 1);
    std::vector<std::string> wanted{"Mã: " + file.issued.at("code").get<std::string>()};
    const auto name = file.issued.at("name").get<std::string>();
    if (kind == "digitized_copy") {
      wanted.insert(wanted.end(), {"BẢN ĐIỆN TỬ CHUYỂN ĐỔI TỪ BẢN GIẤY", "Người chuyển đổi: " + name, "ĐÃ KÝ SỐ",
                                   "Người số hóa: " + name});
    } else if (kind == "electronic_copy") {
      wanted.insert(wanted.end(), {"BẢN SAO ĐIỆN TỬ", "SAO Y"});
    } else if (kind == "certified_copy") {
      wanted.insert(wanted.end(), {"CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH", "Người chứng thực: Phạm Thị Chứng"});
    } else {
      wanted.insert(wanted.end(), {"KẾT QUẢ ĐIỆN TỬ", "Tra cứu: Sohoa"});
    }
    for (const auto& signature : file.issued.at("signatures")) {
      if (signature.at("role") == "agency") wanted.push_back(signature.at("signer"));
    }
    wanted.push_back(file.issued.at("at").get<std::string>().substr(0, 19) + "+07:00");
    for (const auto& line : wanted) EXPECT_THAT(first, HasSubstr(line)) << file.path;
    EXPECT_THAT(text_of(file, 2), Not(HasSubstr("Mã: "))) << file.path;
  }
}

/// Page 1 as it looks.
Raster picture_of(const IssuedFile& file, int dpi) {
  const auto answer =
      run({"pdftoppm", "-q", "-gray", "-r", std::to_string(dpi), "-f", "1", "-l", "1", file.path.string()});
  int width = 0, height = 0, offset = 0;
  if (std::sscanf(answer.out.c_str(), "P5 %d %d 255%n", &width, &height, &offset) != 2) return {};
  const auto* pixels = answer.out.data() + offset + 1;
  return {width, height, 1, std::vector<std::uint8_t>(pixels, pixels + std::size_t(width) * height)};
}

TEST_F(IssuedFilesTest, SayInTheirCodeWhatTheyAre) {
  constexpr int dpi = 300;
  for (const auto& file : files()) {
    if (file.level != "B-B") continue;  // the looks are the same at every level
    const auto page = picture_of(file, dpi);
    ASSERT_FALSE(page.empty());
    const auto codes = made(barcodes::read_barcodes(page, {dpi}));
    const auto at = file.issued.at("at").get<std::string>().substr(0, 19) + "+07:00";
    const auto end = "|Sohoa|" + at + "|" + file.issued.at("code").get<std::string>() + "|";
    std::vector<std::string> texts;
    for (const auto& code : codes) {
      if (code.format == BarcodeFormat::qr) texts.push_back(code.text);
    }
    if (kind_of(file) == "result") {
      EXPECT_THAT(texts, testing::Contains(IssuedSamples::dossier() + "|1.001776|079201000001|Giấy xác nhận" + end +
                                           "2025-11-23/2026-05-23"));
    } else if (file.issued.at("code") == "079201000001.GKS.15/GKS.01") {
      EXPECT_THAT(texts, testing::Contains(IssuedSamples::dossier() + "|1.001776|079201000001|Giấy khai sinh" + end));
    } else {
      const auto name = file.issued.at("code") == "CHI-THI..01" ? "directive-07CT-2018.pdf" : "synthetic-report.tif";
      EXPECT_THAT(texts, testing::Contains("|||" + std::string(name) + end));
    }
  }
}

/// LibPDF and PKI.js, installed by npm into the build folder where there is npm and a registry.
class Peers {
 public:
  /// Why they can't be asked; "": they can.
  static std::string missing() {
    if (run({"npm", "--version"}).exit_code != 0) return "no npm";
    std::filesystem::create_directories(folder());
    for (const std::string name : {"package.json", "verify.mjs"}) {
      std::filesystem::copy_file(SOHOA_SOURCE_DIR "/tests/functional/issuing/peer/" + name, folder() / name,
                                 std::filesystem::copy_options::overwrite_existing);
    }
    if (run({"npm", "ls", "--prefix", folder().string()}).exit_code == 0) return "";
    const auto installed = run({"npm", "install", "--no-audit", "--no-fund", "--prefix", folder().string()});
    return installed.exit_code == 0 ? "" : "npm can't install them: " + installed.err;
  }
  static std::vector<json> verify(const std::string& root, const std::vector<std::filesystem::path>& files) {
    std::vector<std::string> command{"node", (folder() / "verify.mjs").string(), root};
    for (const auto& file : files) command.push_back(file.string());
    const auto ended = run(command);
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    std::vector<json> all;
    std::istringstream text(ended.out);
    for (std::string line; std::getline(text, line);) all.push_back(json::parse(line));
    EXPECT_EQ(all.size(), files.size());
    return all;
  }

 private:
  static std::filesystem::path folder() {
    return std::filesystem::path(SOHOA_BINARY_DIR).parent_path() / "signature-peer";
  }
};

TEST_F(IssuedFilesTest, ArePassedByPeersThatShareNoCodeWithUs) {
  if (const auto why = Peers::missing(); !why.empty()) GTEST_SKIP() << "no second opinion on signatures: " << why;
  const auto seen = Peers::verify(root(), samples_->paths());
  ASSERT_EQ(seen.size(), files().size());
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const auto& file = files()[i];
    const auto& found = seen[i].at("signatures");
    ASSERT_EQ(found.size(), signatures_of(file) + (has_document_timestamp(file) ? 1 : 0)) << file.path << seen[i];
    for (std::size_t s = 0; s < found.size(); ++s) {
      EXPECT_EQ(found[s].at("verified"), true) << file.path << found[s];
      const bool is_timestamp = s >= signatures_of(file);
      EXPECT_EQ(found[s].at("subFilter"), is_timestamp ? "ETSI.RFC3161" : "ETSI.CAdES.detached");
      EXPECT_EQ(found[s].at("timestamps"), is_timestamp || file.level == "B-B" ? json::array() : json::array({true}));
    }
    if (file.level != "B-LT") {
      EXPECT_EQ(found.back().at("end"), std::filesystem::file_size(file.path));
    }
  }

  // Would they tell? A byte of the page, then another root.
  auto spoiled = testing_support::read_text(files()[0].path);
  spoiled[spoiled.size() / 8] ^= 1;
  const auto path = office().path("spoiled.pdf");
  std::ofstream(path, std::ios::binary) << spoiled;
  EXPECT_THAT(Peers::verify(root(), {path}).at(0).dump(), Not(HasSubstr("\"verified\":true")));
  const SigningOffice stranger;
  EXPECT_THAT(Peers::verify(stranger.path("root.pem").string(), {files()[0].path}).at(0).dump(),
              Not(HasSubstr("\"verified\":true")));
}

}  // namespace
}  // namespace sohoa::test
