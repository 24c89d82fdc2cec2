#include "archive/stored_values.hpp"

#include <charconv>

namespace sohoa {

Json source_value(const SourceFile& source) {
  return {{"media_type", std::string(media_type(source.format))},
          {"name", text_value(source.name)},
          {"sha256", source.digest.hex()},
          {"size", source.size}};
}

SourceFile read_source(JsonReader in) {
  const auto format = by_name(in.text("media_type"), SourceFormat::zip, [](auto value) { return media_type(value); });
  if (!format) in.fail("media_type", "is unknown");
  return {in.text("name"), in.digest("sha256"), in.number("size"), format.value_or(SourceFormat::pdf)};
}

Json error_value(const Error& error, std::uint32_t page) {
  return {{"code", std::string(name_of(error.code))}, {"message", text_value(error.message)}, {"page", page}};
}

PlacedError read_error(JsonReader in) {
  const auto code = by_name(in.text("code"), ErrorCode::internal, [](auto value) { return name_of(value); });
  if (!code) in.fail("code", "is unknown");
  return {{code.value_or(ErrorCode::internal), in.text("message")}, in.number32("page")};
}

Json object_value(const StoredObject& object) {
  return {{"sha256", object.digest.hex()}, {"size", object.size}};
}

StoredObject read_object(JsonReader in) {
  return {in.digest("sha256"), in.number("size")};
}

Json part_value(const StackPart& part) {
  return {{"component", text_value(part.component)},
          {"first_page", part.first_page},
          {"number", part.number},
          {"pages", part.pages}};
}

StackPart read_part(JsonReader in) {
  return {in.number32("number"), in.number32("first_page"), in.number32("pages"), in.text("component")};
}

Json fingerprint_value(const Fingerprint& fingerprint) {
  Json pages = Json::array();
  for (const auto& page : fingerprint.pages) pages.push_back(page ? page->hex() : std::string());
  Bytes text;
  for (const auto least : fingerprint.text.minima) {
    for (int shift = 24; shift >= 0; shift -= 8) text.push_back(static_cast<std::uint8_t>(least >> shift));
  }
  return {{"pages", std::move(pages)}, {"text", to_hex(text)}, {"words", fingerprint.text.words}};
}

Fingerprint read_fingerprint(JsonReader in) {
  Fingerprint fingerprint;
  for (const auto& page : in.array("pages")) {
    const auto digits = page.is_string() ? page.get<std::string>() : std::string("?");
    fingerprint.pages.push_back(PageHash::from_hex(digits));
    if (!digits.empty() && !fingerprint.pages.back()) in.fail("pages", "is not a list of page hashes");
  }
  if (fingerprint.pages.size() > Fingerprint::most_pages) in.fail("pages", "has more than 32 page hashes");
  fingerprint.text.words = in.number("words");
  const auto text = in.text("text");
  const bool whole = text.size() == 8 * TextSketch::size;
  if (!text.empty() && (!whole || text.find_first_not_of("0123456789abcdef") != std::string::npos)) {
    in.fail("text", "is not 64 numbers of 8 hexadecimal digits");
    return fingerprint;
  }
  for (std::size_t at = 0; at < text.size(); at += 8) {
    std::uint32_t least = 0;
    std::from_chars(text.data() + at, text.data() + at + 8, least, 16);
    fingerprint.text.minima.push_back(least);
  }
  return fingerprint;
}

}  // namespace sohoa
