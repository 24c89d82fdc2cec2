#include <gtest/gtest.h>

#include "api/http/problem.hpp"
#include "api/http/range.hpp"
#include "api/http/request_head.hpp"
#include "api/http/routes.hpp"
#include "api/http/target.hpp"
#include "api/http/terms.hpp"

namespace sohoa::http {
namespace {

TEST(Target, IsTakenApartAndDecoded) {
  const auto target = parse_target("/a%2Fb//c%C4%91?x=1+2&y=%26&&z&=w?");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/a%2Fb//c%C4%91");
  EXPECT_EQ(target->segments, (std::vector<std::string>{"a/b", "", "cđ"}));
  const std::vector<std::pair<std::string, std::string>> query{{"x", "1 2"}, {"y", "&"}, {"z", ""}, {"", "w?"}};
  EXPECT_EQ(target->query, query);
}

TEST(Target, IsRefusedWhereItIsMalformed) {
  for (const auto* text : {"", "*", "http://h/", "a", "/%", "/%4", "/%4g", "/%00", "/a?x=%", "/a?%zz=1"})
    EXPECT_FALSE(parse_target(text)) << text;
  EXPECT_FALSE(parse_target(std::string_view("/a\0b", 4)));
}

TEST(Target, SurvivesEncodingAndDecoding) {
  std::string all;
  for (int c = 1; c < 256; ++c) all.push_back(static_cast<char>(c));
  const auto decoded = percent_decoded(percent_encoded(all));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(*decoded, all);
}

TEST(Routes, MatchPathAndMethod) {
  struct Row {
    const char* method;
    const char* path;
    const char* pattern;  ///< "" where the path is unknown
    const char* allow;    ///< "" where the method fits
  };
  const Row rows[] = {
      {"POST", "/api/v1/submissions", "/api/v1/submissions", ""},
      {"GET", "/api/v1/submissions/7", "/api/v1/submissions/{id}", ""},
      {"HEAD", "/api/v1/documents/7/pdf", "/api/v1/documents/{id}/pdf", ""},
      {"GET", "/healthz", "/healthz", ""},
      {"HEAD", "/api/v1/submissions", "/api/v1/submissions", "POST"},
      {"DELETE", "/api/v1/documents/7", "/api/v1/documents/{id}", "GET, HEAD"},
      {"get", "/healthz", "/healthz", "GET, HEAD"},
      {"GET", "/", "", ""},
      {"GET", "/api/v1/documents/", "", ""},
      {"GET", "/api/v1/documents/7/", "", ""},
      {"GET", "/api/v1/documents/7/pdf/x", "", ""},
      {"GET", "/api/v1//documents/7", "", ""},
  };
  for (const auto& row : rows) {
    const auto found = match(routes(), row.method, parse_target(row.path)->segments);
    EXPECT_EQ(found.pattern, row.pattern) << row.path;
    EXPECT_EQ(found.route != nullptr, *row.pattern != 0 && *row.allow == 0) << row.method << row.path;
    if (found.route == nullptr) {
      EXPECT_EQ(found.allow, row.allow) << row.path;
    }
  }
  EXPECT_EQ(match(routes(), "GET", {"api", "v1", "documents", "a/b"}).parameters, std::vector<std::string>{"a/b"});
}

TEST(Problems, EveryErrorCodeHasAStatusThatIsInTheTable) {
  for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code) {
    const auto found = problem_of({static_cast<ErrorCode>(code), "x"});
    EXPECT_EQ(found.code, name_of(static_cast<ErrorCode>(code)));
    EXPECT_EQ(problem(found.status, "").status, found.status) << found.code;
  }
  EXPECT_EQ(problem_of({ErrorCode::not_found, ""}).status, 404U);
  EXPECT_EQ(problem_of({ErrorCode::unavailable, ""}).status, 503U);
  EXPECT_EQ(problem(999, "").status, 500U);
}

TEST(Problems, SurviveADetailThatIsNotUtf8) {
  const auto response = to_response(problem(400, "a\xFF\"b"), "id");
  EXPECT_NE(std::get<std::string>(response.body).find("a\xEF\xBF\xBD\\\"b"), std::string::npos);
}

TEST(Ranges, OfAnEmptyFileAreNeverSatisfiable) {
  for (const auto* range : {"bytes=0-", "bytes=0-0", "bytes=-1"})
    EXPECT_EQ(choose_range(range, 0), RangeChoice{Unsatisfiable{}}) << range;
  EXPECT_EQ(choose_range("bytes=1-0", 0), RangeChoice{WholeBody{}});
}

TEST(Ranges, StayInsideTheFileForEveryPairOfNumbers) {
  constexpr std::uint64_t size = 7;
  for (std::uint64_t first = 0; first < 10; ++first)
    for (std::uint64_t last = 0; last < 10; ++last) {
      const auto choice = choose_range("bytes=" + std::to_string(first) + "-" + std::to_string(last), size);
      if (last < first) {
        EXPECT_EQ(choice, RangeChoice{WholeBody{}});
      } else if (first >= size) {
        EXPECT_EQ(choice, RangeChoice{Unsatisfiable{}});
      } else {
        EXPECT_EQ(choice, (RangeChoice{ByteRange{first, std::min(last, size - 1) - first + 1}}));
      }
    }
}

TEST(RequestHead, FindsTheTraceIdOfAValidTraceparentOnly) {
  const std::string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
  struct Row {
    std::string text;
    bool good;
  };
  const Row rows[] = {
      {"00-" + trace + "-00f067aa0ba902b7-01", true},
      {"01-" + trace + "-00f067aa0ba902b7-01-more", true},
      {"00-" + trace + "-00f067aa0ba902b7-01-more", false},
      {"01-" + trace + "-00f067aa0ba902b7-01more", false},
      {"ff-" + trace + "-00f067aa0ba902b7-01", false},
      {"00-" + std::string(32, '0') + "-00f067aa0ba902b7-01", false},
      {"00-" + trace + "-0000000000000000-01", false},
      {"00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", false},
      {"00-" + trace + "-00f067aa0ba902b7", false},
      {"", false},
  };
  for (const auto& row : rows) EXPECT_EQ(trace_id_in(row.text), row.good ? trace : "") << row.text;
}

TEST(RequestHead, KeepsLineEndsOutOfHeaderFields) {
  Response response;
  response.headers.set("Content-Disposition", "inline\r\nSet-Cookie: a=b");
  const auto head = response_head(response, {}, "id");
  EXPECT_NE(head.find("Content-Disposition: inline  Set-Cookie: a=b\r\n"), std::string::npos);
}

TEST(RequestHead, FramesChunks) {
  EXPECT_EQ(chunk("0123456789abcdefg"), "11\r\n0123456789abcdefg\r\n");
  EXPECT_EQ(chunk(""), "0\r\n\r\n");
}

TEST(Terms, AreCheckedOneByOne) {
  struct Row {
    const char* name;
    std::string value;
    bool good;
  };
  const Row rows[] = {
      {"dossier", "H01-2", true},
      {"dossier", std::string(200, 'x'), true},
      {"dossier", std::string(201, 'x'), false},
      {"languages", "vie", true},
      {"languages", "vie+eng", true},
      {"languages", "chi_sim", true},
      {"languages", "", true},
      {"languages", "+vie", false},
      {"languages", "vie++eng", false},
      {"languages", "vie+", false},
      {"languages", "/etc", false},
      {"languages", std::string(65, 'a'), false},
      {"priority", "bulk", true},
      {"priority", "interactive", true},
      {"priority", "", false},
      {"split", "sheets", true},
      {"split", "blank", true},
      {"split", "12", true},
      {"split", "none", true},
      {"split", "", true},
      {"split", "0", false},
      {"split", "-1", false},
      {"split", "12 pages", false},
      {"split", "20001", false},
      {"colour", "red", false},
  };
  for (const auto& row : rows) {
    SubmissionTerms terms;
    EXPECT_EQ(set_term(terms, row.name, row.value).has_value(), row.good) << row.name << "=" << row.value;
  }
  SubmissionTerms terms;
  ASSERT_TRUE(set_term(terms, "dossier", " a\nb\x01 "));
  EXPECT_EQ(terms.dossier, "a b");
}

}  // namespace
}  // namespace sohoa::http
