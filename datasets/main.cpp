// sohoa-generate: synthetic administrative documents with exact ground truth.

#include <charconv>
#include <iostream>
#include <string>
#include <string_view>

#include "datasets/generate.hpp"

namespace {

using namespace sohoa;
using namespace sohoa::datasets;

constexpr int done = 0, failed = 1, wrong_usage = 2;

constexpr std::string_view usage =
    "usage: sohoa-generate --out DIR [--count N] [--seed S] [--corpus DIR] [--types a,b] [--stratum a,b]\n"
    "                      [--dpi 72..600] [--format png|jpg|pdf|tif] [--quality 1..100] [--most-pages N]\n"
    "                      [--sheets STRATUM] [--scan N]\n"
    "types:   quyet-dinh thong-bao to-trinh bao-cao cong-van chi-thi ke-hoach huong-dan giay-moi bien-ban\n"
    "         giay-uy-quyen nghi-quyet (default: drawn from these)\n"
    "         giay-xac-nhan-tinh-trang-hon-nhan giay-chung-nhan-dang-ky-doanh-nghiep can-cuoc-cong-dan ho-chieu\n"
    "stratum: clean degraded poor seal turned bilevel (default: all in turn)\n"
    "sheets:  the stratum whose sheets are scanned (default: the same); scan: another number scans them once more\n"
    "Writes NAME-pNNN.png|jpg with NAME-pNNN.gt.txt a page, or NAME.pdf|tif with NAME.gt.txt, and NAME.truth.json.\n";

struct Request {
  std::filesystem::path out;
  std::filesystem::path corpus;
  std::uint32_t count = 10;
  GenerateOptions options;
};

Error bad(std::string_view option, std::string_view value) {
  return {ErrorCode::invalid_input, std::string(option) + ": \"" + std::string(value) + "\" is not possible"};
}

template <typename Number>
Result<Number> number_of(std::string_view option, std::string_view value) {
  Number number{};
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size()) return bad(option, value);
  return number;
}

/// The named things of a list parted by commas.
template <typename Thing, typename Named>
Result<std::vector<Thing>> list_of(std::string_view option, std::string_view value, Named named) {
  std::vector<Thing> things;
  while (!value.empty()) {
    const auto comma = std::min(value.find(','), value.size());
    const auto thing = named(value.substr(0, comma));
    if (!thing) return bad(option, value.substr(0, comma));
    things.push_back(*thing);
    value.remove_prefix(std::min(comma + 1, value.size()));
  }
  return things;
}

Result<void> set_option(Request& request, std::string_view option, std::string_view value) {
  if (option == "--out") {
    request.out = value;
  } else if (option == "--corpus") {
    request.corpus = value;
  } else if (option == "--count") {
    SOHOA_TRY(request.count, number_of<std::uint32_t>(option, value));
  } else if (option == "--seed") {
    SOHOA_TRY(request.options.seed, number_of<std::uint64_t>(option, value));
  } else if (option == "--most-pages") {
    SOHOA_TRY(request.options.most_pages, number_of<std::uint32_t>(option, value));
  } else if (option == "--dpi") {
    SOHOA_TRY(request.options.dpi, number_of<double>(option, value));
    if (!(request.options.dpi >= 72 && request.options.dpi <= 600)) return bad(option, value);
  } else if (option == "--quality") {
    SOHOA_TRY(request.options.jpeg_quality, number_of<int>(option, value));
    if (request.options.jpeg_quality < 1 || request.options.jpeg_quality > 100) return bad(option, value);
  } else if (option == "--types") {
    SOHOA_TRY(request.options.types, list_of<DocumentType>(option, value, type_of));
  } else if (option == "--stratum") {
    SOHOA_TRY(request.options.strata, list_of<Stratum>(option, value, stratum_of));
  } else if (option == "--sheets") {
    request.options.sheets = stratum_of(value);
    if (!request.options.sheets) return bad(option, value);
  } else if (option == "--scan") {
    SOHOA_TRY(request.options.scan, number_of<std::uint32_t>(option, value));
  } else if (option == "--format") {
    const auto format = format_of(value);
    if (!format) return bad(option, value);
    request.options.format = *format;
  } else {
    return Error{ErrorCode::invalid_input, "unknown option " + std::string(option)};
  }
  return {};
}

Result<Request> request_of(int count, char** arguments) {
  Request request;
  for (int i = 1; i < count; i += 2) {
    if (i + 1 == count) return Error{ErrorCode::invalid_input, std::string(arguments[i]) + " wants a value"};
    SOHOA_DO(set_option(request, arguments[i], arguments[i + 1]));
  }
  if (request.out.empty()) return Error{ErrorCode::invalid_input, "--out is missing"};
  return request;
}

Result<void> generate(const Request& request) {
  Corpus corpus = Corpus::built_in();
  if (!request.corpus.empty()) {
    SOHOA_TRY(corpus, Corpus::load(request.corpus));
  }
  std::error_code error;
  std::filesystem::create_directories(request.out, error);
  if (error) return Error{ErrorCode::unavailable, request.out.string() + ": " + error.message()};
  for (std::uint32_t i = 0; i < request.count; ++i) {
    const auto document = generate_document(corpus, request.options, i);
    SOHOA_DO(write_document(document, request.options, request.out));
    std::cout << document.truth.name << "  " << document.pages.size() << " pages\n";
  }
  return {};
}

}  // namespace

int main(int count, char** arguments) {
  const auto request = request_of(count, arguments);
  if (!request) {
    std::cerr << "sohoa-generate: " << request.error().message << '\n' << usage;
    return wrong_usage;
  }
  if (const auto result = generate(*request); !result) {
    std::cerr << "sohoa-generate: " << result.error().message << '\n';
    return failed;
  }
  return done;
}
