#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/base/clock.hpp"
#include "pipeline/base/digest.hpp"
#include "pipeline/model/fingerprint.hpp"
#include "pipeline/model/ids.hpp"
#include "pipeline/model/recognized_page.hpp"
#include "pipeline/model/revision.hpp"
#include "pipeline/model/source.hpp"
#include "pipeline/model/stack.hpp"

namespace sohoa {

/// A page that could not be read, and why.
struct FailedPage {
  PageNumber page;
  Error error;
};

/// Gives a document's pages one at a time, so that memory does not grow with their number.
class PageSource {
 public:
  virtual ~PageSource() = default;
  [[nodiscard]] virtual std::uint32_t page_count() const = 0;
  /// The page as it was read, or why it could not be. `number` is 1..page_count().
  virtual Result<ReadPage> page(PageNumber number) = 0;
};

/// A source file whose pages have all been read, or given up with a reason.
struct DigitizedDocument {
  DocumentId id;
  SourceFile source;
  SourceInspection inspection;
  ReadOptions options;
  std::string dossier;  ///< dossier code, "" where none was given
  WallTime digitized_at{};
  PageSource* pages = nullptr;       ///< not owned; outlives the document
  std::optional<StackPart> part;     ///< of the source, where that is a stack; `pages` are then its pages alone
  std::string signature_report;      ///< of the source's signatures, a JSON array; "": it bears none
  std::vector<Field> locked_fields;  ///< set right by officers: what is found in the pages does not replace them
};

struct StoredObject {
  Digest digest;
  std::uint64_t size = 0;
};

/// The forms in which a document can be had.
enum class Representation : std::uint8_t { original, pdf, text, alto, json };
inline constexpr Representation all_representations[] = {
    Representation::original, Representation::pdf, Representation::text, Representation::alto, Representation::json};
[[nodiscard]] std::string_view name_of(Representation representation);  ///< "pdf"
[[nodiscard]] std::optional<Representation> representation_of(std::string_view name);

/// A document whose results are durable in the object store, ready to be recorded.
struct IssuedDocument {
  DocumentId id;
  SourceFile source;
  std::string dossier;
  WallTime digitized_at{};
  std::uint32_t pages = 0;
  std::string title;  ///< the source's name
  bool source_signed = false;
  std::optional<StackPart> part;  ///< of the source, where that is a stack
  StoredObject pdf;
  StoredObject text;
  StoredObject alto;
  StoredObject json;
  std::vector<FailedPage> failed_pages;
  std::vector<std::string> notes;
  std::optional<Revision> revision;  ///< what made this version; none: it is the first

  [[nodiscard]] std::uint32_t version() const { return revision ? revision->version : 1; }
  Fingerprint fingerprint;
};

/// The archive's promise that a document is there.
struct ArchiveReceipt {
  DocumentId document;
  std::uint64_t journal_entry = 0;  ///< the entry's index, from 0
  Digest entry_hash;                ///< RFC 6962 leaf hash of the entry
  std::string archived_at;          ///< ISO 8601, +07:00
  bool operator==(const ArchiveReceipt&) const = default;
};

}  // namespace sohoa
