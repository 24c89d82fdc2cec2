#include "api/http/multipart.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace sohoa::http {
namespace {

/// Writes down what the parser says: "[name]" "data" "/" for each part.
class Transcript final : public MultipartSink {
 public:
  Result<void> begin_part(const PartHeader& header) override {
    if (header.name == "refused") return Error{ErrorCode::unavailable, "the sink is busy"};
    parts.push_back(header.name + "|" + stated_file_name(header.disposition).value_or("-") + "|" + header.media_type +
                    "|");
    open = true;
    return {};
  }
  Result<void> part_data(ByteView piece) override {
    EXPECT_TRUE(open);
    EXPECT_FALSE(piece.empty());
    parts.back().append(as_text(piece));
    return {};
  }
  Result<void> end_part() override {
    open = false;
    return {};
  }
  std::vector<std::string> parts;
  bool open = false;
};

struct Outcome {
  std::vector<std::string> parts;
  std::string error;  ///< "" where all is well
};

/// Parses `body`, handed over in pieces of `piece` bytes.
Outcome parse(std::string_view body, std::size_t piece, const MultipartLimits& limits = {}) {
  Transcript transcript;
  auto parser = MultipartParser::create(*parse_header_value("multipart/form-data; boundary=AaB"), limits, transcript);
  Result<void> done;
  for (std::size_t at = 0; done && at < body.size(); at += piece) done = parser->feed(as_bytes(body.substr(at, piece)));
  if (done) done = parser->finish();
  return {transcript.parts, done ? "" : done.error().message};
}

const std::string begin = "--AaB\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";

struct GoodRow {
  const char* label;
  std::string body;
  std::vector<std::string> parts;
};

const GoodRow good_rows[] = {
    {"one field", begin + "1\r\n--AaB--", {"a|-||1"}},
    {"end with CRLF", begin + "1\r\n--AaB--\r\n", {"a|-||1"}},
    {"two fields", begin + "1\r\n" + begin + "2\r\n--AaB--", {"a|-||1", "a|-||2"}},
    {"empty part", begin + "\r\n--AaB--", {"a|-||"}},
    {"no part", "--AaB--", {}},
    {"preamble and epilogue", "hello\r\n\r\n" + begin + "1\r\n--AaB--\r\nbye \r\n--AaB\r\n", {"a|-||1"}},
    {"padding after the boundary",
     "--AaB  \t\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--AaB--",
     {"a|-||1"}},
    {"data ends in CR", begin + "1\r\r\n--AaB--", {"a|-||1\r"}},
    {"data ends in CRLF", begin + "1\r\n\r\n--AaB--", {"a|-||1\r\n"}},
    {"data of line ends", begin + "\r\n\r\n\n\r\r\n\r\n--AaB--", {"a|-||\r\n\r\n\n\r\r\n"}},
    {"almost a boundary",
     begin + "\r\n--Aa\r\n--AaC\r\n-AaB\n--AaB--\r\n--AaB--",
     {"a|-||\r\n--Aa\r\n--AaC\r\n-AaB\n--AaB--"}},
    {"a longer boundary is data", begin + "x\r\n--AaBc\r\n--AaB--", {"a|-||x\r\n--AaBc"}},
    {"a longer boundary just before the end", begin + "x\r\n--AaB\r\r\n--AaB--", {"a|-||x\r\n--AaB\r"}},
    {"file",
     "--AaB\r\ncontent-disposition: FORM-DATA; name=file; filename=\"a;b.pdf\"\r\nCONTENT-TYPE: Application/PDF; "
     "x=y\r\nX-Other: 1\r\n\r\n%\r\n--AaB--",
     {"file|a;b.pdf|application/pdf|%"}},
    {"binary encoding",
     "--AaB\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: binary\r\n\r\n1\r\n--AaB--",
     {"a|-||1"}},
};

TEST(MultipartParser, ReadsPartsHoweverTheyAreCutIntoPieces) {
  for (const auto& row : good_rows) {
    for (std::size_t piece = 1; piece <= row.body.size(); ++piece) {
      const auto outcome = parse(row.body, piece);
      EXPECT_EQ(outcome.error, "") << row.label << " by " << piece;
      EXPECT_EQ(outcome.parts, row.parts) << row.label << " by " << piece;
    }
  }
}

struct BadRow {
  const char* label;
  std::string body;
  const char* error;  ///< a part of the message
};

const std::string line_end = "\r\n";
const BadRow bad_rows[] = {
    {"nothing", "", "before its closing boundary"},
    {"no boundary", "just text", "before its closing boundary"},
    {"no closing boundary", begin + "1\r\n", "before its closing boundary"},
    {"half a closing boundary", begin + "1\r\n--AaB-", "before its closing boundary"},
    {"ends in a header", "--AaB\r\nContent-Dis", "before its closing boundary"},
    {"bare LF in the header", "--AaB\r\nContent-Disposition: form-data; name=a\n\n1\r\n--AaB--\r\n\r\n",
     "control character"},
    {"bare LF after the boundary", "--AaB \nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--AaB--",
     "text after a boundary"},
    {"text after the boundary", "--AaB x\r\n", "text after a boundary"},
    {"no disposition", "--AaB\r\nContent-Type: text/plain\r\n\r\n1\r\n--AaB--", "without a form-data name"},
    {"no name", "--AaB\r\nContent-Disposition: form-data; filename=x\r\n\r\n1\r\n--AaB--", "without a form-data name"},
    {"attachment", "--AaB\r\nContent-Disposition: attachment; name=x\r\n\r\n1\r\n--AaB--", "without a form-data name"},
    {"two dispositions",
     "--AaB\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\n",
     "two Content-Disposition"},
    {"no colon", "--AaB\r\nnonsense\r\n\r\n", "without a name"},
    {"folded line", "--AaB\r\nContent-Disposition: form-data;\r\n name: a\r\n\r\n", "white space in a part header"},
    {"space before the colon", "--AaB\r\nContent-Disposition : form-data; name=a\r\n\r\n",
     "white space in a part header"},
    {"open quote", "--AaB\r\nContent-Disposition: form-data; name=\"a\r\n\r\n", "quoted string without end"},
    {"base64",
     "--AaB\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==\r\n--AaB--",
     "transfer-encoded"},
    {"endless header line", "--AaB\r\nX: " + std::string(10'000, 'x'), "part header longer"},
    {"long header in all", "--AaB\r\nX: " + std::string(5'000, 'x') + "\r\nY: " + std::string(5'000, 'x') + "\r\n\r\n",
     "part header longer"},
    {"many header lines",
     "--AaB\r\nA:1\r\nA:1\r\nA:1\r\nA:1\r\nA:1\r\nA:1\r\nA:1\r\nA:1\r\nA:1\r\nA:1\r\nA:1\r\nA:1\r\nA:1\r\nA:1\r\nA:"
     "1\r\nA:1\r\nA:1\r\n",
     "too many header lines"},
    {"endless preamble", std::string(10'000, 'x') + begin, "no boundary at its beginning"},
    {"endless padding", "--AaB" + std::string(100, ' ') + "\r\n", "white space after a boundary"},
    {"the sink refuses", "--AaB\r\nContent-Disposition: form-data; name=refused\r\n\r\n1\r\n--AaB--",
     "the sink is busy"},
};

TEST(MultipartParser, RefusesWhatIsMalformedHoweverItIsCut) {
  for (const auto& row : bad_rows) {
    for (const std::size_t piece : {1UL, 2UL, 3UL, 7UL, 64UL, 100'000UL}) {
      const auto outcome = parse(row.body, piece);
      EXPECT_NE(outcome.error.find(row.error), std::string::npos)
          << row.label << " by " << piece << ": " << outcome.error;
    }
  }
}

TEST(MultipartParser, LimitsTheNumberOfParts) {
  MultipartLimits limits;
  limits.parts = 2;
  EXPECT_EQ(parse(begin + "1\r\n" + begin + "2\r\n--AaB--", 5, limits).error, "");
  EXPECT_NE(parse(begin + "1\r\n" + begin + "2\r\n" + begin + "3\r\n--AaB--", 5, limits).error, "");
}

TEST(MultipartParser, NeedsABoundaryThatRfc2046Allows) {
  struct Row {
    std::string type;
    bool good;
  };
  const Row rows[] = {
      {"multipart/form-data; boundary=x", true},
      {"multipart/form-data; BOUNDARY=\"a b:c\"", true},
      {"multipart/form-data; boundary=" + std::string(70, 'x'), true},
      {"multipart/form-data; boundary=" + std::string(71, 'x'), false},
      {"multipart/form-data; boundary=\"\"", false},
      {"multipart/form-data; boundary=\"a \"", false},
      {"multipart/form-data; boundary=\"a\\\"b\"", false},
      {"multipart/form-data", false},
  };
  Transcript transcript;
  for (const auto& row : rows)
    EXPECT_EQ(MultipartParser::create(*parse_header_value(row.type), {}, transcript).has_value(), row.good) << row.type;
}

TEST(MultipartParser, GivesBackRandomDataThatIsFullOfBoundaryPieces) {
  std::mt19937 random(7);
  const std::string_view pieces[] = {"\r", "\n", "-", "--", "A", "AaB", "\r\n--AaB", "\r\n--Aa", "x"};
  for (int round = 0; round < 300; ++round) {
    std::string data;
    for (int i = 0; i < 40; ++i) data += pieces[random() % std::size(pieces)];
    // What would end the part is no data.
    for (const std::string_view end : {"\r\n--AaB\r\n", "\r\n--AaB--"})
      for (auto at = data.find(end); at != std::string::npos; at = data.find(end)) data.replace(at, end.size(), "y");
    data += "z";
    const auto outcome = parse(begin + data + "\r\n--AaB--", 1 + random() % 30);
    EXPECT_EQ(outcome.error, "");
    ASSERT_EQ(outcome.parts, std::vector<std::string>{"a|-||" + data});
  }
}

}  // namespace
}  // namespace sohoa::http
