#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>

#include "pipeline/issue/issue_document.hpp"
#include "tests/unit/issue/documents.hpp"
#include "tests/unit/issue/images.hpp"
#include "tests/unit/issue/tools.hpp"

namespace sohoa {
namespace {

class PdfaDocumentTest : public testing::Test {
 protected:
  std::string issue(PageSource& pages, const std::string& name = "document.pdf") {
    const auto issued = issue_document(document_of(pages), store_);
    EXPECT_TRUE(issued);
    return folder_.put(name, store_.bytes(issued->pdf));
  }
  std::string issue(std::vector<Result<ReadPage>> pages, const std::string& name = "document.pdf") {
    MadePages made(std::move(pages));
    return issue(made, name);
  }
  static std::string info(const std::string& pdf, const std::string& line) {
    const auto text = run({"pdfinfo", pdf}).out;
    const auto start = text.find(line + ":");
    if (start == std::string::npos) return "";
    const auto value = text.find_first_not_of(' ', start + line.size() + 1);
    return text.substr(value, text.find('\n', value) - value);
  }

  Folder folder_;
  MemoryStore store_;
};

ReadPage letter_over(ImageStream image) {
  ReadPage page = letter();
  page.canvas.images = {over(page.canvas, std::move(image))};
  return page;
}

/// One page of every kind.
std::vector<Result<ReadPage>> pages_of_all_kinds() {
  ImageStream indexed = flate_image(2, 1, 1, ColourSpace::indexed, {0x40});
  indexed.palette = {200, 30, 30, 10, 20, 160};
  ImageStream inverted = flate_image(2, 1, 8, ColourSpace::rgb, {255, 0, 0, 10, 20, 30});
  inverted.inverted = true;
  return {letter_over(load(real_jpeg)),
          letter_over(load(real_fax)),
          letter_over(indexed),
          letter_over(inverted),
          Error{ErrorCode::resource_exhausted, "too slow"},
          blank_page()};
}

TEST_F(PdfaDocumentTest, IsCleanForQpdf) {
  const auto checked = run({"qpdf", "--check", issue(pages_of_all_kinds())});
  EXPECT_EQ(checked.exit_code, 0);
  EXPECT_NE(checked.out.find("No syntax or stream encoding errors found"), std::string::npos) << checked.out;
  EXPECT_EQ(checked.err, "");  // where warnings go
}

TEST_F(PdfaDocumentTest, FailsThePdfA1ValidatorForItsPartAlone) {
  MadePages many(200, [](PageNumber) { return letter(); });
  const auto answer =
      run({"java", "-Xshare:auto", "-cp", PREFLIGHT_CLASSPATH,
           SOHOA_SOURCE_DIR "/tests/golden/preflight/Preflight.java", issue(pages_of_all_kinds(), "kinds.pdf"),
           issue(many, "many.pdf"), issue({Error{ErrorCode::internal, "no page"}}, "empty.pdf")});
  EXPECT_EQ(answer.exit_code, 0) << answer.err;
  std::istringstream lines(answer.out);
  std::size_t checked = 0, parts = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with(" checked")) {
      ++checked;
    } else if (line.ends_with(" 7.11.2 Error on MetaData, part must be 1")) {
      ++parts;
    } else {
      ADD_FAILURE() << line;
    }
  }
  EXPECT_EQ(checked, 3u) << answer.err;
  EXPECT_EQ(parts, 3u) << answer.err;
}

TEST_F(PdfaDocumentTest, SaysTheSameInInfoAndXmp) {
  const std::string pdf = issue({letter()});
  EXPECT_EQ(info(pdf, "Title"), "Quyết định 47.pdf");
  EXPECT_EQ(info(pdf, "Creator"), "Sohoa");
  EXPECT_EQ(info(pdf, "Producer"), "Sohoa " SOHOA_VERSION);
  EXPECT_EQ(info(pdf, "PDF version"), "1.7");
  EXPECT_EQ(info(pdf, "Encrypted"), "no");
  EXPECT_EQ(info(pdf, "JavaScript"), "no");
  const std::string bytes(as_text(folder_.get("document.pdf")));
  for (const char* part :
       {"<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>B</pdfaid:conformance>",
        "<rdf:li xml:lang=\"x-default\">Quyết định 47.pdf</rdf:li>",
        "<xmp:CreateDate>2026-11-22T22:15:03+07:00</xmp:CreateDate>",
        "<xmp:ModifyDate>2026-11-22T22:15:03+07:00</xmp:ModifyDate>",
        "<pdf:Producer>Sohoa " SOHOA_VERSION "</pdf:Producer>", "/CreationDate(D:20261122221503+07'00')",
        "/ModDate(D:20261122221503+07'00')", "/Lang(vi)", "/S/GTS_PDFA1", "<</DisplayDocTitle true>>"}) {
    EXPECT_NE(bytes.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(bytes.find("/Interpolate"), std::string::npos);
}

TEST_F(PdfaDocumentTest, XmpIsWellFormed) {
  MadePages pages({letter()});
  DigitizedDocument document = document_of(pages);
  document.source.name = "a<b>&\"c\"\n\x01\xFF\xEF\xBF\xBF.pdf";
  const auto issued = issue_document(document, store_);
  ASSERT_TRUE(issued);
  EXPECT_EQ(issued->title, "a<b>&\"c\" \xEF\xBF\xBD\xEF\xBF\xBF.pdf");
  const std::string pdf = store_.text(issued->pdf);
  const auto start = pdf.find("<?xpacket");
  const auto end = pdf.find("<?xpacket end=\"w\"?>");
  ASSERT_NE(end, std::string::npos);
  const auto checked = run({"xmllint", "--noout", folder_.put("x.xml", as_bytes(pdf.substr(start, end + 19 - start)))});
  EXPECT_EQ(checked.exit_code, 0) << checked.err;
}

TEST_F(PdfaDocumentTest, IsTheSameForTheSamePages) {
  issue(pages_of_all_kinds(), "a.pdf");
  issue(pages_of_all_kinds(), "b.pdf");
  EXPECT_EQ(folder_.get("a.pdf"), folder_.get("b.pdf"));
  issue({letter()}, "c.pdf");
  const auto id_of = [&](const std::string& name) {
    const std::string bytes(as_text(folder_.get(name)));
    const auto start = bytes.rfind("/ID[<") + 5;
    return std::pair(bytes.substr(start, 32), bytes.substr(start + 34, 32));
  };
  EXPECT_EQ(id_of("a.pdf").first, id_of("c.pdf").first);
  EXPECT_NE(id_of("a.pdf").second, id_of("c.pdf").second);
}

TEST_F(PdfaDocumentTest, KeepsThePlaceOfAPageThatFailed) {
  const std::string pdf = issue({letter(), Error{ErrorCode::unavailable, "worker died"}, letter()});
  EXPECT_EQ(info(pdf, "Pages"), "3");
  const Picture picture = rendered(pdf, 2);
  EXPECT_EQ(picture.width, 596);
  EXPECT_LT(picture.grey(0.5, 0.5), 250);            // the cross
  EXPECT_LT(picture.grey(36.0 / 595.28, 0.3), 250);  // the frame
  EXPECT_EQ(picture.grey(0.5, 0.25), 255);
}

TEST_F(PdfaDocumentTest, BalancesTheTreeOfManyPages) {
  MadePages pages(9001, [](PageNumber number) {
    ReadPage page = blank_page();
    page.page.blocks = {block_of({laid_line(100, 20, {{"trang", 100, 60}, {std::to_string(number.value), 170, 60}})})};
    return page;
  });
  const std::string pdf = issue(pages);
  EXPECT_EQ(info(pdf, "Pages"), "9001");
  EXPECT_EQ(run({"qpdf", "--check", pdf}).exit_code, 0);
  for (const std::string number : {"1", "64", "65", "4096", "4097", "9001"}) {
    const auto text = run({"pdftotext", "-f", number, "-l", number, pdf, "-"});
    EXPECT_EQ(text.out, "trang " + number + "\n\n\f");
  }
}

struct SizeRow {
  const char* name;
  double width, height;
  int shown_width, shown_height;
};
class PageSizes : public PdfaDocumentTest, public testing::WithParamInterface<SizeRow> {};

TEST_P(PageSizes, StayWithinTheLimitsOfPdfA) {
  ReadPage page = letter();
  page.canvas.width = GetParam().width;
  page.canvas.height = GetParam().height;
  page.canvas.images = {over(page.canvas, flate_image(1, 1, 8, ColourSpace::grey, {0}))};
  const std::string pdf = issue({page});
  double width = 0, height = 0;
  ASSERT_EQ(std::sscanf(info(pdf, "Page size").c_str(), "%lf x %lf", &width, &height), 2);
  EXPECT_NEAR(width, GetParam().shown_width, 0.5);
  EXPECT_NEAR(height, GetParam().shown_height, 0.5);
  EXPECT_EQ(run({"qpdf", "--check", pdf}).exit_code, 0);
}

INSTANTIATE_TEST_SUITE_P(All, PageSizes,
                         testing::Values(SizeRow{"tiny", 0.5, 1, 3, 3}, SizeRow{"huge", 100'000, 50'000, 14'400, 7'200},
                                         SizeRow{"thin", 1, 100'000, 3, 14'400}, SizeRow{"a3", 842, 1191, 842, 1191}),
                         [](const auto& row) { return row.param.name; });

TEST_F(PdfaDocumentTest, PageWithoutExtentFails) {
  for (const double side :
       {0.0, -3.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    ReadPage page = letter();
    page.canvas.height = side;
    MadePages pages({page});
    const auto issued = issue_document(document_of(pages), store_);
    ASSERT_TRUE(issued);
    EXPECT_EQ(issued->failed_pages.size(), 1u);
  }
}

/// Four pages with as much text as a full A4 page holds: 45 lines of 12 syllables.
TEST_F(PdfaDocumentTest, CostsLittleOverItsImages) {
  constexpr const char* syllables[] = {"quyết", "định", "của", "Ủy",   "ban", "nhân", "dân",
                                       "thành", "phố",  "về",  "việc", "ban", "hành"};
  std::uint64_t images = 0;
  std::vector<Result<ReadPage>> pages;
  for (int number = 0; number < 4; ++number) {
    ReadPage page = letter_over(load(real_fax));
    images += page.canvas.images[0].image.data.size();
    page.page.blocks.clear();
    std::vector<TextLine> lines;
    unsigned state = 12345u + static_cast<unsigned>(number);
    for (int i = 0; i < 45; ++i) {
      std::vector<LaidWord> words;
      int x = 80;
      for (int j = 0; j < 12; ++j) {
        state = state * 1664525u + 1013904223u;
        const char* syllable = syllables[(state >> 16) % std::size(syllables)];
        const int width = 30 + static_cast<int>((state >> 8) % 23);
        words.push_back({syllable, x, width});
        x += width + 5 + static_cast<int>((state >> 4) % 5);
      }
      lines.push_back(laid_line(100 + 22 * i, 14 + static_cast<int>(state % 5), words));
    }
    page.page.blocks = {block_of(lines)};
    pages.emplace_back(std::move(page));
  }
  issue(std::move(pages));
  const auto overhead = folder_.get("document.pdf").size() - images;
  RecordProperty("overhead", static_cast<int>(overhead));
  EXPECT_LT(overhead, 25'000u);
}

long resident_kib() {
  std::ifstream statm("/proc/self/statm");
  long total = 0, resident = 0;
  statm >> total >> resident;
  return resident * (::sysconf(_SC_PAGESIZE) / 1024);
}

/// Takes bytes and forgets them.
class NullStore : public ObjectStore {
 public:
  Result<std::unique_ptr<ObjectWriter>> create() override {
    return std::unique_ptr<ObjectWriter>(std::make_unique<Writer>());
  }
  Result<UniqueFd> open(const Digest&) const override { return Error{ErrorCode::not_found, "nothing is kept"}; }
  bool contains(const Digest&) const override { return false; }

 private:
  struct Writer : ObjectWriter {
    Result<void> write(ByteView piece) override {
      object.size += piece.size();
      return {};
    }
    Result<StoredObject> commit() override { return object; }
    StoredObject object;
  };
};

TEST_F(PdfaDocumentTest, MemoryDoesNotGrowWithPages) {
  const ReadPage page = letter_over(load(real_fax));
  long after_100 = 0, after_2000 = 0;
  MadePages pages(2000, [&](PageNumber number) {
    if (number.value == 100) after_100 = resident_kib();
    if (number.value == 2000) after_2000 = resident_kib();
    return page;
  });
  NullStore store;
  const auto issued = issue_document(document_of(pages), store);
  ASSERT_TRUE(issued);
  EXPECT_GT(issued->pdf.size, 2000 * page.canvas.images[0].image.data.size());
#ifndef SOHOA_SANITIZED                     // a sanitizer keeps freed memory back
  EXPECT_LT(after_2000 - after_100, 1024);  // KiB; 6,000 objects of 8 bytes each are 47
#endif
}

}  // namespace
}  // namespace sohoa
