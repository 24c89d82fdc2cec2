// The catalogue goes in as one JSON file, one CSV table, or several files as a form; all of it or nothing.

#include "api/http/conditions.hpp"
#include "api/http/handlers.hpp"
#include "api/http/header_value.hpp"
#include "api/http/multipart.hpp"
#include "api/http/problem.hpp"
#include "api/service/dossier_json.hpp"
#include "pipeline/catalogue/catalogue_json.hpp"

namespace sohoa::http {
namespace {

using Files = std::vector<catalogue::CatalogueFile>;

Response import_files(const Context& context, const Request& request, const Files& files) {
  if (files.empty()) return to_response(problem(400, "no file in the request"), request.request_id);
  const auto imported = context.office.catalogue.import(files);
  if (!imported) return refuse(request, imported.error());
  if (imported->receipt) return json_response(200, api::to_json(*imported->receipt));
  const auto count = std::to_string(imported->problems.size());
  return to_response(unprocessable("nothing was imported: " + count + " problems", api::to_json(imported->problems)),
                     request.request_id);
}

class CatalogueReceiver final : public BodyReceiver, private MultipartSink {
 public:
  CatalogueReceiver(const Context& context, const Request& request) : context_(context), request_(request) {}

  /// The body is one file of this name.
  void open_file(std::string name) { files_.push_back({std::move(name), {}}); }
  Result<void> open_form(const HeaderValue& content_type) {
    MultipartLimits limits;
    limits.parts = context_.options.limits.files;
    SOHOA_TRY(auto parser, MultipartParser::create(content_type, limits, *this));
    form_.emplace(std::move(parser));
    return {};
  }

  std::optional<Response> feed(ByteView piece) override {
    const auto most = context_.options.limits.json_bytes;
    received_ += piece.size();
    if (received_ > most) {
      return to_response(problem(413, "a catalogue of more than " + std::to_string(most) + " bytes"),
                         request_.request_id);
    }
    const auto done = form_ ? form_->feed(piece) : part_data(piece);
    if (!done) return refuse(request_, done.error());
    return std::nullopt;
  }

  Response finish() override {
    if (form_) {
      if (const auto done = form_->finish(); !done) return refuse(request_, done.error());
    }
    return import_files(context_, request_, files_);
  }

 private:
  Result<void> begin_part(const PartHeader& header) override {
    auto name = clean_file_name(stated_file_name(header.disposition).value_or(""));
    if (header.name != "file" || name.empty()) {
      return Error{ErrorCode::invalid_input, "a catalogue's form has fields called file, each with a file name"};
    }
    open_file(std::move(name));
    return {};
  }
  Result<void> part_data(ByteView piece) override {
    files_.back().text.append(as_text(piece));
    return {};
  }
  Result<void> end_part() override { return {}; }

  const Context& context_;
  const Request& request_;
  std::optional<MultipartParser> form_;  ///< none: the body is one file
  Files files_;
  std::uint64_t received_ = 0;
};

}  // namespace

Response get_catalogue(const Context& context, const Request& request) {
  const auto catalogue = context.office.catalogue.current();
  if (!catalogue) return refuse(request, catalogue.error());
  return conditional_json(request, catalogue::to_json(**catalogue));
}

std::variant<Response, std::unique_ptr<BodyReceiver>> put_catalogue(const Context& context, const Request& request) {
  const auto content_type = parse_header_value(request.headers.get("Content-Type"));
  auto receiver = std::make_unique<CatalogueReceiver>(context, request);
  if (content_type && content_type->value == "multipart/form-data") {
    if (const auto opened = receiver->open_form(*content_type); !opened) return refuse(request, opened.error());
  } else if (content_type && content_type->value == "application/json") {
    receiver->open_file("catalogue.json");
  } else if (content_type && content_type->value == "text/csv") {
    receiver->open_file("catalogue.csv");
  } else {
    return to_response(problem(415, "neither application/json, text/csv nor multipart/form-data"), request.request_id);
  }
  return receiver;
}

}  // namespace sohoa::http
