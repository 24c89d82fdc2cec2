// What this project writes, held against its own checks: scans digitized by the program, marks and signatures on them.
#include "pipeline/issue/issue_document.hpp"
#include "pipeline/issue/page_marks.hpp"
#include "pipeline/issue/signed_file.hpp"
#include "pipeline/pdf/check_pdfa.hpp"
#include "pipeline/pdf/find_signatures.hpp"
#include "tests/unit/issue/documents.hpp"
#include "tests/unit/issue/images.hpp"
#include "tests/unit/pdf/made_pdf.hpp"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

Bytes from_hex(const std::string& hex) {
  Bytes bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

/// Signs with a CMS that signs nothing.
class EmptySigner : public Signer, public TimestampAuthority {
 public:
  const CertificateFacts& certificate() const override { return facts_; }
  std::size_t room() const override { return 100; }
  Result<void> check(WallTime) override { return {}; }
  Result<CmsSignature> sign(const Digest&, bool) override { return CmsSignature{cms(), {}}; }
  Result<Bytes> timestamp(const Digest&) override { return cms(); }
  static Bytes cms() { return from_hex(made_cms().substr(1, 86)); }

 private:
  CertificateFacts facts_;
};

class FewCertificates : public ValidationSource {
 public:
  Result<ValidationData> collect(ByteView) override { return ValidationData{{{1, 2, 3}, {4, 5}}, {{6}}, {{7}}}; }
};

std::string told(const PdfaReport& report) {
  std::string text;
  for (const auto& finding : report.findings) {
    text += "\n" + finding.clause + "-" + std::to_string(finding.rule) + " " + finding.where + ": " + finding.what;
  }
  return text;
}

TEST(OurOwnFiles, DigitizedScansBreakNoRule) {
  const Folder folder;
  const auto ended =
      run({std::string(SOHOA_BINARY_DIR) + "/sohoa", "digitize", SOHOA_SOURCE_DIR "/datasets/samples",
           SOHOA_SHARED_DATA "/vi/samples", SOHOA_SHARED_DATA "/vi/scans-signed", SOHOA_SHARED_DATA "/vi/born-digital",
           "--data", (folder / "data").string(), "--out", (folder / "out").string(), "--jobs", "2"},
          std::chrono::seconds(100));
  int files = 0;
  for (const auto& entry : fs::directory_iterator(folder / "out")) {
    if (entry.path().extension() != ".pdf") continue;
    ++files;
    const auto report = pdf::check_pdfa(folder.get("out/" + entry.path().filename().string()));
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->findings.empty()) << entry.path().filename() << told(*report);
  }
  EXPECT_EQ(files, 26) << ended.err;
}

TEST(OurOwnFiles, MarksAndSignaturesBreakNoRuleAndAreAllowedChanges) {
  const Folder folder;
  MemoryStore store;
  ReadPage scan = letter();
  scan.canvas.images = {over(scan.canvas, load(real_jpeg))};
  MadePages pages({scan, letter()});
  const auto issued = issue_document(document_of(pages), store);
  ASSERT_TRUE(issued);
  const auto base = open_for_reading(folder.put("base.pdf", store.bytes(issued->pdf)));
  ASSERT_TRUE(base);
  auto file = issue::SignedFile::open(base->get());
  ASSERT_TRUE(file);
  issue::PageMarks marks;
  marks.qr_text = "000.00.01.H12-221130-0001-KQ1";
  marks.qr_place = {500, 20, 60, 60};
  marks.texts = {{{20, 800, 200, 30}, {"Số hóa bởi Nguyễn Thị Mẫu", "2026-11-22T22:15:03+07:00"}, 7, true}};
  const auto seal = std::make_shared<const ImageStream>(
      flate_image(2, 2, 8, ColourSpace::rgb, {200, 20, 20, 255, 255, 255, 255, 255, 255, 200, 20, 20}));
  const issue::PointRect place{300, 780, 200, 40};
  marks.appearances = {{{place, {"SAO Y", "Ủy ban nhân dân tỉnh Cà Mau"}, 7, true}, 1, seal}};
  const auto appearances = issue::add_marks(file->pdf(), marks);
  ASSERT_TRUE(appearances) << appearances.error().message;
  EmptySigner signer;
  FewCertificates certificates;
  const WallTime at(std::chrono::milliseconds(1'795'395'600'000));
  ASSERT_TRUE(file->sign({"So_hoa", "Số hóa", "Cà Mau", at, {}, {}}, signer, false));
  ASSERT_TRUE(file->sign({"Co_quan", "Sao y", "Cà Mau", at, place, appearances->at(0)}, signer, false));
  ASSERT_TRUE(file->add_validation(certificates));
  ASSERT_TRUE(file->add_timestamp("Dau_thoi_gian", signer));
  ASSERT_TRUE(file->add_validation(certificates));
  const auto stored = file->store(store);
  ASSERT_TRUE(stored);

  const auto report = pdf::check_pdfa(store.bytes(*stored));
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->findings.empty()) << told(*report);
  const auto found = pdf::find_signatures(store.bytes(*stored));
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_TRUE(found->findings.empty()) << testing::PrintToString(found->findings);
  ASSERT_EQ(found->signatures.size(), 3u);
  EXPECT_EQ(found->signatures[1].field, "Co_quan");
  EXPECT_EQ(found->signatures[1].page, 1u);
  EXPECT_EQ(found->signatures[1].reason, "Sao y");
  for (const auto& one : found->signatures) {
    EXPECT_EQ(one.byte_range_fault, "");
    EXPECT_EQ(one.contents, EmptySigner::cms());
    for (const auto& change : one.changes) {
      const bool allowed = change.kind == PdfChange::Kind::signature || change.kind == PdfChange::Kind::validation_data;
      EXPECT_TRUE(allowed) << change.what;
    }
  }
  EXPECT_EQ(found->validation.certificates, (std::vector<Bytes>{{1, 2, 3}, {4, 5}}));
}

}  // namespace
}  // namespace sohoa
