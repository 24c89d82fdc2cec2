#include "archive/stored_values.hpp"

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

}  // namespace sohoa
