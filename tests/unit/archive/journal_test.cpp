#include "archive/journal.hpp"

#include <gtest/gtest.h>

#include "archive/merkle.hpp"
#include "tests/unit/archive/samples.hpp"

namespace sohoa {
namespace {

using test::digest_of;

IssuedDocument sample() {
  IssuedDocument document;
  document.source = {"Quyết định.pdf", digest_of("original"), 8, SourceFormat::jpeg};
  document.id = DocumentId::of(document.source.digest);
  document.dossier = "000.00.01.H12-221130-0001";
  document.digitized_at = WallTime(std::chrono::milliseconds(1'669'800'000'007));
  document.pages = 3;
  document.title = "Quyết định";
  document.source_signed = true;
  document.pdf = {digest_of("pdf"), 3};
  document.text = {digest_of("text"), 4};
  document.alto = {digest_of("alto"), 4};
  document.json = {digest_of("json"), 4};
  document.failed_pages = {{{2}, {ErrorCode::resource_exhausted, "page 2: over 25 s"}}};
  document.notes = {"line\nend \"quoted\" \\"};
  return document;
}

constexpr auto time_text = "2026-11-22T22:15:03.120+07:00";

// The bytes that FORMAT.md shows. They never change: hashes of old entries are made of them.
constexpr auto sample_entry =
    R"({"digitized_at":"2022-11-30T16:20:00.007+07:00","document":"0682c5f2076f099c34cfdd15a9e06384",)"
    R"("dossier":"000.00.01.H12-221130-0001",)"
    R"("failed_pages":[{"code":"resource_exhausted","message":"page 2: over 25 s","page":2}],"kind":"ingest",)"
    R"("notes":["line\nend \"quoted\" \\"],"original":{"media_type":"image/jpeg","name":"Quyết định.pdf",)"
    R"("sha256":"0682c5f2076f099c34cfdd15a9e063849ed437a49677e6fcc5b4198c76575be5","signed":true,"size":8},)"
    R"("pages":3,"results":{"alto":{"sha256":"ALTO","size":4},"json":{"sha256":"JSON","size":4},)"
    R"("pdf":{"sha256":"PDF","size":3},"text":{"sha256":"TEXT","size":4}},"seq":7,)"
    R"("time":"2026-11-22T22:15:03.120+07:00","title":"Quyết định"})";

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

std::string expected_entry() {
  auto text = replaced(sample_entry, "ALTO", digest_of("alto").hex());
  text = replaced(text, "JSON", digest_of("json").hex());
  text = replaced(text, "PDF", digest_of("pdf").hex());
  return replaced(text, "TEXT", digest_of("text").hex());
}

/// Its second page is blank.
Fingerprint some_fingerprint() {
  Fingerprint print;
  print.pages = {PageHash{digest_of("sheet").bytes, digest_of("content").bytes}, std::nullopt};
  print.text.words = 412;
  for (std::uint32_t i = 0; i < TextSketch::size; ++i) print.text.minima.push_back(i * 0x01020304U);
  return print;
}

TEST(JournalTest, KeepsWhatMadeAVersion) {
  auto document = sample();
  document.revision = test::some_revision(2);
  const auto entry = ingest_entry(7, time_text, document);
  EXPECT_NE(entry.find(R"("kind":"revision")"), std::string::npos);
  EXPECT_NE(entry.find(R"({"box":[10,20,30,40],"page":2,"text":"Quyết định","was":"Quyêt đinh"})"), std::string::npos);
  const auto read = canonical_record_of(entry);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->document.revision, document.revision);
  for (const auto& [what, with] :
       std::vector<std::pair<std::string, std::string>>{{R"("version":2)", R"("version":1)"},
                                                        {R"("box":[10,20,30,40])", R"("box":[10,20,30])"},
                                                        {R"("box":[10,20,30,40])", R"("box":[-10,20,30,40])"},
                                                        {R"("name":"recipients")", R"("name":"sender")"},
                                                        {R"("kind":"revision")", R"("kind":"ingest")"}}) {
    EXPECT_FALSE(canonical_record_of(replaced(entry, what, with))) << with;
  }
}

TEST(JournalTest, KeepsFingerprints) {
  auto document = sample();
  document.fingerprint = some_fingerprint();
  const auto entry = ingest_entry(7, time_text, document);
  EXPECT_NE(entry.find("\"fingerprint\":{\"pages\":[\"" + digest_of("sheet").hex() + digest_of("content").hex() +
                       "\",\"\"],\"text\":\"0000000001020304"),
            std::string::npos);
  const auto read = canonical_record_of(entry);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->document.fingerprint, document.fingerprint);

  document.fingerprint.text = {};
  EXPECT_EQ(canonical_record_of(ingest_entry(7, time_text, document))->document.fingerprint, document.fingerprint);
}

TEST(JournalTest, RefusesFingerprintsThatAreNone) {
  auto document = sample();
  document.fingerprint = some_fingerprint();
  const auto entry = ingest_entry(7, time_text, document);
  for (const auto& [what, with] : {std::pair("\"text\":\"00", "\"text\":\"0"),
                                   {"\"text\":\"00", "\"text\":\"0G"},
                                   {"\"pages\":[\"", "\"pages\":[\"0"},
                                   {"\"words\":412", "\"words\":-1"}}) {
    EXPECT_FALSE(record_of(replaced(entry, what, with))) << with;
  }
  document.fingerprint.pages.resize(Fingerprint::most_pages + 1);
  EXPECT_FALSE(record_of(ingest_entry(7, time_text, document)));
}

TEST(JournalTest, WritesTheBytesOfTheFormatDescription) {
  EXPECT_EQ(ingest_entry(7, time_text, sample()), expected_entry());
}

TEST(JournalTest, BringsTextToNfc) {
  auto document = sample();
  document.title = "Quye\xCC\x82\xCC\x81t \xC4\x91i\xCC\xA3nh";  // decomposed
  EXPECT_EQ(ingest_entry(7, time_text, document), expected_entry());
}

TEST(JournalTest, TakesMalformedTextWithoutFailing) {
  auto document = sample();
  document.source.name = "\xFF\xFE.pdf";
  const auto record = canonical_record_of(ingest_entry(0, time_text, document));
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_EQ(record->document.source.name, "\uFFFD\uFFFD.pdf");
}

TEST(JournalTest, ReadsBackEverythingItWrote) {
  const auto entry = ingest_entry(7, time_text, sample());
  const auto record = canonical_record_of(entry);
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_EQ(ingest_entry(7, time_text, record->document), entry);
  EXPECT_EQ(record->document.digitized_at, sample().digitized_at);
  EXPECT_EQ(record->document.failed_pages.at(0).error, sample().failed_pages.at(0).error);
  EXPECT_EQ(record->document.source.format, SourceFormat::jpeg);
  EXPECT_EQ(record->receipt,
            (ArchiveReceipt{sample().id, 7, merkle::leaf_hash(as_bytes(entry)), "2026-11-22T22:15:03.120+07:00"}));
}

TEST(JournalTest, KeepsThePagesOfAStacksDocument) {
  auto document = sample();
  document.part = StackPart{2, 4, 3, "TP01"};
  document.id = DocumentId::of(document.source.digest, document.part);
  const auto entry = ingest_entry(7, time_text, document);
  EXPECT_NE(entry.find(R"("part":{"component":"TP01","first_page":4,"number":2,"pages":3})"), std::string::npos);
  const auto record = canonical_record_of(entry);
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_EQ(record->document.part, document.part);
  document.part->first_page = 5;
  EXPECT_FALSE(canonical_record_of(ingest_entry(7, time_text, document))) << "its id is that of other pages";
}

struct Refused {
  const char* name;
  const char* what;
  const char* with;
  ErrorCode code = ErrorCode::data_loss;
};
class RefusedEntryTest : public ::testing::TestWithParam<Refused> {};

TEST_P(RefusedEntryTest, IsNotTakenForAnEntry) {
  const auto entry = replaced(expected_entry(), GetParam().what, GetParam().with);
  EXPECT_TRUE(test::fails_with(canonical_record_of(entry), GetParam().code));
}

INSTANTIATE_TEST_SUITE_P(
    Table, RefusedEntryTest,
    ::testing::Values(
        Refused{"Space", "\"pages\":3", "\"pages\": 3"}, Refused{"UnknownMember", "{\"dig", "{\"a\":1,\"dig"},
        Refused{"Float", "\"pages\":3", "\"pages\":3.0"}, Refused{"Negative", "\"seq\":7", "\"seq\":-7"},
        Refused{"Exponent", "\"seq\":7", "\"seq\":7e0"}, Refused{"TooManyPages", "\"pages\":3", "\"pages\":4294967296"},
        Refused{"MissingMember", "\"seq\":7,", ""},
        Refused{"OtherKind", "\"ingest\"", "\"reuse\"", ErrorCode::unsupported},
        Refused{"UnknownCode", "resource_exhausted", "resource_exhausteD"},
        Refused{"UnknownMediaType", "image/jpeg", "image/x"},
        Refused{"ShortDigest", "\"sha256\":\"0682", "\"sha256\":\"082"},
        Refused{"UpperCaseDigest", "9ed437a4", "9ED437A4"}, Refused{"MinuteSixty", "22:15:03", "22:60:03"},
        Refused{"OtherZone", "120+07:00", "120+08:00"}, Refused{"NoSuchDay", "2022-11-30", "2022-11-31"},
        Refused{"EscapedLetter", "Quyết định\"}", "Quy\\u1ebft định\"}"},
        Refused{"OtherOriginal", "\"document\":\"06", "\"document\":\"16"},
        Refused{"NotesNotText", "[\"line", "[1,\"line"}, Refused{"CutOff", "\"}", "\""},
        Refused{"Twice", "\"seq\":7", "\"seq\":6,\"seq\":7"}),
    [](const auto& one) { return one.param.name; });

TEST(JournalTest, RefusesWhatIsNoObject) {
  for (const auto* text : {"", "[]", "7", "null", "\"text\"", "{", "\xFF"}) {
    EXPECT_TRUE(test::fails_with(record_of(text), ErrorCode::data_loss)) << text;
  }
}

}  // namespace
}  // namespace sohoa
