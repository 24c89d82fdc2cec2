// Real scans: what an officer is asked about, what setting it right does to every result, and that it stays.
#include <thread>

#include "tests/support/sohoa_program.hpp"

namespace sohoa {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class ReviewTest : public SohoaProgram {
 protected:
  std::string archived(const std::string& file) {
    const auto lines = digitize({file});
    return lines.at(file).at("document");
  }
  json review(const std::string& document) {
    const auto ended = sohoa({"review", document, "--json"});
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    return json::parse(ended.out);
  }
  std::string get(const std::string& document, const std::string& as, const std::string& version = "") {
    const auto file = folder_ / ("got." + as);
    std::vector<std::string> arguments{"get", document, "--as", as, "--out", file.string()};
    if (!version.empty()) arguments.insert(arguments.end(), {"--version", version});
    EXPECT_EQ(sohoa(arguments).exit_code, 0);
    return testing_support::read_text(file);
  }
  int correct(const std::string& document, std::vector<std::string> more) {
    more.insert(more.begin(), {"correct", document});
    const auto ended = sohoa(more);
    error_text_ = ended.err;
    return ended.exit_code;
  }
  /// The place of the first doubtful word that is one word of letters, as `--word` takes it.
  static std::string place_of(const json& asked) {
    const auto& box = asked.at("box");
    return asked.at("page").dump() + ":" + box[0].dump() + "," + box[1].dump() + "," + box[2].dump() + "," +
           box[3].dump();
  }
  static std::vector<json> words_of(const json& result) {
    std::vector<json> words;
    for (const auto& page : result.at("pages")) {
      for (const auto& block : page.at("blocks")) {
        for (const auto& line : block.at("lines")) {
          for (const auto& word : line.at("words")) words.push_back(word);
        }
      }
    }
    return words;
  }
  static std::vector<std::string> corrected_in(const json& result) {
    std::vector<std::string> texts;
    for (const auto& word : words_of(result)) {
      if (word.contains("corrected")) texts.push_back(word.at("text"));
    }
    return texts;
  }
};

TEST_F(ReviewTest, AsksAboutFewWordsAndWhatAPenWrote) {
  const auto document = archived(shared("vi/scans-signed/22TTr-2025.pdf"));
  const auto asked = review(document);
  EXPECT_EQ(asked.at("version"), 1);
  EXPECT_GT(asked.at("words"), 300);
  EXPECT_GT(asked.at("asked").size(), 0U);
  EXPECT_LT(asked.at("asked").size(), asked.at("words").get<std::size_t>() / 4);
  for (const auto& word : asked.at("asked")) {
    EXPECT_LT(word.at("certainty"), 0.98);
    EXPECT_THAT(word.at("line").get<std::string>(), HasSubstr(word.at("text").get<std::string>()));
  }
  std::set<std::string> fields;
  for (const auto& field : asked.at("fields")) fields.insert(field.at("name").get<std::string>());
  EXPECT_TRUE(fields.contains("number_symbol")) << "its number is written by pen";
}

TEST_F(ReviewTest, ACorrectionReachesEveryResultAndStays) {
  const auto document = archived(shared("vi/scans-signed/22TTr-2025.pdf"));
  const auto before = json::parse(get(document, "json"));
  const auto asked = review(document);
  const auto word = asked.at("asked").at(0);
  ASSERT_EQ(correct(document, {"--officer", "cb-01", "--word", place_of(word) + "=ĐƯỢCSỬA", "--field",
                               "number_symbol=22/TTr-UBND"}),
            0)
      << error_text_;

  EXPECT_THAT(get(document, "text"), HasSubstr("ĐƯỢCSỬA"));
  EXPECT_THAT(get(document, "alto"), HasSubstr("ĐƯỢCSỬA"));
  EXPECT_THAT(get(document, "text", "1"), Not(HasSubstr("ĐƯỢCSỬA")));
  (void)get(document, "pdf");
  const auto pdf = (folder_ / "got.pdf").string();
  EXPECT_THAT(testing_support::run({"pdftotext", pdf, "-"}).out, HasSubstr("ĐƯỢCSỬA"));
  EXPECT_EQ(testing_support::run({"qpdf", "--check", pdf}).exit_code, 0);
  const auto after = json::parse(get(document, "json"));
  const auto number = after.at("fields").at("number_symbol");
  EXPECT_EQ(number.at("value"), "22/TTr-UBND");
  EXPECT_FALSE(number.contains("review"));
  EXPECT_EQ(number.at("corrected").at("by"), "cb-01");
  EXPECT_EQ(number.at("corrected").at("was"), before.at("fields").at("number_symbol").at("value"));
  EXPECT_THAT(corrected_in(after), ElementsAre("ĐƯỢCSỬA"));
  // Nothing else moved.
  const auto words = words_of(before), words_now = words_of(after);
  ASSERT_EQ(words.size(), words_now.size());
  int changed = 0;
  for (std::size_t i = 0; i < words.size(); ++i) changed += words[i] == words_now[i] ? 0 : 1;
  EXPECT_EQ(changed, 1);
  const auto left = review(document);
  EXPECT_EQ(left.at("version"), 2);
  EXPECT_EQ(left.at("asked").size() + 1, asked.at("asked").size());

  ASSERT_EQ(correct(document, {"--officer", "cb-02", "--read-again"}), 0) << error_text_;
  const auto read_again = json::parse(get(document, "json"));
  EXPECT_THAT(corrected_in(read_again), ElementsAre("ĐƯỢCSỬA"));
  EXPECT_EQ(read_again.at("fields").at("number_symbol").at("value"), "22/TTr-UBND");
  EXPECT_EQ(review(document).at("version"), 3);
  EXPECT_EQ(sohoa({"check"}).exit_code, 0);

  const auto once_more = digitize({shared("vi/scans-signed/22TTr-2025.pdf")});
  EXPECT_EQ(once_more.begin()->second.at("document"), document);
  EXPECT_THAT(output("22TTr-2025.txt"), HasSubstr("ĐƯỢCSỬA")) << "known bytes give the newest version";
}

TEST_F(ReviewTest, RefusesWhatIsNotThereOrWasLookedAtTooEarly) {
  const auto document = archived(shared("vi/scans-signed/47QD-2025.pdf"));
  EXPECT_EQ(correct(document, {"--officer", "cb-01", "--word", "9:1,1,10,10=x"}), 1);
  EXPECT_THAT(error_text_, HasSubstr("page 9"));
  EXPECT_EQ(correct(document, {"--officer", "cb-01", "--word", "1:1,1,10=x"}), 1);
  EXPECT_EQ(correct(document, {"--officer", "cb-01"}), 1);
  EXPECT_EQ(correct(document, {"--word", "1:1,1,10,10=x"}), 1);
  EXPECT_EQ(correct(document, {"--officer", "cb-01", "--field", "sender=x"}), 1);
  EXPECT_EQ(correct(std::string(32, '0'), {"--officer", "cb-01", "--word", "1:1,1,10,10=x"}), 1);
  EXPECT_EQ(correct(document, {"--officer", "cb-01", "--field", "place=Huế", "--version", "1"}), 0) << error_text_;
  EXPECT_EQ(correct(document, {"--officer", "cb-02", "--field", "place=Vinh", "--version", "1"}), 1);
  EXPECT_THAT(error_text_, HasSubstr("version 2"));
  EXPECT_EQ(review(document).at("version"), 2);
  EXPECT_EQ(sohoa({"check"}).exit_code, 0);
}

TEST_F(ReviewTest, ADocumentOutOfAStackIsItsOwn) {
  const auto stack = shared("vi/scans-signed/22TTr-2025.pdf");
  const auto ended = sohoa({"digitize", stack, "--split", "1", "--json"});
  std::istringstream text(ended.out);
  std::vector<std::string> parts;
  for (std::string line; std::getline(text, line);) {
    const auto one = json::parse(line);
    if (one.value("document", json()).is_string()) parts.push_back(one.at("document"));
  }
  ASSERT_GT(parts.size(), 1U);
  const auto before = get(parts[1], "text");
  ASSERT_EQ(correct(parts[1], {"--officer", "cb-01", "--read-again", "--field", "place=Huế"}), 0) << error_text_;
  EXPECT_EQ(get(parts[1], "text"), before) << "read again, the second page of the stack is what it was";
  ASSERT_EQ(correct(parts[1], {"--officer", "cb-01", "--field", "place=Vinh"}), 0) << error_text_;
  EXPECT_EQ(json::parse(get(parts[1], "json")).at("fields").at("place").at("value"), "Vinh");
  EXPECT_EQ(sohoa({"check"}).exit_code, 0);
}

}  // namespace
}  // namespace sohoa
