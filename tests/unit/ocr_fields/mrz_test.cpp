#include "ocr/fields/mrz.hpp"

#include <gtest/gtest.h>

namespace sohoa::fields {
namespace {

// The specimens of ICAO 9303, part 4, appendix B and part 5, appendix B.
const std::vector<std::string> passport{"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                        "L898902C36UTO7408122F1204159ZE184226B<<<<<10"};
const std::vector<std::string> card{"I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6",
                                    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"};

TEST(Mrz, ReadsThePassportOfTheStandard) {
  const auto zone = read_mrz(passport);
  ASSERT_TRUE(zone);
  EXPECT_EQ(zone->document_number, "L898902C3");
  EXPECT_EQ(zone->country, "UTO");
  EXPECT_EQ(zone->names, "ERIKSSON ANNA MARIA");
  EXPECT_EQ(zone->birth, "740812");
  EXPECT_EQ(zone->expiry, "120415");
  EXPECT_EQ(zone->sex, 'F');
  EXPECT_EQ(zone->personal_identifier, "");
  EXPECT_TRUE(zone->all_checked);
}

TEST(Mrz, ReadsTheCardOfTheStandard) {
  const auto zone = read_mrz(card);
  ASSERT_TRUE(zone);
  EXPECT_EQ(zone->document_number, "D23145890");
  EXPECT_EQ(zone->names, "ERIKSSON ANNA MARIA");
  EXPECT_TRUE(zone->all_checked);
}

TEST(Mrz, PutsLettersRightWhereDigitsMustStandAndTheReverse) {
  auto misread = passport;
  misread[1][13] = '7';
  misread[1].replace(13, 6, "74O8I2");
  EXPECT_TRUE(read_mrz(misread)->all_checked);
  auto thin = card;
  thin[0][0] = 'T';
  EXPECT_TRUE(read_mrz(thin)->all_checked);
}

TEST(Mrz, NoticesAnyOneWrongDigit) {
  for (std::size_t i = 0; i < passport[1].size(); ++i) {
    const char c = passport[1][i];
    if (c < '0' || c > '9') continue;
    auto changed = passport;
    changed[1][i] = c == '9' ? '3' : static_cast<char>(c + 1);
    EXPECT_FALSE(read_mrz(changed)->all_checked) << i;
  }
}

TEST(Mrz, TakesShortAndLongRunsOfFillers) {
  auto shorter = card;
  shorter[2].resize(24);
  shorter[0].resize(27);
  EXPECT_TRUE(read_mrz(shorter)->all_checked);
  auto longer = passport;
  longer[0] += "<<<";
  EXPECT_EQ(read_mrz(longer)->names, "ERIKSSON ANNA MARIA");
}

TEST(Mrz, LeavesOutASpeckWhereThatMakesAVietnameseZoneCertain) {
  // Made up: 049151457246, born 1951-07-16.
  const std::vector<std::string> right{"IDVNM1514572465049151457246<<<", "5107166F1107168VNM<<<<<<<<<<<6",
                                       "VU<<HOANG<CUONG<<<<<<<<<<<<<<<"};
  ASSERT_TRUE(read_mrz(right)->all_checked);
  auto specked = right;
  specked[0] = "TDVNM41514572465049151457246<<<";
  const auto zone = read_mrz(specked);
  ASSERT_TRUE(zone);
  EXPECT_TRUE(zone->all_checked);
  EXPECT_EQ(zone->document_number, "151457246");
  EXPECT_EQ(zone->personal_identifier, "049151457246");
  // Without the second 8, too, all check digits agree, but not the two numbers.
  const auto chance = read_mrz({"I1DVNM1613369887049161336988<<<", "6108207F2108209VNM<<<<<<<<<<<0", right[2]});
  EXPECT_EQ(chance->document_number, "161336988");
  EXPECT_TRUE(chance->all_checked);
  specked[0] = "IDVNM1514572461049151457246<<<4";  // the check digit is another, too
  EXPECT_FALSE(read_mrz(specked)->all_checked);
}

TEST(Mrz, NeedsTheFormOfAZone) {
  EXPECT_FALSE(read_mrz({}));
  EXPECT_FALSE(read_mrz({passport[0]}));
  EXPECT_FALSE(read_mrz({card[0], card[1]}));
  EXPECT_FALSE(read_mrz({"XX" + card[0].substr(2), card[1], card[2]}));
}

TEST(MrzLine, IsKnownByItsAlphabet) {
  EXPECT_EQ(mrz_line("I<UTO D23145890 7<<<<<<<<<<<<<<<"), "I<UTOD231458907<<<<<<<<<<<<<<<");
  EXPECT_EQ(mrz_line("ERIKSSON«ANNA<MARIA<<<<<<<<<<"), "ERIKSSON<<ANNA<MARIA<<<<<<<<<<");
  EXPECT_EQ(mrz_line("Thực hiện nhiệm vụ được giao tại Nghị quyết"), "");
  EXPECT_EQ(mrz_line("thuc hien nhiem vu duoc giao tai nghi quyet <<"), "");
  EXPECT_EQ(mrz_line("<<<<"), "");
}

}  // namespace
}  // namespace sohoa::fields
