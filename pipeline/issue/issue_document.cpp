#include "pipeline/issue/issue_document.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <memory>

#include "pipeline/issue/alto_writer.hpp"
#include "pipeline/issue/fingerprinter.hpp"
#include "pipeline/issue/json_writer.hpp"
#include "pipeline/issue/languages.hpp"
#include "pipeline/issue/pdfa_document.hpp"
#include "pipeline/issue/summary.hpp"
#include "pipeline/issue/text_writer.hpp"
#include "pipeline/issue/tidy_page.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa {
namespace {

using namespace issue;

ByteSink into(ObjectWriter& writer) {
  return [&writer](ByteView piece) { return writer.write(piece); };
}

PdfMetadata metadata_of(const DigitizedDocument& document, const std::string& title) {
  return {title, document.digitized_at, document.id, bcp47_of_first(document.options.languages)};
}

/// The source's name, with its number where it is one of a stack's documents, as a title: one line of at most 500
/// characters of proper Unicode.
std::string title_of(const DigitizedDocument& document) {
  constexpr std::size_t longest = 500;  // a PDF string holds 32,767 bytes; no viewer shows so much
  const auto number = document.part ? '/' + std::to_string(document.part->number) : std::string();
  const std::string name = text::folded_spaces(text::nfc(document.source.name + number));
  return text::utf8(std::u32string_view(text::code_points(name)).substr(0, longest));
}

/// The document's own name as 16 bytes.
pdf::FileId permanent_id_of(const DocumentId& document) {
  pdf::FileId id{};
  if (const auto digest = Digest::from_hex(document.value + document.value)) {
    std::copy_n(digest->bytes.begin(), id.size(), id.begin());
  }
  return id;
}

/// The four results on their way into the store.
class Results {
 public:
  static Result<std::unique_ptr<Results>> open(const DigitizedDocument& document, ObjectStore& store,
                                               const FieldExtractor* extractor, const std::string& title) {
    Writers objects;
    for (auto& writer : objects) {
      SOHOA_TRY(writer, store.create());
    }
    std::unique_ptr<Results> results(new Results(document, std::move(objects), title));
    if (extractor != nullptr) results->collector_ = extractor->begin();
    SOHOA_DO(results->pdf_.begin());
    SOHOA_DO(results->alto_.begin(document));
    SOHOA_DO(results->json_.begin(document));
    return results;
  }

  Result<void> add_page(const ReadPage& read, PageNumber number) {
    const RecognizedPage page = tidied(read.page, number);
    summary_.add_page(page);
    fingerprinter_.add_page(page);
    if (collector_ != nullptr) collector_->add_page(page);
    SOHOA_DO(pdf_.add_page(read.canvas, page));
    SOHOA_DO(text_.add_page(page));
    SOHOA_DO(alto_.add_page(page));
    return json_.add_page(page);
  }

  Result<void> add_unread_page(const FailedPage& page) {
    summary_.add_unread_page(page);
    fingerprinter_.add_unread_page();
    SOHOA_DO(pdf_.add_unread_page());
    SOHOA_DO(text_.add_unread_page());
    SOHOA_DO(alto_.add_unread_page(page.page));
    return json_.add_unread_page(page);
  }

  /// Ends the four results and makes them durable; `issued` gets their names.
  Result<IssuedDocument> commit(IssuedDocument issued) {
    SOHOA_DO(pdf_.finish(permanent_id_of(issued.id)));
    SOHOA_DO(text_.finish());
    SOHOA_DO(alto_.finish());
    SOHOA_DO(json_.finish(summary_, fields()));
    SOHOA_TRY(const auto stored, commit_all(objects_));
    issued.pdf = stored[Objects::pdf];
    issued.text = stored[Objects::text];
    issued.alto = stored[Objects::alto];
    issued.json = stored[Objects::json];
    issued.failed_pages = summary_.failed_pages();
    issued.notes = summary_.notes();
    issued.fingerprint = fingerprinter_.finish();
    return issued;
  }

 private:
  DocumentFields fields() {
    auto found = collector_ != nullptr ? collector_->finish() : DocumentFields{};
    lock_fields(found, locked_fields_);
    return found;
  }

  enum Objects : std::size_t { pdf, text, alto, json };
  using Writers = std::array<std::unique_ptr<ObjectWriter>, 4>;  ///< by Objects

  Results(const DigitizedDocument& document, Writers objects, const std::string& title)
      : objects_(std::move(objects)),
        pdf_(into(*objects_[pdf]), metadata_of(document, title)),
        text_(into(*objects_[text])),
        alto_(into(*objects_[alto])),
        json_(into(*objects_[json])),
        summary_(document.inspection),
        locked_fields_(document.locked_fields) {}

  Writers objects_;
  PdfaDocument pdf_;
  TextWriter text_;
  AltoWriter alto_;
  JsonWriter json_;
  Summary summary_;
  Fingerprinter fingerprinter_;
  std::unique_ptr<FieldCollector> collector_;  ///< null: no fields are wanted
  const std::vector<Field>& locked_fields_;
};

/// The page, if it was read and can be shown.
Result<ReadPage> usable_page(PageSource& pages, PageNumber number) {
  SOHOA_TRY(ReadPage read, pages.page(number));
  SOHOA_DO(issue::check(read.canvas));
  return read;
}

}  // namespace

Result<IssuedDocument> issue_document(const DigitizedDocument& document, ObjectStore& store,
                                      const FieldExtractor* extractor) {
  assert(document.pages != nullptr);
  const std::uint32_t count = document.pages->page_count();
  if (count == 0) return Error{ErrorCode::invalid_input, "a document without pages"};
  const std::string title = title_of(document);
  SOHOA_TRY(const auto results, Results::open(document, store, extractor, title));
  for (std::uint32_t number = 1; number <= count; ++number) {
    auto read = usable_page(*document.pages, {number});
    SOHOA_DO(read ? results->add_page(*read, {number}) : results->add_unread_page({{number}, read.error()}));
  }
  IssuedDocument issued;
  issued.id = document.id;
  issued.source = document.source;
  issued.dossier = document.dossier;
  issued.digitized_at = document.digitized_at;
  issued.pages = count;
  issued.title = title;
  issued.part = document.part;
  issued.source_signed = document.inspection.carries_signature;
  return results->commit(std::move(issued));
}

}  // namespace sohoa
