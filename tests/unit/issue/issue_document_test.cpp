#include "pipeline/issue/issue_document.hpp"

#include <nlohmann/json.hpp>

#include "tests/unit/issue/documents.hpp"
#include "tests/unit/issue/images.hpp"
#include "tests/unit/issue/tools.hpp"

namespace sohoa {
namespace {

class IssueDocumentTest : public testing::Test {
 protected:
  IssuedDocument issue(std::vector<Result<ReadPage>> pages) {
    MadePages made(std::move(pages));
    auto document = document_of(made);
    document.inspection = inspection_;
    document.options = options_;
    auto issued = issue_document(document, store_);
    EXPECT_TRUE(issued);
    return std::move(issued).value_or({});
  }
  std::string alto_of(const IssuedDocument& issued) { return folder_.put("alto.xml", store_.bytes(issued.alto)); }
  nlohmann::json json_of(const IssuedDocument& issued) { return nlohmann::json::parse(store_.text(issued.json)); }
  static std::string xpath(const std::string& file, const std::string& path) {
    auto text = run({"xmllint", "--xpath", "string(" + path + ")", file}).out;
    while (text.ends_with('\n')) text.pop_back();
    return text;
  }

  SourceInspection inspection_;
  ReadOptions options_;
  MemoryStore store_;
  Folder folder_;
};

Error worker_died() {
  return {ErrorCode::unavailable, "worker died"};
}

TEST_F(IssueDocumentTest, CommitsFourObjectsAndSaysWhatTheyAre) {
  inspection_.carries_signature = true;
  const auto issued = issue({letter(), letter()});
  EXPECT_EQ(issued.pages, 2u);
  EXPECT_EQ(issued.title, "Quyết định 47.pdf");
  EXPECT_EQ(issued.dossier, "000.00.01.H12-221130-0001");
  EXPECT_TRUE(issued.source_signed);
  EXPECT_EQ(store_.size(), 4u);
  for (const auto& object : {issued.pdf, issued.text, issued.alto, issued.json}) {
    ASSERT_TRUE(store_.contains(object.digest));
    EXPECT_EQ(store_.bytes(object).size(), object.size);
  }
  EXPECT_TRUE(issued.failed_pages.empty());
  EXPECT_TRUE(issued.notes.empty());
}

TEST_F(IssueDocumentTest, ReadsEachPageOnceAndInOrder) {
  std::vector<std::uint32_t> asked;
  MadePages pages(5, [&](PageNumber number) {
    asked.push_back(number.value);
    return letter();
  });
  ASSERT_TRUE(issue_document(document_of(pages), store_));
  EXPECT_EQ(asked, (std::vector<std::uint32_t>{1, 2, 3, 4, 5}));
}

TEST_F(IssueDocumentTest, RefusesADocumentWithoutPages) {
  MadePages pages(0, [](PageNumber) { return letter(); });
  const auto issued = issue_document(document_of(pages), store_);
  ASSERT_FALSE(issued);
  EXPECT_EQ(issued.error().code, ErrorCode::invalid_input);
  EXPECT_EQ(store_.size(), 0u);
}

TEST_F(IssueDocumentTest, FullStoreIsAnErrorWhereverItStrikes) {
  constexpr std::uint64_t enough = 100'000;  // bytes; the four results have some 20,000
  std::uint64_t room = 0;
  for (; room < enough; room += 500) {
    MadePages pages({letter(), letter()});
    MemoryStore store;
    store.fail_after(room);
    const auto issued = issue_document(document_of(pages), store);
    if (issued) break;
    EXPECT_EQ(issued.error().code, ErrorCode::resource_exhausted) << room;
    EXPECT_EQ(store.size(), 0u) << "nothing is committed before all is written";
  }
  EXPECT_GT(room, 10'000u);
  EXPECT_LT(room, enough);
}

TEST_F(IssueDocumentTest, TextSeparatesPagesByAFormFeedAndLeavesStampsOut) {
  const auto issued = issue({letter(), worker_died(), blank_page()});
  EXPECT_EQ(store_.text(issued.text),
            "ỦY BAN NHÂN DÂN\nSố: 47/QĐ-UBND\n\nCỘNG HÒA XÃ HỘI\n\nCăn cứ Luật tổ chức chính quyền\n"
            "địa phương ngày 19/6/2015;\n\f\f");
}

TEST_F(IssueDocumentTest, NamesFailedPagesAndFindingsInItsNotes) {
  inspection_.notes = {"encrypted with an empty password"};
  ReadPage odd = letter();
  odd.page.findings = {{"low_contrast", Severity::warning, "contrast 0.1"},
                       {"dpi_estimated", Severity::note, "none stated"}};
  const auto issued = issue({letter(), worker_died(), odd, odd});
  ASSERT_EQ(issued.failed_pages.size(), 1u);
  EXPECT_EQ(issued.failed_pages[0].page, PageNumber{2});
  EXPECT_EQ(issued.failed_pages[0].error, worker_died());
  EXPECT_EQ(issued.notes, (std::vector<std::string>{"encrypted with an empty password",
                                                    "1 page could not be read, the first is page 2: worker died",
                                                    "low_contrast on 2 pages, first on page 3: contrast 0.1"}));
}

TEST_F(IssueDocumentTest, AltoIsValid) {
  ReadPage odd = letter();
  odd.page.blocks[0].lines[0].words[0].text = "<&\">\x02\xEF\xBF\xBF\xFF";
  odd.page.blocks[0].lines[0].words[1].text = " ";
  odd.page.blocks[0].lines[0].words[2].confidence = 1000;
  odd.page.blocks[0].lines[0].words[3].box = {-7, 2'000'000'000, -3, 5};
  odd.page.blocks.push_back(block_of({laid_line(1100, 12, {{"2", 400, 10}})}, BlockRole::page_number));
  odd.page.blocks.push_back(block_of({laid_line(20, 12, {{"ĐẾN", 60, 40}})}, BlockRole::stamp));
  const auto alto = alto_of(issue({letter(), worker_died(), odd, blank_page()}));
  const auto checked =
      run({"xmllint", "--nonet", "--noout", "--schema", SOHOA_SOURCE_DIR "/tests/golden/alto/alto-subset.xsd", alto});
  EXPECT_EQ(checked.exit_code, 0) << checked.err;
}

TEST_F(IssueDocumentTest, AltoSaysWhatWasRead) {
  const auto alto = alto_of(issue({letter(), worker_died()}));
  const auto find = [&](const std::string& path) { return xpath(alto, path); };
  const std::string word = "(//*[local-name()=\"String\"])[2]";
  EXPECT_EQ(find(word + "/@CONTENT"), "BAN");
  EXPECT_EQ(find(word + "/@HPOS"), "118");
  EXPECT_EQ(find(word + "/@VPOS"), "80");
  EXPECT_EQ(find(word + "/@WIDTH"), "44");
  EXPECT_EQ(find(word + "/@HEIGHT"), "20");
  EXPECT_EQ(find(word + "/@WC"), "0.965");
  EXPECT_EQ(find("(//*[local-name()=\"TextLine\"])[1]/@BASELINE"), "80,96 280,96");
  EXPECT_EQ(find("(//*[local-name()=\"SP\"])[1]/@WIDTH"), "8");
  EXPECT_EQ(find("//*[local-name()=\"fileName\"]"), "Quyết định 47.pdf");
  EXPECT_EQ(find("//*[@TAGREFS=\"e_signature\"]/@ID"), "p1_b4");
  EXPECT_EQ(find("//*[local-name()=\"Page\"][2]/@PAGECLASS"), "unread");
  EXPECT_EQ(find("//*[local-name()=\"Page\"][1]/@HEIGHT"), "1169");
  EXPECT_EQ(find("//*[@ID=\"p1_b1\"]/@LANG"), "vi");
}

TEST_F(IssueDocumentTest, AltoStatesNoLanguageWhereSeveralWereRead) {
  options_.languages = "vie+eng";
  EXPECT_EQ(xpath(alto_of(issue({letter()})), "//*[@ID=\"p1_b1\"]/@LANG"), "");
}

TEST_F(IssueDocumentTest, JsonSaysEverything) {
  inspection_.notes = {"encrypted with an empty password"};
  options_.languages = "vie+eng";
  ReadPage page = letter();
  page.page.quality.dpi = {100};
  page.page.quality.turn = Turn::half;
  page.page.quality.seals = {{{10, 20, 30, 40}, 0.75F}};
  page.page.findings = {{"dpi_estimated", Severity::note, "none stated"}};
  page.page.times = {{"decode", 0.25}, {"recognise", 1.5}};
  const auto json = json_of(issue({page, worker_died(), page}));
  EXPECT_EQ(json["source"]["name"], "Quyết định 47.pdf");
  EXPECT_EQ(json["source"]["media_type"], "application/pdf");
  EXPECT_EQ(json["source"]["sha256"], sha256(as_bytes("the original")).hex());
  EXPECT_EQ(json["source"]["signed"], false);
  EXPECT_EQ(json["digitized_at"], "2026-11-22T22:15:03.120+07:00");
  EXPECT_EQ(json["languages"], (nlohmann::json{"vie", "eng"}));
  EXPECT_EQ(json["page_count"], 3);
  ASSERT_EQ(json["pages"].size(), 3u);
  const auto& first = json["pages"][0];
  EXPECT_EQ(first["number"], 1);
  EXPECT_EQ(first["text_source"], "recognized");
  EXPECT_EQ(first["engine"], "test 1");
  EXPECT_EQ(first["text"], letter().page.text());
  EXPECT_EQ(first["blocks"][3]["role"], "e_signature");
  EXPECT_EQ(first["blocks"][0]["lines"][1]["text"], "Số: 47/QĐ-UBND");
  EXPECT_EQ(first["blocks"][0]["lines"][0]["baseline"], (nlohmann::json{80.0, 96.0, 280.0, 96.0}));
  EXPECT_EQ(first["blocks"][0]["lines"][0]["words"][0],
            (nlohmann::json{{"text", "ỦY"}, {"box", {80, 80, 30, 20}}, {"confidence", 96.5}, {"certainty", 1.0}}));
  EXPECT_EQ(first["quality"]["turn"], 180);
  EXPECT_EQ(first["quality"]["seals"][0]["box"], (nlohmann::json{10, 20, 30, 40}));
  EXPECT_EQ(first["times"]["recognise"], 1.5);
  EXPECT_EQ(first["findings"][0]["code"], "dpi_estimated");
  EXPECT_EQ(json["pages"][1],
            (nlohmann::json{{"number", 2}, {"error", {{"code", "unavailable"}, {"message", "worker died"}}}}));
  EXPECT_EQ(json["quality"]["pages"]["recognized"], 2);
  EXPECT_EQ(json["quality"]["pages"]["failed"], 1);
  EXPECT_EQ(json["quality"]["pages"]["with_seals"], 2);
  EXPECT_EQ(json["quality"]["mean_confidence"], 96.5);
  EXPECT_EQ(json["findings"][0]["code"], "source_note");
  EXPECT_EQ(json["findings"][1]["code"], "page_failed");
  EXPECT_EQ(json["findings"][1]["first_page"], 2);
  EXPECT_EQ(json["findings"][2]["pages"], 2);
  EXPECT_TRUE(json["fields"].is_object());
  EXPECT_TRUE(json["fields"].empty());
}

/// Finds on each page what it says, and counts the pages that it was given.
class EchoExtractor : public FieldExtractor {
 public:
  class Collector : public FieldCollector {
   public:
    void add_page(const RecognizedPage& page) override {
      Field field;
      field.name = page.number.value == 1 ? FieldName::issue_date : FieldName::tax_codes;
      field.value = field.raw = "page " + std::to_string(page.number.value);
      field.page = page.number;
      field.box = {1, 2, 3, 4};
      field.confidence = 0.5F;
      field.rule = "echo";
      if (page.number.value == 1) field.review = "made up";
      found_.fields.push_back(std::move(field));
    }
    DocumentFields finish() override {
      found_.classification = {"quyet_dinh", "QĐ", "Quyết định", 0.99F, {"heading"}, {}};
      found_.findings.push_back({"field_missing", Severity::warning, "no signer"});
      return std::move(found_);
    }

   private:
    DocumentFields found_;
  };
  std::unique_ptr<FieldCollector> begin() const override { return std::make_unique<Collector>(); }
};

TEST_F(IssueDocumentTest, JsonTellsFieldsWithTheirEvidence) {
  MadePages pages({letter(), worker_died(), letter(), letter()});
  const auto issued = issue_document(document_of(pages), store_, std::make_unique<EchoExtractor>().get());
  ASSERT_TRUE(issued);
  const auto json = json_of(*issued);
  EXPECT_EQ(json["fields"]["issue_date"], (nlohmann::json{{"value", "page 1"},
                                                          {"raw", "page 1"},
                                                          {"page", 1},
                                                          {"box", {1, 2, 3, 4}},
                                                          {"confidence", 0.5},
                                                          {"rule", "echo"},
                                                          {"review", "made up"},
                                                          {"review_vi", "made up"}}));
  ASSERT_EQ(json["fields"]["tax_codes"].size(), 2U) << "the page that could not be read is left out";
  EXPECT_EQ(json["fields"]["tax_codes"][1]["value"], "page 4");
  EXPECT_FALSE(json["fields"]["tax_codes"][1].contains("review"));
  EXPECT_EQ(json["classification"]["type"], "quyet_dinh");
  EXPECT_EQ(json["classification"]["abbreviation"], "QĐ");
  EXPECT_EQ(json["classification"]["reasons"][0], "heading");
  EXPECT_EQ(json["findings"][0]["code"], "field_missing");
}

TEST_F(IssueDocumentTest, JsonTellsBarcodesAndThePartOfTheStack) {
  auto read = letter();
  read.page.barcodes = {{BarcodeFormat::qr, "034094004321|\xFFH\u01B0\u01A1ng", {10, 20, 30, 40}}};
  read.page.barcodes.resize(most_barcodes + 5, {BarcodeFormat::patch_t, "", {}});
  MadePages pages(std::vector<Result<ReadPage>>{read});
  auto document = document_of(pages);
  document.part = StackPart{2, 4, 1, "TP01"};
  const auto issued = issue_document(document, store_);
  ASSERT_TRUE(issued);
  EXPECT_EQ(issued->part, document.part);
  EXPECT_EQ(issued->title, document.source.name + "/2");
  const auto json = json_of(*issued);
  EXPECT_EQ(json["stack_part"],
            (nlohmann::json{{"number", 2}, {"first_page", 4}, {"pages", 1}, {"component", "TP01"}}));
  EXPECT_EQ(json["pages"][0]["barcodes"].size(), most_barcodes);
  EXPECT_EQ(json["pages"][0]["barcodes"][0],
            (nlohmann::json{{"format", "qr"}, {"text", "034094004321|\uFFFDHương"}, {"box", {10, 20, 30, 40}}}));
}

TEST_F(IssueDocumentTest, JsonStaysWellFormedWhateverTheText) {
  ReadPage page = letter();
  page.page.engine = "\xC3(\xFF";
  page.page.findings = {{"\xFF", Severity::note, std::string("\0\x1F\"", 3)}};
  page.page.times = {{"\xFE", 1.0}};
  page.page.blocks[0].lines[0].words[0].text = "\xED\xA0\x80\\\"";
  const auto json = json_of(issue({page, Error{ErrorCode::internal, "\xF0\x28"}}));
  EXPECT_EQ(json["pages"].size(), 2u);
}

TEST_F(IssueDocumentTest, PutsKeptApartBlocksLastAndDropsEmptyWords) {
  ReadPage page = letter();
  std::swap(page.page.blocks.front(), page.page.blocks.back());
  page.page.blocks[1].lines[0].words[0].text = "\x01";
  page.page.blocks[2].lines[0].words.clear();
  const auto json = json_of(issue({page}));
  const auto& blocks = json["pages"][0]["blocks"];
  ASSERT_EQ(blocks.size(), 4u);
  EXPECT_EQ(blocks[3]["role"], "e_signature");
  EXPECT_EQ(blocks[0]["lines"][0]["text"], "HÒA XÃ HỘI");
  EXPECT_EQ(blocks[1]["lines"].size(), 1u);
}

TEST_F(IssueDocumentTest, SameDocumentGivesTheSameObjects) {
  const auto first = issue({letter(), worker_died()});
  const auto second = issue({letter(), worker_died()});
  EXPECT_EQ(first.pdf.digest, second.pdf.digest);
  EXPECT_EQ(first.text.digest, second.text.digest);
  EXPECT_EQ(first.alto.digest, second.alto.digest);
  EXPECT_EQ(first.json.digest, second.json.digest);
}

}  // namespace
}  // namespace sohoa
