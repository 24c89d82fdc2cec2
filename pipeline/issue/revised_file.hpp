#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/issue/pdf_object_sink.hpp"
#include "pipeline/issue/written_dictionary.hpp"

namespace sohoa::issue::pdf {

class Revision;

/// A PDF of ours that grows by revisions: classic cross-reference tables, objects outside of streams, no encryption.
/// What is added stays in memory. Not for files that others made: those are taken apart in the page worker. One thread.
class RevisedFile {
 public:
  /// `fd` stays the caller's and outlives this. Errors: data_loss (not such a file), unavailable (I/O).
  static Result<RevisedFile> open(int fd);

  [[nodiscard]] std::uint64_t base_size() const { return base_size_; }
  [[nodiscard]] const std::string& added() const { return added_; }  ///< behind the base
  [[nodiscard]] std::uint64_t size() const { return base_size_ + added_.size(); }
  /// Object numbers below this are taken.
  [[nodiscard]] std::uint32_t objects() const { return static_cast<std::uint32_t>(offsets_.size()); }
  [[nodiscard]] const WrittenDictionary& trailer() const { return trailer_; }
  [[nodiscard]] std::uint64_t last_table() const { return last_table_; }
  /// An object that is a dictionary, as the newest revision has it. Errors: data_loss.
  [[nodiscard]] Result<WrittenDictionary> dictionary(Ref ref) const;
  /// What a value stands for: the value itself, or the text of the object that it refers to.
  [[nodiscard]] Result<std::string> resolved(std::string_view value) const;
  /// Errors: data_loss.
  [[nodiscard]] Result<Ref> catalog() const;
  /// Errors: data_loss (no such page).
  [[nodiscard]] Result<Ref> page(std::uint32_t number) const;

  /// Appends a revision that was begun on this file as it is now.
  void add(Revision revision);
  /// Writes over what was added, `offset` from the file's beginning.
  void overwrite(std::uint64_t offset, std::string_view text);

 private:
  Result<std::string> bytes(std::uint64_t from, std::size_t most) const;
  Result<WrittenDictionary> read_table(std::uint64_t at);
  Result<std::string> object(Ref ref) const;
  Result<std::uint32_t> pages_in(const WrittenDictionary& node) const;

  int fd_ = -1;
  std::uint64_t base_size_ = 0;
  std::string added_;
  std::uint64_t last_table_ = 0;
  std::vector<std::uint64_t> offsets_;  ///< of each object's number; 0: free
  WrittenDictionary trailer_;
};

/// One revision in the making. Objects of the file may be written anew under their numbers.
class Revision final : public ObjectSink {
 public:
  explicit Revision(const RevisedFile& file);

  [[nodiscard]] Ref reserve() override { return {next_++}; }
  Result<void> object(Ref ref, std::string_view body) override;
  Result<void> stream(Ref ref, Dictionary dictionary, ByteView data) override;
  /// Offset, from the file's beginning, of the next object's body.
  [[nodiscard]] std::uint64_t place_of_body(Ref ref) const;

 private:
  friend class RevisedFile;
  void open_object(Ref ref);
  std::string finish(WrittenDictionary& trailer, std::uint64_t previous_table);

  std::uint64_t begin_;
  std::uint32_t next_;
  std::string text_;
  std::map<std::uint32_t, std::uint64_t> offsets_;
};

}  // namespace sohoa::issue::pdf
