// `sohoa separator`: sheets that cut a stack into documents.
#include "api/cli/commands.hpp"
#include "api/cli/console.hpp"
#include "pipeline/base/file.hpp"
#include "pipeline/sheets/sheet_document.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::api::cli {
namespace {

Sheet sheet_of(const SeparatorArguments& arguments) {
  if (arguments.dossier.empty()) return {};
  return {Sheet::Kind::cover, text::nfc(arguments.dossier), text::nfc(arguments.component)};
}

}  // namespace

Exit separator(const SeparatorArguments& arguments) {
  const auto document = sheets::sheet_document(sheet_of(arguments), arguments.count);
  if (!document) {
    complain(document.error());
    return document.error().code == ErrorCode::invalid_input ? Exit::usage : Exit::failed;
  }
  const auto written = write_file(arguments.out, *document);
  return written ? Exit::done : complain(written.error());
}

}  // namespace sohoa::api::cli
