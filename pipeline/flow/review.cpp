#include "pipeline/flow/review.hpp"

#include "pipeline/issue/json_pages.hpp"

namespace sohoa::flow {
namespace {

void ask_about(const RecognizedPage& page, Review& review) {
  for (const auto& block : page.blocks) {
    if (is_apart(block.role)) continue;
    for (const auto& line : block.lines) {
      review.words += line.words.size();
      for (std::size_t i = 0; i < line.words.size(); ++i) {
        if (is_doubtful(line.words[i])) review.asked.push_back({page.number, line.words[i], line.text(), i});
      }
    }
  }
}

}  // namespace

Result<Review> review(Archive& archive, const DocumentId& document) {
  SOHOA_TRY(const auto record, archive.document(document));
  SOHOA_TRY(auto json, archive.objects().open(record.document.json.digest));
  SOHOA_TRY(const auto pages, issue::JsonPages::open(std::move(json)));
  Review review;
  review.document = document;
  review.version = record.document.version();
  for (std::uint32_t number = 1; number <= pages.page_count(); ++number) {
    SOHOA_TRY(const auto page, pages.page({number}));
    if (const auto* read = std::get_if<RecognizedPage>(&page)) ask_about(*read, review);
  }
  for (const auto& field : pages.fields()) {
    if (field.needs_review()) review.fields.push_back(field);
  }
  return review;
}

}  // namespace sohoa::flow
