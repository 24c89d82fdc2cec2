#include "pipeline/intake/sniff.hpp"

#include <gtest/gtest.h>

#include <string>

namespace sohoa::intake {
namespace {

using namespace std::string_literals;

struct Row {
  std::string name;
  std::string bytes;
  std::optional<SourceFormat> format;
};

class Sniff : public testing::TestWithParam<Row> {};

TEST_P(Sniff, TellsByContent) {
  EXPECT_EQ(sniff(as_bytes(GetParam().bytes)), GetParam().format);
}

INSTANTIATE_TEST_SUITE_P(
    Formats, Sniff,
    testing::Values(
        Row{"pdf", "%PDF-1.7\n", SourceFormat::pdf},
        Row{"pdf_after_junk", std::string(900, ' ') + "%PDF-1.4", SourceFormat::pdf},
        Row{"pdf_header_too_late", std::string(1100, ' ') + "%PDF-1.4", std::nullopt},
        Row{"jpeg", "\xFF\xD8\xFF\xE0..", SourceFormat::jpeg}, Row{"png", "\x89PNG\r\n\x1A\n....", SourceFormat::png},
        Row{"tiff_little", "II*\0...."s, SourceFormat::tiff}, Row{"tiff_big", "MM\0*...."s, SourceFormat::tiff},
        Row{"webp", "RIFF....WEBPVP8 ", SourceFormat::webp}, Row{"riff_but_sound", "RIFF....WAVEfmt ", std::nullopt},
        Row{"heic",
            "\0\0\0\x18"
            "ftypheic...."s,
            SourceFormat::heic},
        Row{"mp4",
            "\0\0\0\x18"
            "ftypisom...."s,
            std::nullopt},
        Row{"jp2", "\0\0\0\x0CjP  \r\n\x87\n"s, SourceFormat::jpeg2000},
        Row{"bmp", "BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"s, SourceFormat::bmp},
        Row{"text_that_starts_with_BM", "BMW drives along the road", std::nullopt},
        Row{"gif", "GIF89a", SourceFormat::gif}, Row{"zip", "PK\x03\x04....", SourceFormat::zip},
        Row{"office_document", "PK\x03\x04" + std::string(26, '\0') + "mimetypeapplication/vnd.oasis", std::nullopt},
        Row{"text", "hello", std::nullopt}, Row{"empty", "", std::nullopt}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace sohoa::intake
