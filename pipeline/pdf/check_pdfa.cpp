#include "pipeline/pdf/check_pdfa.hpp"

#include "pipeline/pdf/colour_rules.hpp"
#include "pipeline/pdf/content_rules.hpp"
#include "pipeline/pdf/document_rules.hpp"
#include "pipeline/pdf/font_rules.hpp"
#include "pipeline/pdf/metadata_rules.hpp"
#include "pipeline/pdf/structure.hpp"
#include "pipeline/pdf/syntax_rules.hpp"

namespace sohoa::pdf {

Result<PdfaReport> check_pdfa(ByteView bytes) {
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

}  // namespace sohoa::pdf
