#include "api/http/header_value.hpp"

#include <gtest/gtest.h>

namespace sohoa::http {
namespace {

TEST(HeaderValue, ReadsParameters) {
  const auto value = parse_header_value("Multipart/Form-Data ; Boundary = abc ; charset=\"u;t\\\"f\"; ");
  ASSERT_TRUE(value);
  EXPECT_EQ(value->value, "multipart/form-data");
  EXPECT_EQ(value->parameter("boundary"), "abc");
  EXPECT_EQ(value->parameter("charset"), "u;t\"f");
  EXPECT_FALSE(value->parameter("name"));
}

TEST(HeaderValue, RefusesMalformedOnes) {
  std::string many = "a";
  for (int i = 0; i < 17; ++i) many += "; p=1";
  for (const auto& text : {std::string(""), std::string("  "), std::string("; a=b"), std::string("a; b"),
                           std::string("a; =b"), std::string("a; b=\"c"), std::string("a; b=\"c\" d"), many})
    EXPECT_FALSE(parse_header_value(text)) << text;
}

struct NameRow {
  const char* label;
  const char* disposition;
  const char* name;
};

TEST(HeaderValue, FindsTheFileName) {
  const NameRow rows[] = {
      {"token", "form-data; filename=a.pdf", "a.pdf"},
      {"quoted", "form-data; filename=\"a b.pdf\"", "a b.pdf"},
      {"UTF-8 as it is", "form-data; filename=\"Giấy khai sinh.pdf\"", "Giấy khai sinh.pdf"},
      {"browser's quotation mark", "form-data; filename=\"a%22b.pdf\"", "a\"b.pdf"},
      {"per cent sign stays", "form-data; filename=\"100%.pdf\"", "100%.pdf"},
      {"escaped quotation mark", "form-data; filename=\"a\\\"b.pdf\"", "a\"b.pdf"},
      {"Windows path", "form-data; filename=\"C:\\scans\\new.pdf\"", "C:\\scans\\new.pdf"},
      {"extended before plain", "form-data; filename=x; filename*=UTF-8''Quy%E1%BA%BFt.pdf", "Quyết.pdf"},
      {"with a language", "form-data; filename*=utf-8'vi'%C4%91", "đ"},
      {"Latin-1", "form-data; filename*=iso-8859-1''caf%E9", "café"},
      {"unknown charset", "form-data; filename*=tcvn''x; filename=y", "y"},
      {"broken escape", "form-data; filename*=UTF-8''%4; filename=y", "y"},
      {"no apostrophes", "form-data; filename*=x; filename=y", "y"},
      {"none", "form-data; name=file", "(none)"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(stated_file_name(*parse_header_value(row.disposition)).value_or("(none)"), row.name) << row.label;
}

TEST(HeaderValue, MakesFileNamesHarmless) {
  const NameRow rows[] = {
      {"plain", "a.pdf", "a.pdf"},
      {"folders", "../../etc/passwd", "passwd"},
      {"Windows folders", "C:\\scans\\new.pdf", "new.pdf"},
      {"only dots", "..", ""},
      {"ends in a slash", "a/", ""},
      {"control characters", "a\x01\x1b[31m.pdf", "a[31m.pdf"},
      {"line end", "a\nb", "a b"},
      {"decomposed", "Vie\xCC\xA3\xCC\x82t", "Việt"},
      {"not UTF-8", "a\xFF.pdf", "a\xEF\xBF\xBD.pdf"},
  };
  for (const auto& row : rows) EXPECT_EQ(clean_file_name(row.disposition), row.name) << row.label;
}

TEST(HeaderValue, CutsLongFileNamesBetweenCharacters) {
  std::string name;
  for (int i = 0; i < 200; ++i) name += "ế";
  const auto clean = clean_file_name(name);
  EXPECT_EQ(clean.size(), 255U);
  EXPECT_EQ(clean, name.substr(0, 255));
  EXPECT_EQ(clean_file_name("a" + name).size(), 253U + 0U);
  EXPECT_EQ(clean_file_name(std::string(254, 'x') + " pdf"), std::string(254, 'x'));  // no space at the end
}

TEST(HeaderValue, WritesADispositionThatEveryClientReads) {
  const auto text = inline_disposition("Đơn \"xin\" 50%.pdf");
  EXPECT_EQ(text, "inline; filename=\"Don _xin_ 50_.pdf\"; filename*=UTF-8''%C4%90%C6%A1n%20%22xin%22%2050%25.pdf");
  EXPECT_EQ(stated_file_name(*parse_header_value(text)), "Đơn \"xin\" 50%.pdf");
}

}  // namespace
}  // namespace sohoa::http
