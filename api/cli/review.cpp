// `sohoa review`, `sohoa correct`: what is doubtful, and what is set right.
#include "api/cli/review.hpp"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <iostream>
#include <iterator>

#include "api/cli/console.hpp"
#include "api/service/review_json.hpp"
#include "api/wiring.hpp"
#include "pipeline/flow/review.hpp"
#include "pipeline/model/vietnamese.hpp"

namespace sohoa::api::cli {
namespace {

void print(const Review& review) {
  fmt::print(
      "{} {}, {} {}: {} {} ({:.1f} %), {} {}\n", say("tài liệu", "document"), review.document.value,
      say("bản", "version"), review.version, review.asked.size(), say("từ cần xem", "words to look at"),
      review.words > 0 ? 100.0 * static_cast<double>(review.asked.size()) / static_cast<double>(review.words) : 0,
      review.fields.size(), say("trường cần xem", "fields to look at"));
  for (const auto& field : review.fields) {
    fmt::print("  {} = «{}»: {}\n", say(vietnamese_name_of(field.name), name_of(field.name)), field.value,
               say(in_vietnamese(field.review), field.review));
  }
  for (const auto& asked : review.asked) {
    const auto& box = asked.word.box;
    fmt::print("  {}:{},{},{},{}  «{}» {:.0f} %", asked.page.value, box.x, box.y, box.width, box.height,
               asked.word.text, 100 * asked.word.certainty);
    for (const auto& other : asked.word.alternatives) fmt::print(" | {}", other.text);
    fmt::print("\n      {}\n", asked.line);
  }
}

Error bad(const std::string& text, const char* form) {
  return {ErrorCode::invalid_input, "'" + text + "' is not " + form};
}

/// "2:100,200,80,30=Quyết định"
Result<WordCorrection> word_of(const std::string& text) {
  constexpr auto form = "PAGE:X,Y,WIDTH,HEIGHT=TEXT";
  const auto equals = text.find('=');
  if (equals == std::string::npos) return bad(text, form);
  std::array<std::uint32_t, 5> numbers{};
  const char* at = text.data();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto read = std::from_chars(at, text.data() + equals, numbers[i]);
    const char stop = i == 0 ? ':' : i + 1 == numbers.size() ? '=' : ',';
    if (read.ec != std::errc() || *read.ptr != stop || numbers[i] > 1'000'000) return bad(text, form);
    at = read.ptr + 1;
  }
  const auto side = [&](std::size_t i) { return static_cast<std::int32_t>(numbers[i]); };
  return WordCorrection{{numbers[0]}, {side(1), side(2), side(3), side(4)}, text.substr(equals + 1), ""};
}

/// "number_symbol=47/QĐ-UBND"
Result<FieldCorrection> field_of(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos) return bad(text, "NAME=VALUE");
  const auto name = field_name_of(text.substr(0, equals));
  if (!name) return bad(text.substr(0, equals), "the name of a field");
  return FieldCorrection{*name, text.substr(equals + 1), ""};
}

Result<std::string> text_of(const std::filesystem::path& file) {
  if (file == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream in(file, std::ios::binary);
  if (!in) return Error{ErrorCode::not_found, file.string() + ": cannot be read"};
  return std::string(std::istreambuf_iterator<char>(in), {});
}

Result<RevisionRequest> request_of(const CorrectArguments& arguments, const Archive& archive) {
  RevisionRequest request;
  if (!arguments.file.empty()) {
    SOHOA_TRY(const auto text, text_of(arguments.file));
    SOHOA_TRY(request, read_revision(text, {arguments.document}));
  } else {
    SOHOA_TRY(const auto record, archive.document({arguments.document}));
    request.document = {arguments.document};
    request.revision.by = {Actor::Kind::officer, arguments.officer};
    request.revision.version = (arguments.version > 0 ? arguments.version : record.document.version()) + 1;
    request.revision.read_again = arguments.read_again;
  }
  for (const auto& text : arguments.words) {
    SOHOA_TRY(auto word, word_of(text));
    request.revision.words.push_back(std::move(word));
  }
  for (const auto& text : arguments.fields) {
    SOHOA_TRY(auto field, field_of(text));
    request.revision.fields.push_back(std::move(field));
  }
  if (request.revision.by.id.empty()) return Error{ErrorCode::invalid_input, "--officer says who sets it right"};
  return request;
}

}  // namespace

Exit show_review(const Config& config, const ReviewArguments& arguments) {
  const auto archive = open_archive(config, Access::read_only);
  if (!archive) return complain(archive.error());
  const auto found = flow::review(**archive, {arguments.document});
  if (!found) return complain(found.error());
  if (arguments.json) {
    fmt::print("{}\n", to_json(*found));
  } else {
    print(*found);
  }
  return Exit::done;
}

Exit correct(const Config& config, const CorrectArguments& arguments) {
  auto plant = Plant::start(config);
  if (!plant) return complain(plant.error());
  const auto request = request_of(arguments, (*plant)->archive());
  if (!request) return complain(request.error());
  const auto receipt = (*plant)->digitizer().revise(*request);
  if (!receipt) return complain(receipt.error());
  if (arguments.json) {
    fmt::print("{}\n", to_json(*receipt));
  } else {
    fmt::print("{} {}: {} {}, {} {}\n", say("tài liệu", "document"), receipt->document.value, say("bản", "version"),
               request->revision.version, say("bút toán nhật ký", "journal entry"), receipt->journal_entry);
  }
  return Exit::done;
}

}  // namespace sohoa::api::cli
