#include "pipeline/pdf/check_pdfa.hpp"

#include <algorithm>
#include <optional>

#include "pipeline/pdf/colour_rules.hpp"
#include "pipeline/pdf/content_rules.hpp"
#include "pipeline/pdf/document_rules.hpp"
#include "pipeline/pdf/font_rules.hpp"
#include "pipeline/pdf/metadata_rules.hpp"
#include "pipeline/pdf/structure.hpp"
#include "pipeline/pdf/syntax_rules.hpp"

namespace sohoa::pdf {

namespace {

Result<PdfaReport> check(ByteView bytes) {
  SOHOA_TRY(auto file, File::open(bytes));
  const View view(file, file.revisions().size() - 1);
  if (file.is_encrypted()) return PdfaReport{{{"6.1.3", 2, "the file is encrypted", "trailer"}}};
  Judge judge(view);
  check_syntax(judge);
  check_output_intents(judge);
  check_catalogue(judge);
  check_metadata(judge);
  check_form(judge);
  const auto pages = pages_of(view);
  judge.expect(pages.is_whole && !pages.pages.empty(), "6.1.9", 0, "the page tree has no pages, or runs in a circle",
               "page tree");
  FontUses fonts;
  std::size_t number = 0;
  for (const auto& page : pages.pages) {
    const auto where = "page " + std::to_string(++number);
    check_page(judge, page, where);
    check_page_content(judge, page, fonts, where);
  }
  check_fonts(judge, fonts);
  return judge.take();
}

/// Where the header stands if not at the start; nothing where there is none.
std::optional<std::size_t> place_of_header(ByteView bytes) {
  constexpr std::size_t searched = 1024;  // bytes; what readers look through
  const auto at = as_text(bytes.first(std::min(searched, bytes.size()))).find("%PDF-");
  return at == std::string_view::npos ? std::nullopt : std::optional(at);
}

}  // namespace

Result<PdfaReport> check_pdfa(ByteView bytes) {
  const auto header = place_of_header(bytes);
  if (!header) return Error{ErrorCode::invalid_input, "not a PDF"};
  auto report = check(bytes);
  if (report || report.error().code != ErrorCode::invalid_input) return report;
  const PdfaFinding damaged{"6.1.4", 0, report.error().message, "file"};
  if (*header == 0) return PdfaReport{{damaged}};
  // Offsets may count from the header.
  auto shifted = check(bytes.subspan(*header));
  if (!shifted) return PdfaReport{{damaged}};
  shifted->findings.insert(shifted->findings.begin(), {"6.1.2", 1, "something stands before the header", "header"});
  return shifted;
}

}  // namespace sohoa::pdf
