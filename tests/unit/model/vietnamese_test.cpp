#include "pipeline/model/vietnamese.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

namespace sohoa {
namespace {

TEST(InVietnamese, KeepsWhatVaries) {
  EXPECT_EQ(in_vietnamese("the page is blank"), "trang trắng");
  EXPECT_EQ(in_vietnamese("150 dpi, 200 are asked for"), "150 dpi, yêu cầu tối thiểu 200");
  EXPECT_EQ(in_vietnamese("a page of 595 x 842 points, drawn at 300 dpi"), "trang 595 x 842 điểm, dựng ở 300 dpi");
  EXPECT_EQ(in_vietnamese("later than the electronic signature of 2025-01-17"), "muộn hơn chữ ký số ngày 2025-01-17");
  EXPECT_EQ(in_vietnamese("number_symbol was not found"), "không thấy số, ký hiệu");
  EXPECT_EQ(in_vietnamese("something else"), "something else");
  EXPECT_EQ(in_vietnamese(""), "");
}

TEST(InVietnamese, NamesEveryField) {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(last_field_name); ++i) {
    const auto name = static_cast<FieldName>(i);
    EXPECT_NE(vietnamese_name_of(name), name_of(name));
    EXPECT_TRUE(names.insert(vietnamese_name_of(name)).second);
  }
}

/// The sentences that sources say to officers, by the ways in which they say them.
std::set<std::string> said_in(const std::filesystem::path& folder, const std::regex& way) {
  std::set<std::string> sentences;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".cpp") continue;
    std::ifstream file(entry.path());
    const std::string text(std::istreambuf_iterator<char>(file), {});
    for (std::sregex_iterator it(text.begin(), text.end(), way), end; it != end; ++it) sentences.insert((*it)[1]);
  }
  return sentences;
}

TEST(InVietnamese, KnowsEveryReasonForReview) {
  const std::filesystem::path fields = std::string(SOHOA_SOURCE_DIR) + "/ocr/fields";
  const auto reasons = said_in(fields, std::regex(R"re((?:send_to_review\([^;"]*|review = )"([^"]+)")re"));
  EXPECT_GT(reasons.size(), 25U);
  for (const auto& reason : reasons) {
    const auto whole = reason.ends_with(" of ") ? reason + "2025-01-17" : reason;
    EXPECT_NE(in_vietnamese(whole), whole);
  }
}

TEST(InVietnamese, KnowsEveryFindingThatIsOneSentence) {
  std::set<std::string> all;
  for (const auto* folder : {"/pipeline/decode", "/pipeline/imaging", "/pipeline/flow", "/ocr"}) {
    all.merge(said_in(std::string(SOHOA_SOURCE_DIR) + folder,
                      std::regex(R"re(Severity::(?:note|warning|error),\s*"([^"]+)"[}\)])re")));
  }
  EXPECT_GT(all.size(), 4U);
  for (const auto& sentence : all) EXPECT_NE(in_vietnamese(sentence), sentence);
}

}  // namespace
}  // namespace sohoa
