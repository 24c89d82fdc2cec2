#include "archive/stored_values.hpp"

#include <algorithm>
#include <array>
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

Json actor_value(const Actor& actor) {
  return {{actor.kind == Actor::Kind::officer ? "officer" : "service", text_value(actor.id)}};
}

Actor read_actor(JsonReader in) {
  const bool service = in.has("service");
  return {service ? Actor::Kind::service : Actor::Kind::officer, in.text(service ? "service" : "officer")};
}

Json revision_value(const Revision& revision) {
  Json value{{"version", revision.version}, {"by", actor_value(revision.by)}, {"at", iso8601(revision.at)}};
  for (const auto& word : revision.words) {
    const auto& box = word.box;
    value["words"].push_back({{"page", word.page.value},
                              {"box", {box.x, box.y, box.width, box.height}},
                              {"text", text_value(word.text)},
                              {"was", text_value(word.was)}});
  }
  for (const auto& field : revision.fields) {
    value["fields"].push_back({{"name", std::string(name_of(field.name))},
                               {"value", text_value(field.value)},
                               {"was", text_value(field.was)}});
  }
  if (revision.read_again) value["read_again"] = true;
  return value;
}

Revision read_revision(JsonReader in) {
  Revision revision;
  revision.version = in.number32("version");
  if (revision.version < 2) in.fail("version", "is no later one");
  revision.by = read_actor(in.object("by"));
  revision.at = in.time("at");
  if (in.has("words")) {
    for (const auto& one : in.array("words")) {
      auto word = in.of(one);
      std::array<std::int32_t, 4> box{};
      const auto& numbers = word.array("box");
      if (numbers.size() != box.size()) word.fail("box", "has not four numbers");
      for (std::size_t i = 0; i < std::min(numbers.size(), box.size()); ++i) {
        const bool fits = numbers[i].is_number_unsigned() && numbers[i].get<std::uint64_t>() <= INT32_MAX;
        if (!fits) word.fail("box", "has not four numbers");
        if (fits) box[i] = numbers[i].get<std::int32_t>();
      }
      revision.words.push_back(
          {{word.number32("page")}, {box[0], box[1], box[2], box[3]}, word.text("text"), word.text("was")});
    }
  }
  if (in.has("fields")) {
    for (const auto& one : in.array("fields")) {
      auto field = in.of(one);
      const auto name = field_name_of(field.text("name"));
      if (!name) field.fail("name", "is unknown");
      revision.fields.push_back({name.value_or(FieldName::issuing_agency), field.text("value"), field.text("was")});
    }
  }
  if (in.has("read_again")) revision.read_again = in.flag("read_again");
  return revision;
}

}  // namespace sohoa
