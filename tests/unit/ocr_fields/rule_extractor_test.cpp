#include "ocr/fields/rule_extractor.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/ocr_fields/made_page.hpp"

namespace sohoa {
namespace {

using fields::MadePage;

DocumentFields fields_of(const std::vector<MadePage>& pages) {
  const auto collector = RuleFieldExtractor().begin();
  for (const auto& page : pages) collector->add_page(page.page());
  return collector->finish();
}

std::string value(const DocumentFields& found, FieldName name) {
  const auto* field = found.find(name);
  return field == nullptr ? "(none)" : field->value;
}

MadePage decision() {
  return fields::made_decision({"Về việc phê duyệt kế hoạch số hóa"});
}
MadePage signature(std::uint32_t page, const std::string& name) {
  return MadePage(page)
      .paragraph(80)
      .at(80, 300, "Nơi nhận:")
      .at(80, 314, "- Như Điều 3;")
      .at(390, 300, "CHỦ TỊCH")
      .at(370, 400, name);
}

TEST(RuleExtractor, FindsADecisionsFieldsWithTheirEvidence) {
  const auto found = fields_of({decision(), signature(2, "Lê Văn Mẫu")});
  EXPECT_EQ(value(found, FieldName::issuing_agency), "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG");
  EXPECT_EQ(value(found, FieldName::number_symbol), "47/QĐ-UBND");
  EXPECT_EQ(value(found, FieldName::issue_date), "2025-01-17");
  EXPECT_EQ(value(found, FieldName::place), "Cao Bằng");
  EXPECT_EQ(value(found, FieldName::document_type), "QUYẾT ĐỊNH");
  EXPECT_EQ(value(found, FieldName::abstract), "Về việc phê duyệt kế hoạch số hóa");
  EXPECT_EQ(value(found, FieldName::signer_name), "Lê Văn Mẫu");
  EXPECT_EQ(value(found, FieldName::signer_title), "CHỦ TỊCH");
  EXPECT_EQ(value(found, FieldName::recipients), "Như Điều 3");
  EXPECT_EQ(found.classification.type, "quyet_dinh");
  EXPECT_EQ(found.classification.reasons.size(), 2U) << "heading and symbol agree";
  for (const auto& field : found.fields) {
    EXPECT_FALSE(field.needs_review()) << name_of(field.name) << field.review;
    EXPECT_GT(field.confidence, 0.9F) << name_of(field.name);
    EXPECT_FALSE(field.raw.empty() || field.box.empty() || field.rule.empty()) << name_of(field.name);
  }
  const auto* number = found.find(FieldName::number_symbol);
  EXPECT_EQ(number->raw, "Số: 47/QĐ-UBND");
  EXPECT_EQ(number->box.x, 105);
  EXPECT_EQ(found.find(FieldName::signer_name)->page.value, 2U);
}

TEST(RuleExtractor, AsksAboutWordsThatTheReaderDoubtsButNotWhereAListDecides) {
  auto head = fields::made_decision({"Về việc phê duyệt kế hoạch"});
  auto foot = signature(2, "Lê Văn Mẫu");
  for (auto* page : {&head.change(), &foot.change()}) {
    for (auto& block : page->blocks) {
      for (auto& word : block.lines[0].words) word.certainty = 0.7F;
    }
  }
  const auto found = fields_of({head, foot});
  EXPECT_TRUE(found.find(FieldName::signer_name)->needs_review());
  EXPECT_TRUE(found.find(FieldName::abstract)->needs_review());
  EXPECT_FALSE(found.find(FieldName::issuing_agency)->needs_review());
  EXPECT_FALSE(found.find(FieldName::signer_title)->needs_review());
}

TEST(RuleExtractor, AsksAboutANameThatOnlyARareFamilyNameIsNear) {
  const auto found = fields_of({decision(), signature(2, "Quang Văn Mẫu")});
  EXPECT_EQ(value(found, FieldName::signer_name), "Quang Văn Mẫu");
  EXPECT_TRUE(found.find(FieldName::signer_name)->needs_review());
}

TEST(RuleExtractor, AsksAboutLettersAmongTheDigitsOfAFilesCode) {
  for (const auto& [code, asked] : {std::pair{"TH17", false}, {"THỊ7", true}, {"KTN2I18", true}, {"NCbdv205", false}}) {
    auto foot = signature(2, "Lê Văn Mẫu");
    foot.at(80, 328, std::string("- Lưu: VT, ") + code + ".");
    const auto found = fields_of({decision(), foot});
    const auto last = std::find_if(found.fields.rbegin(), found.fields.rend(),
                                   [](const Field& field) { return field.name == FieldName::recipients; });
    ASSERT_NE(last, found.fields.rend());
    EXPECT_EQ(last->needs_review(), asked) << code << " " << last->value;
  }
}

TEST(RuleExtractor, MendsWhatAStampTookFromTheAbstractsBeginning) {
  EXPECT_EQ(value(fields_of({fields::made_decision({"việc phê duyệt kế hoạch số hóa hồ sơ"})}), FieldName::abstract),
            "Về việc phê duyệt kế hoạch số hóa hồ sơ");
}

TEST(RuleExtractor, TakesTheDocumentsOwnSignatureAndNotThatOfAnAttachedDraft) {
  auto draft = signature(3, "Trần Thị Khác");
  draft.motto();
  EXPECT_EQ(value(fields_of({decision(), signature(2, "Lê Văn Mẫu"), draft}), FieldName::signer_name), "Lê Văn Mẫu");
  EXPECT_EQ(value(fields_of({decision(), draft}), FieldName::signer_name), "(none)");
}

TEST(RuleExtractor, ReadsOnWhereTheTextSpeaksOfTheRepublic) {
  auto last = signature(2, "Lê Văn Mẫu");
  last.at(80, 60, "hòa xã hội chủ nghĩa Việt Nam và các quốc gia");
  EXPECT_EQ(value(fields_of({decision(), last}), FieldName::signer_name), "Lê Văn Mẫu");
}

TEST(RuleExtractor, KnowsALetterByItsForm) {
  const auto found = fields_of({MadePage()
                                    .at(105, 86, "SỞ NỘI VỤ")
                                    .at(105, 118, "Số: 15/SNV-VX")
                                    .at(95, 136, "V/v công bố danh mục")
                                    .at(100, 152, "thủ tục hành chính")
                                    .motto()
                                    .centered(200, "Kính gửi: Ủy ban nhân dân tỉnh")
                                    .paragraph(230)});
  EXPECT_EQ(found.classification.type, "cong_van");
  EXPECT_EQ(value(found, FieldName::document_type), "Công văn");
  EXPECT_EQ(value(found, FieldName::abstract), "V/v công bố danh mục thủ tục hành chính");
  EXPECT_EQ(value(found, FieldName::addressees), "Ủy ban nhân dân tỉnh");
}

TEST(RuleExtractor, SendsWhatDisagreesToReview) {
  auto page = MadePage().at(105, 118, "Số: 47/BC-UBND").motto().centered(160, "KẾ HOẠCH").paragraph(220);
  const auto found = fields_of({page});
  EXPECT_EQ(found.classification.type, "ke_hoach");
  EXPECT_FALSE(found.classification.review.empty());

  auto signed_before = decision();
  signed_before.at(400, 20, "Thời gian ký: 16/01/2025 08:15:24", BlockRole::e_signature);
  EXPECT_TRUE(fields_of({signed_before}).find(FieldName::issue_date)->needs_review());
  auto signed_after = decision();
  signed_after.at(400, 20, "Thời gian ký: 18/01/2025 08:15:24", BlockRole::e_signature);
  EXPECT_FALSE(fields_of({signed_after}).find(FieldName::issue_date)->needs_review());
}

TEST(RuleExtractor, DoubtsAPlaceThatIsWrittenOtherwiseInTheIssuersName) {
  const auto page = [](const std::string& issuer, const std::string& place) {
    return MadePage()
        .at(100, 70, "ỦY BAN NHÂN DÂN")
        .at(105, 86, issuer)
        .at(105, 118, "Số: 47/QĐ-UBND")
        .motto()
        .at(310, 118, place + ", ngày 17 tháng 01 năm 2025")
        .centered(160, "QUYẾT ĐỊNH")
        .paragraph(240);
  };
  EXPECT_TRUE(fields_of({page("XÃ BA BỂ", "Ba Bế")}).find(FieldName::place)->needs_review());
  EXPECT_TRUE(fields_of({page("XÃ BA BỂ", "Ba Bế")}).find(FieldName::issuing_agency)->needs_review());
  EXPECT_FALSE(fields_of({page("XÃ BA BỂ", "Ba Bể")}).find(FieldName::place)->needs_review());
  EXPECT_FALSE(fields_of({page("XÃ THƯỢNG HÒA", "Thượng Hoà")}).find(FieldName::place)->needs_review());
  EXPECT_FALSE(fields_of({page("SỞ NỘI VỤ", "Ba Bế")}).find(FieldName::place)->needs_review());
}

TEST(RuleExtractor, TellsWhatAnAdministrativeDocumentLacks) {
  const auto found = fields_of({decision()});
  ASSERT_EQ(found.findings.size(), 2U);
  EXPECT_EQ(found.findings[0].code, "field_not_found");
  EXPECT_EQ(found.findings[0].message, "signer_title was not found");
  EXPECT_TRUE(fields_of({decision(), signature(2, "Lê Văn Mẫu")}).findings.empty());
  EXPECT_TRUE(fields_of({MadePage().motto().centered(160, "GIẤY KHAI SINH")}).findings.empty());
}

TEST(RuleExtractor, FindsMarkingsAmongStampsAndOnlyInCapitals) {
  auto page = decision();
  page.at(60, 150, "HỎA TỐC", BlockRole::stamp).at(60, 170, "MẬT").at(60, 190, "Khẩn");
  const auto found = fields_of({page});
  EXPECT_EQ(value(found, FieldName::urgency), "HỎA TỐC");
  EXPECT_EQ(value(found, FieldName::secrecy), "MẬT");
}

TEST(RuleExtractor, AsksAboutAMarkingWhoseStampWasNotReadClearly) {
  for (const auto& [read, right] : {std::pair{"KHẨN Ì", "KHẨN"}, {"HỏA Tốc", "HỎA TỐC"}}) {
    auto page = decision();
    page.at(60, 150, read);
    const auto found = fields_of({page});
    EXPECT_EQ(value(found, FieldName::urgency), right);
    EXPECT_TRUE(found.find(FieldName::urgency)->needs_review());
  }
}

TEST(RuleExtractor, AsksAboutARecipientThatMayLackAComma) {
  for (const char* recipient : {"- Các sở, ban ngành tỉnh;", "- UBND các xã phường;", "- CT; PCT UBND tỉnh;",
                                "- CT. PCT UBND tỉnh;", "- Lưu: VT, NC§6."}) {
    auto page = MadePage(2).paragraph(80).at(80, 300, "Nơi nhận:").at(80, 314, recipient).at(390, 300, "CHỦ TỊCH");
    const auto found = fields_of({decision(), page});
    ASSERT_NE(found.find(FieldName::recipients), nullptr);
    EXPECT_TRUE(found.find(FieldName::recipients)->needs_review()) << recipient;
  }
}

struct Sentence {
  std::string name, first, second, value;
};
class ValidityTest : public testing::TestWithParam<Sentence> {};

TEST_P(ValidityTest, IsAnIntervalOrADuration) {
  auto page = GetParam().first.find("giá trị") == std::string::npos
                  ? decision()
                  : MadePage().motto().centered(160, "GIẤY XÁC NHẬN").paragraph(240);
  page.at(80, 600, GetParam().first).at(80, 618, GetParam().second);
  EXPECT_EQ(value(fields_of({page}), FieldName::validity), GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(
    Sentences, ValidityTest,
    testing::Values(
        Sentence{"from_signing", "Quyết định này có hiệu lực thi hành kể từ ngày ký.", "x", "2025-01-17/.."},
        Sentence{"from_a_day", "Quyết định này có hiệu lực kể từ", "ngày 01 tháng 02 năm 2025.", "2025-02-01/.."},
        Sentence{"from_digits", "Quyết định này có hiệu lực từ ngày 01/02/2025.", "x", "2025-02-01/.."},
        Sentence{"months", "Giấy này có giá trị sử dụng trong thời", "hạn 6 tháng, kể từ ngày cấp.", "P6M"},
        Sentence{"years", "Thẻ có giá trị trong thời hạn 05 năm", "x", "P05Y"},
        Sentence{"until", "Có giá trị đến: 04/05/2030", "x", "../2030-05-04"},
        Sentence{"no_end", "Phiếu có giá trị không thời hạn.", "x", "unlimited"},
        Sentence{"quoted", "Thông tư này có hiệu lực từ ngày 01/07/2014.", "x", "(none)"},
        Sentence{"of_another_document", "Luật Đất đai có hiệu lực từ ngày 01/07/2014.", "x", "(none)"},
        Sentence{"impossible_day", "Quyết định này có hiệu lực từ ngày 31/02/2025.", "x", "(none)"}),
    [](const auto& test) { return test.param.name; });

struct Identifier {
  std::string name;
  std::vector<std::string> lines;
  FieldName field;
  std::string value;
  bool sure;
};
class IdentifierTest : public testing::TestWithParam<Identifier> {};

TEST_P(IdentifierTest, IsSureOnlyWhereSomethingChecksIt) {
  auto page = decision();
  int y = 580;
  for (const auto& line : GetParam().lines) page.at(80, y += 18, line);
  const auto found = fields_of({page});
  EXPECT_EQ(value(found, GetParam().field), GetParam().value);
  const auto* field = found.find(GetParam().field);
  EXPECT_EQ(field != nullptr && !field->needs_review(), GetParam().sure);
}

INSTANTIATE_TEST_SUITE_P(
    Lines, IdentifierTest,
    testing::Values(
        Identifier{"tax_code", {"Mã số thuế: 0100047516"}, FieldName::tax_codes, "0100047516", true},
        Identifier{"branch", {"MST 0100047516-001, Chi nhánh Nam Sơn"}, FieldName::tax_codes, "0100047516-001", true},
        Identifier{"label_on_the_line_before",
                   {"Mã số doanh nghiệp:", "0100047516"},
                   FieldName::tax_codes,
                   "0100047516",
                   true},
        Identifier{"wrong_check_digit", {"Mã số thuế: 0100047518"}, FieldName::tax_codes, "0100047518", false},
        Identifier{"letters_among_digits", {"Mã số thuế: O1OO047516"}, FieldName::tax_codes, "0100047516", false},
        Identifier{"tax_code_hardly_read", {"Mã số thuế: 0100047516~"}, FieldName::tax_codes, "0100047516", false},
        Identifier{"no_label", {"Tài khoản 0100047516"}, FieldName::tax_codes, "(none)", false},
        Identifier{
            "personal", {"Số định danh cá nhân: 051185000123."}, FieldName::personal_identifiers, "051185000123", true},
        Identifier{"personal_in_groups",
                   {"Căn cước công dân số 051 185 000123"},
                   FieldName::personal_identifiers,
                   "(none)",
                   false},
        Identifier{
            "personal_hardly_read", {"CCCD số 051185000123~"}, FieldName::personal_identifiers, "051185000123", false},
        Identifier{
            "no_such_province", {"CCCD số 003185000123"}, FieldName::personal_identifiers, "003185000123", false},
        Identifier{
            "person_as_tax_payer", {"Mã số thuế: 051185000123"}, FieldName::personal_identifiers, "051185000123", true},
        Identifier{
            "old_card", {"CMND số 212345678 cấp ngày 01/02/2009"}, FieldName::old_identity_numbers, "212345678", true},
        Identifier{
            "part_of_a_longer_number", {"CMND số 2123456789012345"}, FieldName::old_identity_numbers, "(none)", false},
        Identifier{"zone",
                   {"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"},
                   FieldName::travel_document_numbers,
                   "L898902C3",
                   true},
        Identifier{"zone_misread",
                   {"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898903C36UTO7408122F1204159ZE184226B<<<<<10"},
                   FieldName::travel_document_numbers,
                   "L898903C3",
                   false}),
    [](const auto& test) { return test.param.name; });

constexpr const char* card_code = "051185000123|212345678|LÊ THỊ MẪU|05031985|Nữ|Xã Hòa Lâm, Nam Sơn|01072021";

MadePage card(const std::string& code) {
  auto page = MadePage().motto().centered(130, "CĂN CƯỚC CÔNG DÂN");
  page.at(150, 180, "Số: 051185000128~").at(150, 200, "Họ và tên / Full name:").at(150, 214, "LÊ THỊ MẦU");
  page.change().barcodes.push_back({BarcodeFormat::qr, code, {450, 150, 60, 60}});
  return page;
}

TEST(RuleExtractor, TakesTheCodeOfACardForSureInsteadOfWhatWasReadBadly) {
  const auto found = fields_of({card(card_code)});
  EXPECT_EQ(value(found, FieldName::personal_identifiers), "051185000123");
  EXPECT_EQ(value(found, FieldName::old_identity_numbers), "212345678");
  EXPECT_EQ(value(found, FieldName::owner_names), "Lê Thị Mẫu");
  for (const auto name : {FieldName::personal_identifiers, FieldName::old_identity_numbers, FieldName::owner_names}) {
    const auto* field = found.find(name);
    ASSERT_NE(field, nullptr);
    EXPECT_FALSE(field->needs_review());
    EXPECT_EQ(field->box, (PixelRect{450, 150, 60, 60}));
    EXPECT_EQ(field->rule, "identifier.card_qr");
    EXPECT_EQ(field->raw, card_code);
    EXPECT_EQ(
        std::count_if(found.fields.begin(), found.fields.end(), [&](const Field& other) { return other.name == name; }),
        1)
        << "what was read badly is no second owner";
  }
}

TEST(RuleExtractor, LetsNoOtherCodeNameAnOwner) {
  EXPECT_EQ(value(fields_of({card("https://example.org/051185000123")}), FieldName::old_identity_numbers), "(none)");
  EXPECT_EQ(value(fields_of({card("003185000123||LÊ THỊ MẪU|05031985|Nữ|Nam Sơn|01072021")}),
                  FieldName::old_identity_numbers),
            "(none)");
}

struct OwnerLine {
  std::string name;
  std::vector<std::string> lines;
  std::string value;
  bool sure = false;
};
class OwnerNameTest : public testing::TestWithParam<OwnerLine> {};

TEST_P(OwnerNameTest, StandsAfterItsLabel) {
  auto page = MadePage().motto().centered(130, "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN");
  int y = 200;
  for (const auto& line : GetParam().lines) page.at(80, y += 20, line);
  const auto found = fields_of({page});
  EXPECT_EQ(value(found, FieldName::owner_names), GetParam().value);
  const auto* field = found.find(FieldName::owner_names);
  EXPECT_EQ(field != nullptr && !field->needs_review(), GetParam().sure);
}

INSTANTIATE_TEST_SUITE_P(
    Papers, OwnerNameTest,
    testing::Values(OwnerLine{"capitals", {"Họ, chữ đệm, tên: LÊ THỊ MẪU"}, "Lê Thị Mẫu", true},
                    OwnerLine{"next_label", {"Họ và tên: Lê Thị Mẫu Giới tính: Nữ"}, "Lê Thị Mẫu", true},
                    OwnerLine{"name_like_a_label", {"Họ và tên: Lê Minh Nam"}, "Lê Minh Nam", true},
                    OwnerLine{"next_line", {"Họ và tên / Full name:", "LÊ VĂN MẪU"}, "Lê Văn Mẫu", true},
                    OwnerLine{"stamp_over_the_label", {"HfÂ|/Mữ~ đệm, tên: LÊ THỊ MẪU"}, "Lê Thị Mẫu", true},
                    OwnerLine{"hardly_read", {"Họ và tên: LÊ THỊ MẪU~"}, "Lê Thị Mẫu", false},
                    OwnerLine{"no_family_name", {"Họ và tên: JOHN SMITH"}, "John Smith", false},
                    OwnerLine{"table_head", {"TT Họ và tên Chức vụ", "Lê Thị Mẫu"}, "(none)", false},
                    OwnerLine{"sentence", {"ghi rõ họ và tên: không ghi tắt"}, "(none)", false}),
    [](const auto& test) { return test.param.name; });

TEST(RuleExtractor, KeepsNoMoreThanAHundredIdentifiers) {
  const auto collector = RuleFieldExtractor().begin();
  collector->add_page(decision().page());
  for (std::uint32_t i = 0; i < 40; ++i) {
    MadePage page(i + 2);
    for (int row = 0; row < 30; ++row) {
      page.at(80, 60 + 20 * row, "CCCD số 0511850" + std::to_string(10000 + 30 * static_cast<int>(i) + row));
    }
    collector->add_page(page.page());
  }
  const auto found = collector->finish().fields;
  EXPECT_EQ(std::count_if(found.begin(), found.end(),
                          [](const Field& field) { return field.name == FieldName::personal_identifiers; }),
            100);
}

TEST(RuleExtractor, SaysNothingOfAnEmptyDocumentAndFailsOnNoPage) {
  EXPECT_TRUE(fields_of({}).fields.empty());
  EXPECT_EQ(fields_of({MadePage()}).classification.type, "");
  auto odd = MadePage().at(-2000, 90000, "Số: /").at(0, 0, "ngày tháng năm");
  odd.change().width = 0;
  odd.change().height = -5;
  EXPECT_TRUE(fields_of({odd}).classification.type.empty());
}

}  // namespace
}  // namespace sohoa
