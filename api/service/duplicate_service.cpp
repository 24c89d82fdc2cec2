#include "api/service/duplicate_service.hpp"

#include "pipeline/base/file.hpp"

namespace sohoa::api {
namespace {

constexpr std::size_t most_proposals = 16;  // whose words are compared, a millisecond for ten pages

/// The text's pages; they are separated by form feeds.
Result<std::vector<std::string>> text_pages(const ObjectStore& objects, const StoredObject& stored) {
  SOHOA_TRY(const auto file, objects.open(stored.digest));
  SOHOA_TRY(const auto bytes, read_all(file.get(), stored.size));
  const auto text = as_text(bytes);
  std::vector<std::string> pages;
  for (std::size_t begin = 0;;) {
    const auto end = text.find('\f', begin);
    pages.emplace_back(text.substr(begin, end - begin));
    if (end == std::string::npos) return pages;
    begin = end + 1;
  }
}

}  // namespace

Result<Comparison> DuplicateService::compared(const IssuedDocument& one, const IssuedDocument& other) const {
  SOHOA_TRY(const auto pages, text_pages(archive_.objects(), one.text));
  SOHOA_TRY(const auto other_pages, text_pages(archive_.objects(), other.text));
  return api::compare(pages, one.fingerprint, other_pages, other.fingerprint);
}

Result<Comparison> DuplicateService::compare(const DocumentId& id, const DocumentId& other) const {
  SOHOA_TRY(const auto one, archive_.document(id));
  SOHOA_TRY(const auto two, archive_.document(other));
  return compared(one.document, two.document);
}

Result<std::vector<Duplicate>> DuplicateService::duplicates(const DocumentId& id) {
  SOHOA_TRY(const auto record, archive_.document(id));
  const auto& document = record.document;
  SOHOA_TRY(const auto proposed,
            ask(following_, [&] { return index_.similar(document.fingerprint, id, most_proposals); }));
  std::vector<Duplicate> found;
  for (const auto& similar : proposed) {
    SOHOA_TRY(const auto other, archive_.document(similar.document));
    SOHOA_TRY(auto comparison, compared(document, other.document));
    if (comparison.other_content) continue;
    found.push_back({similar, other.document.title, std::move(comparison)});
  }
  return found;
}

}  // namespace sohoa::api
