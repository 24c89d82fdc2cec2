#include "pipeline/intake/sniff.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace sohoa::intake {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::size_t offset;
  std::string_view bytes;
  SourceFormat format;
};

constexpr std::array signatures{
    Signature{0, "\xFF\xD8\xFF"sv, SourceFormat::jpeg},
    Signature{0, "\x89PNG\r\n\x1A\n"sv, SourceFormat::png},
    Signature{0, "II*\0"sv, SourceFormat::tiff},
    Signature{0, "MM\0*"sv, SourceFormat::tiff},
    Signature{0, "II+\0"sv, SourceFormat::tiff},  // BigTIFF
    Signature{0, "MM\0+"sv, SourceFormat::tiff},
    Signature{0, "GIF87a"sv, SourceFormat::gif},
    Signature{0, "GIF89a"sv, SourceFormat::gif},
    Signature{0, "\0\0\0\x0CjP  \r\n\x87\n"sv, SourceFormat::jpeg2000},
    Signature{0, "\xFF\x4F\xFF\x51"sv, SourceFormat::jpeg2000},  // bare codestream
    Signature{0, "PK\x03\x04"sv, SourceFormat::zip},
    Signature{0, "PK\x05\x06"sv, SourceFormat::zip},  // empty
    Signature{8, "WEBP"sv, SourceFormat::webp},
};

constexpr std::array heic_brands{"heic"sv, "heix"sv, "heim"sv, "heis"sv, "hevc"sv, "mif1"sv, "msf1"sv, "avif"sv};

bool has_at(std::string_view bytes, std::size_t offset, std::string_view wanted) {
  return bytes.size() >= offset + wanted.size() && bytes.substr(offset, wanted.size()) == wanted;
}

/// "BM" alone is weak: the header's size, which follows the offset of the pixels, must be one that exists.
bool is_bmp(std::string_view bytes) {
  if (!has_at(bytes, 0, "BM"sv) || bytes.size() < 18) return false;
  constexpr std::array<unsigned char, 7> header_sizes{12, 40, 52, 56, 64, 108, 124};
  const bool small = bytes[15] == 0 && bytes[16] == 0 && bytes[17] == 0;
  return small && std::find(header_sizes.begin(), header_sizes.end(), static_cast<unsigned char>(bytes[14])) !=
                      header_sizes.end();
}

/// Office documents and e-books are ZIP files whose first entry says so; they are no folder of scans.
bool is_office_document(std::string_view bytes) {
  constexpr std::size_t first_name = 30;  // of the first local file header (APPNOTE.TXT, 4.3.7)
  return has_at(bytes, first_name, "mimetype"sv) || has_at(bytes, first_name, "[Content_Types].xml"sv) ||
         has_at(bytes, first_name, "_rels/"sv);
}

}  // namespace

std::optional<SourceFormat> sniff(ByteView first_bytes) {
  const auto bytes = as_text(first_bytes.first(std::min(first_bytes.size(), sniff_bytes)));
  for (const auto& signature : signatures) {
    if (!has_at(bytes, signature.offset, signature.bytes)) continue;
    if (signature.format == SourceFormat::webp && !has_at(bytes, 0, "RIFF"sv)) continue;
    if (signature.format == SourceFormat::zip && is_office_document(bytes)) return std::nullopt;
    return signature.format;
  }
  if (is_bmp(bytes)) return SourceFormat::bmp;
  if (has_at(bytes, 4, "ftyp"sv) && bytes.size() >= 12 &&
      std::find(heic_brands.begin(), heic_brands.end(), bytes.substr(8, 4)) != heic_brands.end()) {
    return SourceFormat::heic;
  }
  if (bytes.find("%PDF-"sv) != std::string_view::npos) return SourceFormat::pdf;
  return std::nullopt;
}

}  // namespace sohoa::intake
