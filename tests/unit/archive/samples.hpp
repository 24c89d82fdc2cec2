#pragma once

// The vocabulary of the archive's tests: results that must be good, and documents made of a word.

#include <gtest/gtest.h>

#include <string>

#include "pipeline/ports/archive.hpp"
#include "tests/support/program.hpp"
#include "tests/unit/archive/hasty_files.hpp"

namespace sohoa::test {

using testing_support::TemporaryFolder;

/// What every call in a test that is not about errors is wrapped in.
template <typename T>
T must(Result<T> result) {
  if (!result) ADD_FAILURE() << result.error().message;
  if (!result) std::abort();
  return *std::move(result);
}
inline void must(const Result<void>& result) {
  if (!result) ADD_FAILURE() << result.error().message;
}

template <typename T>
::testing::AssertionResult fails_with(const Result<T>& result, ErrorCode code) {
  if (result) return ::testing::AssertionFailure() << "no error";
  if (result.error().code == code) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << name_of(result.error().code) << ": " << result.error().message;
}

inline Digest digest_of(std::string_view text) {
  return sha256(as_bytes(text));
}

/// An original called `word`.pdf whose bytes are "original WORD".
inline Result<SourceFile> try_source(ObjectStore& store, const std::string& word) {
  SOHOA_TRY(const auto stored, put(store, as_bytes("original " + word)));
  return SourceFile{word + ".pdf", stored.digest, stored.size, SourceFormat::pdf};
}

/// A document of that original; its results are durable too.
inline Result<IssuedDocument> try_document(ObjectStore& store, const std::string& word, std::uint32_t pages = 1) {
  IssuedDocument document;
  SOHOA_TRY(document.source, try_source(store, word));
  document.id = DocumentId::of(document.source.digest);
  document.title = document.source.name;
  document.pages = pages;
  document.digitized_at = WallTime(std::chrono::milliseconds(1'795'000'000'123));
  SOHOA_TRY(document.pdf, put(store, as_bytes("pdf " + word)));
  SOHOA_TRY(document.text, put(store, as_bytes("text " + word)));
  SOHOA_TRY(document.alto, put(store, as_bytes("alto " + word)));
  SOHOA_TRY(document.json, put(store, as_bytes("json " + word)));
  return document;
}

/// An officer's: a word and two fields, one of a kind that there may be several of.
inline Revision some_revision(std::uint32_t version) {
  Revision revision;
  revision.version = version;
  revision.by = {Actor::Kind::officer, "cb-01"};
  revision.at = WallTime(std::chrono::milliseconds(1'795'000'100'456));
  revision.words = {{{2}, {10, 20, 30, 40}, "Quyết định", "Quyêt đinh"}};
  revision.fields = {{FieldName::number_symbol, "47/QĐ-UBND", ""}, {FieldName::recipients, "", "Như Điều 3"}};
  return revision;
}

inline SubmissionItem pending_item(const SourceFile& source) {
  SubmissionItem item;
  item.name = source.name;
  item.source = source;
  return item;
}

}  // namespace sohoa::test
