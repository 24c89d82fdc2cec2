#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"
#include "pipeline/pdf/object.hpp"
#include "pipeline/pdf/unpack.hpp"

namespace sohoa::pdf {

/// Where a cross-reference section says that an object is.
struct Entry {
  enum class Kind : std::uint8_t { free, in_file, in_stream };
  Kind kind = Kind::free;
  std::uint64_t place = 0;   ///< offset in the file, or the object stream's number
  std::uint32_t detail = 0;  ///< generation, or index in the object stream
  bool operator==(const Entry&) const = default;
};

/// One cross-reference table or stream, with its trailer.
struct Section {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;  ///< behind the trailer's dictionary, or the stream's endobj
  bool is_stream = false;
  Object trailer;
  std::vector<std::pair<std::uint32_t, Entry>> entries;
};

/// What one writer left behind: everything up to an end-of-file marker (ISO 32000-1, 7.5.6). The two sections of a
/// linearized file are one revision, as are a table and the stream that its XRefStm names.
struct Revision {
  std::vector<Section> sections;  ///< the newer first
  std::uint64_t marker = 0;       ///< behind its %%EOF
  std::uint64_t end = 0;          ///< behind the white space that follows
  [[nodiscard]] const Object& trailer() const { return sections.front().trailer; }
};

/// Something that is not written as it should be.
struct Flaw {
  const char* clause;  ///< of ISO 19005-2
  std::uint8_t rule;   ///< PdfaFinding::rule
  std::string what;
  std::uint64_t at = 0;  ///< byte of the file
};

/// A PDF taken apart into its revisions and objects. Objects are read when they are asked for, each place once; they
/// stay at their address. Nothing is repaired: a reader that repairs may see another document than the next one does.
class File {
 public:
  /// `bytes` must outlive it. Errors: invalid_input (no cross-reference data that can be followed), resource_exhausted.
  static Result<File> open(ByteView bytes);

  [[nodiscard]] ByteView bytes() const { return bytes_; }
  [[nodiscard]] const std::vector<Revision>& revisions() const { return revisions_; }  ///< the oldest first
  [[nodiscard]] const std::vector<Flaw>& flaws() const { return flaws_; }
  [[nodiscard]] bool is_encrypted() const;  ///< by what any revision says
  /// Behind each %%EOF that belongs to a startxref, in order, whether a revision ends there or not.
  [[nodiscard]] const std::vector<std::uint64_t>& markers() const { return markers_; }

  /// Numbers of all objects that any revision knows, in order.
  [[nodiscard]] std::vector<std::uint32_t> numbers() const;
  /// What the revision `index` and those before it say of an object; free where they say nothing.
  struct Stated {
    Entry entry;
    std::uint32_t revision = 0;  ///< index of the one that says it
    [[nodiscard]] std::int64_t generation() const { return entry.kind == Entry::Kind::in_file ? entry.detail : 0; }
  };
  [[nodiscard]] Stated stated(std::uint32_t number, std::size_t index) const;
  /// Everything that is said of the object, by all revisions, the oldest first.
  [[nodiscard]] std::vector<Stated> all_stated(std::uint32_t number) const;

  /// The object that begins at an offset; nullptr where there is none that can be read (and that is a flaw).
  const Indirect* at_offset(std::uint64_t offset);

 private:
  friend class View;
  struct Row {
    std::uint32_t number;
    std::uint32_t revision;
    Entry entry;
  };
  struct Unpacked {
    Bytes data;
    std::vector<std::pair<std::uint32_t, std::uint64_t>> index;  ///< number, offset in data
    std::vector<std::unique_ptr<Object>> objects;                ///< once read
  };

  Result<void> read_revisions();
  Result<std::vector<Section>> read_chain(std::uint64_t newest);
  Result<void> check_order();
  void index_entries();
  void load_objects();
  bool holds(const Row& row);
  void flaw(const char* clause, std::uint8_t rule, std::string what, std::uint64_t at);

  ByteView bytes_;
  std::vector<Revision> revisions_;
  std::vector<Row> rows_;  ///< by number, then revision
  std::vector<Flaw> flaws_;
  std::vector<std::uint64_t> markers_;
  std::unordered_map<std::uint64_t, std::unique_ptr<Indirect>> indirects_;  ///< by offset; null: cannot be read
  std::unordered_map<std::uint64_t, std::unique_ptr<Unpacked>> unpacked_;   ///< by the object stream's offset
  std::uint64_t unpacked_bytes_ = 0;
};

/// The document as it stood at the end of one revision.
class View {
 public:
  View(File& file, std::size_t revision) : file_(file), revision_(revision) {}

  [[nodiscard]] File& file() const { return file_; }
  [[nodiscard]] std::size_t revision() const { return revision_; }
  [[nodiscard]] std::uint64_t end() const { return file_.revisions()[revision_].end; }
  [[nodiscard]] const Object& trailer() const { return file_.revisions()[revision_].trailer(); }

  /// null_object where there is no such object, or where it reaches beyond what the revision had.
  [[nodiscard]] const Object& object(std::uint32_t number, std::int64_t generation) const;
  /// Follows a reference, and references to references.
  [[nodiscard]] const Object& resolved(const Object& object) const;
  /// The value of a key, reference followed.
  [[nodiscard]] const Object& get(const Object& dictionary, std::string_view key) const {
    return resolved(dictionary.at(key));
  }
  [[nodiscard]] const Object& root() const { return get(trailer(), "Root"); }

  /// How a stream ends.
  struct Extent {
    ByteView data;
    std::uint64_t end = 0;     ///< behind endobj
    bool line_end = false;     ///< exactly one between data and endstream
    bool well_spaced = false;  ///< endobj has a line end on either side
  };
  /// Errors: invalid_input (its Length is none, or no endstream and endobj follow).
  [[nodiscard]] Result<Extent> extent(const Object& stream) const;
  /// A stream's data, unpacked. Errors: as extent; invalid_input (the data are damaged), unsupported (a filter for
  /// images, or none that we know), resource_exhausted (more than `limit` bytes).
  [[nodiscard]] Result<Bytes> unpacked(const Object& stream, std::size_t limit) const;
  [[nodiscard]] std::vector<Filter> filters(const Object& stream) const;

 private:
  const Object* in_stream(std::uint32_t number, const Entry& entry) const;
  File::Unpacked* opened_stream(std::uint64_t number) const;

  File& file_;
  std::size_t revision_;
};

}  // namespace sohoa::pdf
