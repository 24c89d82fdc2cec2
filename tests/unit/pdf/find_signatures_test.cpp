#include "pipeline/pdf/find_signatures.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "pipeline/base/digest.hpp"
#include "pipeline/base/file.hpp"
#include "pipeline/base/hasher.hpp"
#include "tests/unit/pdf/signed_paper.hpp"

namespace sohoa {
namespace {

using Kind = PdfChange::Kind;
using testing::Contains;
using testing::HasSubstr;

Result<PdfSignatures> find(const MadePdf& pdf) {
  return pdf::find_signatures(as_bytes(pdf.text()));
}
PdfSignatures found_in(const MadePdf& pdf) {
  auto found = find(pdf);
  EXPECT_TRUE(found) << found.error().message;
  return found ? *std::move(found) : PdfSignatures();
}

/// What a failing test should show.
std::string told(const PdfSignatures& found) {
  std::string text;
  for (const auto& finding : found.findings) text += "\nfinding: " + finding;
  for (const auto& one : found.signatures) {
    text += "\n" + one.field + ": " + one.byte_range_fault;
    for (const auto& change : one.changes) {
      text += "\n  " + std::to_string(static_cast<int>(change.kind)) + " revision " + std::to_string(change.revision) +
              " page " + std::to_string(change.page) + ": " + change.what;
    }
  }
  return text;
}

bool is_allowed(const PdfChange& change) {
  return change.kind == Kind::signature || change.kind == Kind::validation_data;
}

Bytes digest_of(HashAlgorithm algorithm, const std::string& text, const std::vector<std::uint64_t>& range) {
  return Hasher(algorithm).update(as_bytes(text.substr(range[0], range[1]) + text.substr(range[2], range[3]))).finish();
}

TEST(FindSignatures, TellsWhatASignatureSaysAndCovers) {
  const auto pdf = SignedPaper().signed_once();
  const auto found = found_in(pdf);
  ASSERT_EQ(found.signatures.size(), 1u);
  EXPECT_EQ(found.revisions, 2u);
  EXPECT_TRUE(found.findings.empty()) << told(found);
  const auto& one = found.signatures[0];
  EXPECT_EQ(one.field, "first");
  EXPECT_EQ(one.sub_filter, "ETSI.CAdES.detached");
  EXPECT_EQ(one.name, "An");
  EXPECT_EQ(one.location, "Hanoi");
  EXPECT_EQ(one.claimed_time, "2026-11-22T22:15:03+07:00");
  EXPECT_EQ(to_hex(one.contents),
            "302906092a864886f70d010702a01c301a0201013100300b06092a864886f70d010701a002300031023000");
  EXPECT_EQ(one.byte_range_fault, "");
  EXPECT_TRUE(one.covers_file);
  EXPECT_EQ(one.revision, 2u);
  EXPECT_EQ(one.page, 1u);
  EXPECT_EQ(one.certification, 0);
  EXPECT_TRUE(one.changes.empty()) << told(found);
  EXPECT_EQ(one.sha1, digest_of(HashAlgorithm::sha1, pdf.text(), one.byte_range));
  EXPECT_EQ(one.sha256, digest_of(HashAlgorithm::sha256, pdf.text(), one.byte_range));
  EXPECT_EQ(one.sha384, digest_of(HashAlgorithm::sha384, pdf.text(), one.byte_range));
  EXPECT_EQ(one.sha512, digest_of(HashAlgorithm::sha512, pdf.text(), one.byte_range));
  const auto whole = sha256(as_bytes(pdf.text().substr(0, one.byte_range[1]) + pdf.text().substr(one.byte_range[2])));
  EXPECT_EQ(to_hex(one.sha256), whole.hex());
}

TEST(FindSignatures, FindsNoneInAnUnsignedPaper) {
  const auto found = found_in(SignedPaper().unsigned_pdf());
  EXPECT_TRUE(found.signatures.empty());
  EXPECT_TRUE(found.findings.empty()) << told(found);
}

TEST(FindSignatures, AllowsFurtherSignaturesValidationDataAndTimestamps) {
  const auto found = found_in(SignedPaper().long_term());
  ASSERT_EQ(found.signatures.size(), 3u) << told(found);
  EXPECT_EQ(found.revisions, 5u);
  EXPECT_TRUE(found.findings.empty()) << told(found);
  std::size_t left = 3;
  for (const auto& one : found.signatures) {
    EXPECT_EQ(one.byte_range_fault, "");
    EXPECT_EQ(one.covers_file, one.field == "time");
    EXPECT_EQ(one.changes.size(), left) << told(found);
    left = left == 3 ? 2 : 0;
    EXPECT_TRUE(std::all_of(one.changes.begin(), one.changes.end(), is_allowed)) << told(found);
  }
  EXPECT_EQ(found.signatures[0].changes[0].page, 1u);
  EXPECT_EQ(found.signatures[2].sub_filter, "ETSI.RFC3161");
  EXPECT_EQ(found.signatures[2].page, 0u) << "it has no extent";
  EXPECT_EQ(found.validation.certificates, (std::vector<Bytes>{{'o', 'n', 'e'}, {'f', 'o', 'u', 'r'}}));
  EXPECT_EQ(found.validation.ocsp_responses, (std::vector<Bytes>{{'t', 'w', 'o'}}));
  EXPECT_EQ(found.validation.crls, (std::vector<Bytes>{{'t', 'h', 'r', 'e', 'e'}}));
}

TEST(FindSignatures, SigningAFieldThatWasPreparedIsNoOtherChange) {
  SignedPaper paper;
  paper.base[30] = "<</Type/Annot/Subtype/Widget/FT/Sig/T(first)/Rect[300 600 500 700]/P 3 0 R/F 132>>";
  paper.base[3] = paper.first[3];
  paper.base[10] = paper.first[10];
  paper.first.erase(3);
  paper.first.erase(10);
  // A second field of the same kind, signed after the first.
  paper.base[40] = "<</Type/Annot/Subtype/Widget/FT/Sig/T(second)/Rect[300 400 500 500]/P 3 0 R/F 132>>";
  paper.base[3] = paper.second[3];
  paper.base[10] = paper.second[10];
  paper.base[43] = paper.second[43];
  paper.second.erase(3);
  paper.second.erase(10);
  const auto found = found_in(paper.signed_twice());
  ASSERT_EQ(found.signatures.size(), 2u) << told(found);
  ASSERT_EQ(found.signatures[0].changes.size(), 1u) << told(found);
  EXPECT_EQ(found.signatures[0].changes[0].kind, Kind::signature);
}

TEST(FindSignatures, TellsACertificationAndItsPermissions) {
  SignedPaper paper;
  paper.first[31] = made_signature("/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</P 1/V/1.2>>>>]");
  paper.first[1] = "<</Type/Catalog/Pages 2 0 R/Metadata 9 0 R/AcroForm 10 0 R/Perms<</DocMDP 31 0 R>>>>";
  EXPECT_EQ(found_in(paper.signed_once()).signatures.at(0).certification, 1);
}

TEST(FindSignatures, LaterMetadataAreTheirOwnKind) {
  SignedPaper paper;
  auto pdf = paper.signed_once();
  pdf.revision({{8, "<</Title(Paper)/ModDate(D:20271122221503+07'00')>>"},
                {9, made_stream("/Type/Metadata/Subtype/XML", "<y/>")}},
               paper.trailer);
  const auto found = found_in(pdf);
  ASSERT_GE(found.signatures[0].changes.size(), 2u);
  for (const auto& change : found.signatures[0].changes) EXPECT_EQ(change.kind, Kind::metadata) << told(found);
}

/// An attack on the paper once it is signed, and what must be told of it.
struct Attack {
  const char* name;
  std::function<void(MadePdf&, const SignedPaper&)> mount;
  std::optional<Kind> kind = std::nullopt;  ///< of a change after the first signature
  const char* fault = nullptr;              ///< part of the signature's fault
  const char* finding = nullptr;            ///< part of a finding
};
std::ostream& operator<<(std::ostream& out, const Attack& attack) {
  return out << attack.name;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

Attack redefines(const char* name, MadeObjects objects, Kind kind) {
  return {name, [objects](MadePdf& pdf, const SignedPaper& paper) { pdf.revision(objects, paper.trailer); }, kind};
}

const std::string page_1 = SignedPaper().first.at(3);
const std::string catalogue = SignedPaper().base.at(1);
const std::string form = SignedPaper().first.at(10);
const std::string amount_field = SignedPaper().base.at(20);
const std::string signature_field = SignedPaper().first.at(30);

const std::vector<Attack> attacks = {
    // Incremental saving attack.
    redefines("isa_contents", {{4, made_stream("", "BT /F 12 Tf 72 700 Td (Pay 900) Tj ET /S Do")}}, Kind::page),
    redefines("isa_other_contents", {{3, replaced(page_1, "/Contents 4 0 R", "/Contents 24 0 R")}}, Kind::page),
    redefines("isa_more_contents", {{3, replaced(page_1, "/Contents 4 0 R", "/Contents[4 0 R 24 0 R]")}}, Kind::page),
    redefines("isa_media_box", {{3, replaced(page_1, "[0 0 595 842]", "[0 400 595 842]")}}, Kind::page),
    redefines("isa_crop_box", {{3, replaced(page_1, "/Contents", "/CropBox[0 0 9 9]/Contents")}}, Kind::page),
    redefines("isa_rotate", {{3, replaced(page_1, "/Contents", "/Rotate 180/Contents")}}, Kind::page),
    redefines("isa_inherited_box", {{2, "<</Type/Pages/Count 2/Kids[3 0 R 5 0 R]/CropBox[0 0 9 9]>>"}}, Kind::page),
    redefines("isa_page_removed", {{2, "<</Type/Pages/Count 1/Kids[3 0 R]>>"}}, Kind::page),
    redefines("isa_page_added",
              {{2, "<</Type/Pages/Count 3/Kids[3 0 R 5 0 R 70 0 R]>>"},
               {70, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>"}},
              Kind::page),
    redefines("isa_pages_reordered", {{2, "<</Type/Pages/Count 2/Kids[5 0 R 3 0 R]>>"}}, Kind::page),
    redefines("isa_page_twice", {{2, "<</Type/Pages/Count 3/Kids[3 0 R 5 0 R 3 0 R]>>"}}, Kind::page),
    redefines("isa_page_exchanged",
              {{2, "<</Type/Pages/Count 2/Kids[70 0 R 5 0 R]>>"}, {70, replaced(page_1, "4 0 R", "24 0 R")}}, Kind::page),
    redefines("isa_new_catalogue", {{1, replaced(catalogue, "/Pages 2 0 R", "/Pages 70 0 R")},
                                    {70, "<</Type/Pages/Count 1/Kids[5 0 R]>>"}},
              Kind::page),
    {"isa_new_root",
     [](MadePdf& pdf, const SignedPaper& paper) {
       pdf.revision({{70, "<</Type/Catalog/Pages 71 0 R/AcroForm 10 0 R>>"}, {71, "<</Type/Pages/Count 1/Kids[5 0 R]>>"}},
                    replaced(paper.trailer, "/Root 1 0 R", "/Root 70 0 R"));
     },
     Kind::page},
    {"isa_bytes_without_table",
     [](MadePdf& pdf, const SignedPaper&) { pdf.raw("4 0 obj\n" + made_stream("", "(Pay 900) Tj") + "\nendobj\n"); },
     Kind::other, nullptr, "belong to nothing"},
    {"isa_trailer_without_table",
     [](MadePdf& pdf, const SignedPaper& paper) {
       const auto table = std::to_string(pdf.last_table());
       pdf.raw("4 0 obj\n" + made_stream("", "(Pay 900) Tj") + "\nendobj\ntrailer\n<<" + paper.trailer + ">>\nstartxref\n" +
               table + "\n%%EOF\n");
     },
     std::nullopt, nullptr, "ends no revision"},
    // Shadow attacks: what was prepared before signing is swapped in.
    {"shadow_replace_font", [](MadePdf& pdf, const SignedPaper& paper) { pdf.table({{7, pdf.offset_of(25)}}, paper.trailer); },
     std::nullopt, nullptr, "another one where it is said to stand"},
    {"shadow_other_definition",
     [](MadePdf& pdf, const SignedPaper& paper) {
       // A second object 4 lay hidden in what was signed; the later table points to it.
       pdf = MadePdf().raw("4 0 obj\n" + made_stream("", "BT /F 12 Tf 72 700 Td (Pay 900) Tj ET /S Do") + "\nendobj\n");
       const auto hidden = pdf.text().find("4 0 obj");
       pdf.revision(paper.base, paper.trailer).revision(paper.first, paper.trailer).close_signature();
       pdf.table({{4, hidden}}, paper.trailer);
     },
     Kind::page},
    {"shadow_picture_that_is_an_annotation_too",
     [](MadePdf& pdf, const SignedPaper& paper) {
       // What the page shows is listed as an annotation as well, of which only the entries would be looked at.
       auto base = paper.base, first = paper.first;
       base[3] = replaced(base[3], "22 0 R]", "22 0 R 21 0 R]");
       first[3] = replaced(first[3], "22 0 R 30", "22 0 R 21 0 R 30");
       pdf = MadePdf().revision(base, paper.trailer).revision(first, paper.trailer).close_signature();
       pdf.revision({{21, made_stream("/Type/XObject/Subtype/Form/BBox[0 0 100 100]", "0 0 999 999 re f")}}, paper.trailer);
     },
     Kind::page},
    {"shadow_resources_that_are_a_field_too",
     [](MadePdf& pdf, const SignedPaper& paper) {
       auto base = paper.base, first = paper.first;
       base[3] = replaced(base[3], "<</S 21 0 R>>", " 80 0 R");
       first[3] = replaced(first[3], "<</S 21 0 R>>", " 80 0 R");
       base[4] = made_stream("", "/P Do");
       base[80] = "<</P 21 0 R/FT/Tx/T(x)/Type/Annot>>";
       base[10] = replaced(base[10], "[20 0 R", "[20 0 R 80 0 R");
       first[10] = replaced(first[10], "[20 0 R", "[20 0 R 80 0 R");
       pdf = MadePdf().revision(base, paper.trailer).revision(first, paper.trailer).close_signature();
       pdf.revision({{80, "<</P 23 0 R/FT/Tx/T(x)/Type/Annot>>"}}, paper.trailer);
     },
     Kind::page},
    {"shadow_picture_that_is_validation_data_too",
     [](MadePdf& pdf, const SignedPaper& paper) {
       pdf.revision({{1, replaced(catalogue, "/Pages", "/DSS<</Certs[21 0 R]>>/Pages")},
                     {21, made_stream("/Type/XObject/Subtype/Form/BBox[0 0 100 100]", "")}},
                    paper.trailer);
     },
     Kind::page},
    redefines("shadow_font", {{7, "<</Type/Font/Subtype/Type1/BaseFont/Courier>>"}}, Kind::page),
    redefines("shadow_hide_by_freeing", {{21, ""}}, Kind::page),
    redefines("shadow_xobject", {{21, made_stream("/Type/XObject/Subtype/Form/BBox[0 0 100 100]", "")}}, Kind::page),
    redefines("shadow_resources", {{3, replaced(page_1, "/F 7 0 R", "/F 25 0 R")}}, Kind::page),
    redefines("shadow_field_appearance", {{23, made_stream("/Type/XObject/Subtype/Form/BBox[0 0 128 20]", "(900) Tj")}},
              Kind::form_value),
    redefines("shadow_field_value", {{20, replaced(amount_field, "/V(100)", "/V(900)")}}, Kind::form_value),
    redefines("shadow_signature_appearance", {{32, made_stream("/Type/XObject/Subtype/Form/BBox[0 0 200 100]", "(CEO) Tj")}},
              Kind::annotation),
    redefines("shadow_signature_moved", {{30, replaced(signature_field, "[300 600 500 700]", "[0 0 595 842]")}}, Kind::other),
    redefines("shadow_overlay",
              {{3, replaced(page_1, "30 0 R]", "30 0 R 70 0 R]")},
               {70, "<</Type/Annot/Subtype/FreeText/Rect[0 0 595 842]/F 4/Contents(900)>>"}},
              Kind::annotation),
    // Evil annotation and sneaky signature attacks on certified papers.
    redefines("eaa_stamp",
              {{3, replaced(page_1, "30 0 R]", "30 0 R 70 0 R]")},
               {70, "<</Type/Annot/Subtype/Stamp/Rect[72 690 300 720]/F 4/AP<</N 21 0 R>>>>"}},
              Kind::annotation),
    redefines("eaa_annotation_changed", {{22, "<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/F 4/Contents(Paid)>>"}},
              Kind::annotation),
    redefines("eaa_annotation_removed", {{3, replaced(page_1, "20 0 R 22 0 R", "20 0 R")}}, Kind::annotation),
    redefines("ssa_empty_field_with_a_look",
              {{3, replaced(page_1, "30 0 R]", "30 0 R 70 0 R]")},
               {10, replaced(form, "30 0 R]", "30 0 R 70 0 R]")},
               {70, "<</Type/Annot/Subtype/Widget/FT/Sig/T(x)/Rect[72 690 300 720]/F 4/AP<</N 21 0 R>>>>"}},
              Kind::annotation),
    {"ssa_signature_over_the_page",
     [](MadePdf& pdf, const SignedPaper& paper) {
       auto second = paper.second;
       second[40] = replaced(second[40], "[300 400 500 500]", "[0 0 595 842]");
       pdf.revision(second, paper.trailer).close_signature();
     },
     Kind::annotation},
    // Everything else that a later revision may not do.
    redefines("field_added", {{10, replaced(form, "30 0 R]", "30 0 R 70 0 R]")}, {70, "<</FT/Tx/T(x)/V(1)>>"}}, Kind::other),
    {"parent_of_fields_changed",
     [](MadePdf& pdf, const SignedPaper& paper) {
       auto base = paper.base, first = paper.first;
       base[10] = replaced(base[10], "[20 0 R", "[80 0 R");
       first[10] = replaced(first[10], "[20 0 R", "[80 0 R");
       base[80] = "<</T(group)/FT/Tx/Ff 1/Kids[20 0 R]>>";
       base[20] = replaced(base[20], "/P 3 0 R", "/P 3 0 R/Parent 80 0 R");
       pdf = MadePdf().revision(base, paper.trailer).revision(first, paper.trailer).close_signature();
       pdf.revision({{80, "<</T(group)/FT/Tx/Ff 2/Kids[20 0 R]>>"}}, paper.trailer);
     },
     Kind::other},
    redefines("field_removed", {{10, replaced(form, "20 0 R 30 0 R", "30 0 R")}}, Kind::other),
    redefines("field_action", {{20, replaced(amount_field, "/F 4", "/F 4/AA<</F<</S/JavaScript/JS(x)>>>>")}}, Kind::other),
    {"signature_replaced",
     [](MadePdf& pdf, const SignedPaper& paper) {
       pdf.revision({{30, replaced(signature_field, "31 0 R", "70 0 R")}, {70, made_signature()}}, paper.trailer);
     },
     std::nullopt, "leaves out more or less", "object 31 is a signature that no field"},
    redefines("form_needs_appearances", {{10, replaced(form, "/SigFlags 3", "/SigFlags 3/NeedAppearances true")}}, Kind::other),
    redefines("form_flags_cleared", {{10, replaced(form, "/SigFlags 3", "/SigFlags 0")}}, Kind::other),
    redefines("form_font_replaced", {{10, replaced(form, "/Helv 7 0 R", "/Helv 25 0 R")}}, Kind::other),
    redefines("form_xfa", {{10, replaced(form, "/SigFlags 3", "/SigFlags 3/XFA[(a)70 0 R]")}, {70, made_stream("", "x")}},
              Kind::other),
    redefines("open_action", {{1, replaced(catalogue, "/Pages", "/OpenAction<</S/JavaScript/JS(x)>>/Pages")}}, Kind::other),
    redefines("names", {{1, replaced(catalogue, "/Pages", "/Names<</EmbeddedFiles<<>>>>/Pages")}}, Kind::other),
    redefines("layers", {{1, replaced(catalogue, "/Pages", "/OCProperties<</OCGs[]/D<<>>>>/Pages")}}, Kind::other),
    redefines("permissions", {{1, replaced(catalogue, "/Pages", "/Perms<</DocMDP 31 0 R>>/Pages")}}, Kind::other),
    redefines("additional_actions", {{3, replaced(page_1, "/Contents", "/AA<</O<</S/JavaScript/JS(x)>>>>/Contents")}}, Kind::page),
    {"validation_data_removed",
     [](MadePdf& pdf, const SignedPaper& paper) { pdf.revision(paper.validation, paper.trailer).revision({{1, catalogue}}, paper.trailer); },
     Kind::other},
    // Signature wrapping, universal forgery: the signature itself is tampered with.
    {"swa_gap_widened",
     [](MadePdf& pdf, const SignedPaper&) {
       const auto gap = pdf.text().find("/Contents <30") - 20;
       char digits[16];
       std::snprintf(digits, sizeof digits, "%010zu", gap);
       pdf.text().replace(pdf.text().find("/ByteRange [0 ") + 14, 10, digits);
     },
     std::nullopt, "leaves out more or less"},
    {"swa_contents_elsewhere",
     [](MadePdf& pdf, const SignedPaper& paper) {
       // The signed bytes stay where they are, but the field now has a dictionary that claims their ByteRange.
       const auto at = pdf.text().find("/ByteRange [");
       const auto range = pdf.text().substr(at, pdf.text().find(']', at) + 1 - at);
       auto wrapped = made_signature();
       wrapped.replace(wrapped.find("/ByteRange ["), range.size(), range);
       pdf.revision({{31, wrapped}}, paper.trailer);
     },
     std::nullopt, "leaves out more or less"},
    {"swa_second_byte_range",
     [](MadePdf& pdf, const SignedPaper& paper) {
       auto first = paper.first;
       first[31] = made_signature("/ByteRange[0 1 2 3]");
       pdf = paper.unsigned_pdf().revision(first, paper.trailer).close_signature();
     },
     std::nullopt, "key twice"},
    {"usf_no_byte_range",
     [](MadePdf& pdf, const SignedPaper&) { pdf.text() = replaced(pdf.text(), "/ByteRange [0", "/ByteRangf [0"); }, std::nullopt,
     "no ByteRange"},
    {"usf_byte_range_of_nothing",
     [](MadePdf& pdf, const SignedPaper&) { pdf.text().replace(pdf.text().find("/ByteRange [") + 12, 34, std::string(34, ' ')); },
     std::nullopt, "no ByteRange"},
    {"usf_negative",
     [](MadePdf& pdf, const SignedPaper&) { pdf.text().replace(pdf.text().find("/ByteRange [0 ") + 14, 2, "-1"); }, std::nullopt,
     "no offset"},
    {"usf_empty_contents",
     [](MadePdf& pdf, const SignedPaper&) {
       const auto at = pdf.text().find("/Contents <30") + 11;
       pdf.text().replace(at, 40, std::string(40, '0'));
       pdf.text().replace(at + 40, 46, std::string(46, '0'));
     },
     std::nullopt, "empty"},
    {"usf_no_contents", [](MadePdf& pdf, const SignedPaper&) { pdf.text() = replaced(pdf.text(), "/Contents <30", "/Contentt <30"); },
     std::nullopt, "empty"},
    {"byte_range_not_from_the_start",
     [](MadePdf& pdf, const SignedPaper&) { pdf.text() = replaced(pdf.text(), "/ByteRange [0", "/ByteRange [1"); }, std::nullopt,
     "first byte"},
    {"byte_range_beyond_the_file",
     [](MadePdf& pdf, const SignedPaper&) { pdf.text().replace(pdf.text().find("/ByteRange [0 ") + 36, 10, "0000999999"); },
     std::nullopt, "beyond the end"},
    {"byte_range_ends_early",
     [](MadePdf& pdf, const SignedPaper&) { pdf.text().replace(pdf.text().find("/ByteRange [0 ") + 36, 10, "0000000100"); },
     std::nullopt, "where no revision"},
    {"contents_as_text",
     [](MadePdf& pdf, const SignedPaper& paper) {
       auto first = paper.first;
       first[31] = replaced(made_signature(), made_cms(), "(0)");
       pdf = paper.unsigned_pdf().revision(first, paper.trailer);
     },
     std::nullopt, "not written in hexadecimal"},
    {"contents_indirect",
     [](MadePdf& pdf, const SignedPaper& paper) {
       auto first = paper.first;
       first[31] = replaced(made_signature(), "/Contents " + made_cms(), "/Contents 70 0 R/X" + made_cms());
       first[70] = made_cms();
       pdf = paper.unsigned_pdf().revision(first, paper.trailer);
     },
     std::nullopt, "not written in hexadecimal"},
    {"signature_without_a_field",
     [](MadePdf& pdf, const SignedPaper& paper) { pdf.revision({{70, made_signature()}}, paper.trailer); }, std::nullopt, nullptr,
     "no field"},
    {"one_signature_for_two_fields",
     [](MadePdf& pdf, const SignedPaper& paper) {
       pdf.revision({{10, replaced(form, "30 0 R]", "30 0 R 70 0 R]")}, {70, "<</FT/Sig/T(other)/V 31 0 R>>"}}, paper.trailer);
     },
     std::nullopt, nullptr, "another field's, too"},
    {"two_signatures_in_contents",
     [](MadePdf& pdf, const SignedPaper&) {
       const auto at = pdf.text().find(std::string(32, '0') + ">");
       pdf.text().replace(at + 4, 4, "3002");
     },
     std::nullopt, nullptr, "more than one signature"},
    // The table says what is not so.
    {"object_behind_its_revision",
     [](MadePdf& pdf, const SignedPaper& paper) {
       // Signed with an entry that points to where the attacker will write.
       pdf = paper.unsigned_pdf();
       auto first = paper.first;
       pdf.revision(first, paper.trailer);
       const auto entry = pdf.text().rfind("\n3 1\n") + 5;
       pdf.text().replace(entry, 10, "0000009000");
       pdf.close_signature();
       pdf.raw(std::string(9000 - pdf.text().size(), '\n') + "3 0 obj\n" + page_1 + "\nendobj\n");
       pdf.table({}, paper.trailer);
     },
     std::nullopt, nullptr, "behind the end of its revision"},
    {"object_twice_in_a_table",
     [](MadePdf& pdf, const SignedPaper& paper) {
       const auto offset = pdf.text().size();
       pdf.raw("4 0 obj\n" + made_stream("", "") + "\nendobj\n");
       char entry[32];
       std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", offset);
       const auto table = pdf.text().size();
       pdf.raw("xref\n4 1\n" + std::string(entry) + "4 1\n" + entry + "trailer\n<<" + paper.trailer.substr(0) + "/Size 99/Prev " +
               std::to_string(pdf.last_table()) + ">>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n");
     },
     Kind::page, nullptr, "twice in one"},
    {"key_twice",
     [](MadePdf& pdf, const SignedPaper& paper) { pdf.revision({{22, "<</Type/Annot/Subtype/Text/F 4/F 2>>"}}, paper.trailer); },
     Kind::annotation, nullptr, "object 22 has a key twice"},
    {"hidden_object",
     [](MadePdf& pdf, const SignedPaper& paper) {
       pdf.raw("71 0 obj\n<</Type/Catalog>>\nendobj\n").revision({{72, "<</A 1>>"}}, paper.trailer);
     },
     std::nullopt, nullptr, "belong to nothing"},
    {"second_catalogue", [](MadePdf& pdf, const SignedPaper& paper) { pdf.revision({{72, catalogue}}, paper.trailer); }, std::nullopt,
     nullptr, "nothing refers to object 72"},
};

class Attacks : public testing::TestWithParam<Attack> {};

TEST_P(Attacks, IsTold) {
  const auto& attack = GetParam();
  const SignedPaper paper;
  auto pdf = paper.signed_once();
  attack.mount(pdf, paper);
  const auto found = found_in(pdf);
  ASSERT_FALSE(found.signatures.empty()) << told(found);
  const auto& one = found.signatures[0];
  if (attack.kind) {
    EXPECT_EQ(one.byte_range_fault, "");
    EXPECT_FALSE(one.covers_file);
    const bool has_kind = std::any_of(one.changes.begin(), one.changes.end(),
                                      [&](const PdfChange& change) { return change.kind == *attack.kind; });
    EXPECT_TRUE(has_kind) << told(found);
  }
  if (attack.fault != nullptr) {
    EXPECT_THAT(one.byte_range_fault, HasSubstr(attack.fault));
    EXPECT_TRUE(one.sha256.empty());
  }
  if (attack.finding != nullptr) {
    EXPECT_THAT(found.findings, Contains(HasSubstr(attack.finding))) << told(found);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Attacks, testing::ValuesIn(attacks), [](const auto& row) { return row.param.name; });

TEST(FindSignatures, NoChangeOfAByteGoesUnnoticed) {
  const auto pdf = SignedPaper().long_term();
  const auto whole = found_in(pdf);
  std::mt19937 random(5);
  const auto& last = whole.signatures.back().byte_range;
  int errors = 0, faults = 0, digests = 0;
  for (int i = 0; i < 2000; ++i) {
    auto changed = pdf;
    auto at = random() % changed.text().size();
    if (at >= last[1] && at < last[2]) at = random() % last[1];
    const auto was = changed.text()[at];
    const auto is = static_cast<char>(i % 3 == 0 ? was ^ (1 << random() % 8) : static_cast<char>(random() % 256));
    if (is == was) continue;
    changed.text()[at] = is;
    const auto found = find(changed);
    if (!found || found->signatures.empty() || !found->signatures.back().covers_file) {
      ++errors;
      continue;
    }
    const auto& one = found->signatures.back();
    if (!one.byte_range_fault.empty()) {
      ++faults;
      continue;
    }
    EXPECT_NE(one.sha256, whole.signatures.back().sha256) << "byte " << at;
    ++digests;
  }
  EXPECT_GT(digests, 500);
  RecordProperty("errors", errors);
  RecordProperty("faults", faults);
}

TEST(FindSignatures, NoPieceTakenOutOrPutInGoesUnnoticed) {
  const auto pdf = SignedPaper().signed_twice();
  const auto whole = found_in(pdf);
  std::mt19937 random(6);
  for (int i = 0; i < 300; ++i) {
    auto changed = pdf;
    const auto at = random() % (changed.text().size() - 20);
    if (i % 2 == 0) {
      changed.text().erase(at, 1 + random() % 10);
    } else {
      changed.text().insert(at, std::string(1 + random() % 10, static_cast<char>('0' + random() % 10)));
    }
    const auto found = find(changed);
    if (!found) continue;
    for (const auto& one : found->signatures) {
      const bool sound = one.byte_range_fault.empty() && one.covers_file;
      if (sound) {
        EXPECT_NE(one.sha256, whole.signatures.back().sha256) << "byte " << at;
      }
    }
  }
}

TEST(FindSignatures, WhatCannotBeTakenApartIsAnError) {
  const auto code_of = [](const std::string& bytes) {
    const auto found = pdf::find_signatures(as_bytes(bytes));
    return found ? ErrorCode::internal : found.error().code;
  };
  const auto pdf = SignedPaper().signed_once();
  EXPECT_EQ(code_of(""), ErrorCode::invalid_input);
  EXPECT_EQ(code_of("not a PDF"), ErrorCode::invalid_input);
  EXPECT_EQ(code_of(pdf.text().substr(0, 700)), ErrorCode::invalid_input);
  EXPECT_EQ(code_of(replaced(pdf.text(), "/Prev ", "/Prev 1")), ErrorCode::invalid_input);
  const auto previous = pdf.text().rfind("/Prev ") + 6;
  auto circle = pdf.text();
  circle.replace(previous, circle.find('>', previous) - previous, std::to_string(pdf.last_table()));
  EXPECT_EQ(code_of(circle), ErrorCode::invalid_input);
  auto encrypted = SignedPaper();
  encrypted.trailer += "/Encrypt<</Filter/Standard>>";
  EXPECT_EQ(code_of(encrypted.signed_once().text()), ErrorCode::unsupported);
}

/// Papers as Vietnamese agencies issued and signed them.
TEST(FindSignatures, SignedPapersOfAgenciesAreWhole) {
  int papers = 0, signatures = 0;
  for (const std::string folder : {"vi/born-digital", "vi/scans-signed"}) {
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(SOHOA_SHARED_DATA) / folder)) {
      if (entry.path().extension() != ".pdf") continue;
      ++papers;
      const auto bytes = read_file(entry.path(), 100'000'000);
      ASSERT_TRUE(bytes);
      const auto found = pdf::find_signatures(*bytes);
      ASSERT_TRUE(found) << entry.path() << found.error().message;
      EXPECT_TRUE(found->findings.empty()) << entry.path() << told(*found);
      EXPECT_FALSE(found->signatures.empty()) << entry.path();
      for (const auto& one : found->signatures) {
        ++signatures;
        EXPECT_EQ(one.byte_range_fault, "") << entry.path();
        EXPECT_EQ(one.covers_file, &one == &found->signatures.back());
        EXPECT_FALSE(one.claimed_time.empty());
        EXPECT_GT(one.page, 0u);
        for (const auto& change : one.changes) {
          EXPECT_TRUE(is_allowed(change) || change.kind == Kind::metadata) << entry.path() << told(*found);
        }
      }
    }
  }
  EXPECT_EQ(papers, 17);
  EXPECT_EQ(signatures, 40);
}

}  // namespace
}  // namespace sohoa
