#pragma once

#include <filesystem>
#include <memory>
#include <shared_mutex>
#include <string>
#include <vector>

#include "indexer/index_rows.hpp"
#include "pipeline/ports/journal.hpp"

namespace sohoa::indexer {

/// How far a follower is, and whose journal it followed.
struct Position {
  std::uint32_t version = 0;  ///< of the rows' form; another one is rebuilt
  std::uint64_t entries = 0;
  Digest last;  ///< leaf hash of the last entry followed
  bool operator==(const Position&) const = default;
  static constexpr auto fields = [](auto& self) { return std::tie(self.version, self.entries, self.last); };
};

/// An index that is made of the journal's entries, one after the other, in a database of its own. Rows and position are
/// written in one batch, so that after a crash it stands at some entry and goes on from there. Reading: any thread;
/// following: one thread at a time.
class Follower {
 public:
  virtual ~Follower() = default;
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

  /// Follows the journal to its end. An index of another journal, of another form, ahead of the journal, or with rows
  /// that cannot be read is thrown away and made anew. Errors: those of journal and database; it then stands where it
  /// stood, or further on, and the next call goes on from there.
  Result<void> catch_up(const Journal& journal);
  /// Follows the entries before number `end`.
  Result<void> follow(const Journal& journal, std::uint64_t end);
  /// Throws everything away, damaged files included; the next following makes it anew. Waits for those who read.
  Result<void> empty();
  [[nodiscard]] Result<Position> position() const;

  /// At most `limit` rows after the key `after`, but for the position's: to compare two indexes.
  [[nodiscard]] Result<std::vector<Database::Row>> rows_after(const std::string& after, std::size_t limit) const;

 protected:
  Follower(std::filesystem::path folder, std::unique_ptr<Database> database, std::uint32_t version)
      : folder_(std::move(folder)), version_(version), database_(std::move(database)) {}

  /// The database of an index; one that is damaged is removed and begun anew (read_write).
  static Result<std::unique_ptr<Database>> open_database(const std::filesystem::path& folder, OpenMode mode);

  virtual Result<void> apply(const JournalEntry& entry, IndexRows& rows) = 0;
  /// Before rows are written.
  virtual Result<void> before_flush(IndexRows& rows) = 0;
  /// Makes what is kept in memory fit the database as it stands.
  virtual Result<void> remember() = 0;

  /// Held by whoever reads, public functions of the subclasses first of all: the database stays while it lives.
  /// Errors: unavailable.
  [[nodiscard]] Result<std::shared_lock<std::shared_mutex>> reading() const;
  [[nodiscard]] const Database& database() const { return *database_; }

 private:
  [[nodiscard]] Result<Position> stored_position() const;
  [[nodiscard]] Result<bool> is_of(const Journal& journal, const Position& position, std::uint64_t size) const;
  Result<void> follow_on(const Journal& journal, std::uint64_t end);
  Result<void> write(IndexRows& rows, const Position& position);

  // Constant after construction.
  const std::filesystem::path folder_;
  const std::uint32_t version_;
  // Replaced by the following thread alone, with readers shut out.
  mutable std::shared_mutex replacing_;
  std::unique_ptr<Database> database_;
  // Of the following thread only.
  bool failed_ = false;   ///< what is kept in memory may not fit the database
  bool damaged_ = false;  ///< the last failure lay in the index, not in the journal
};

}  // namespace sohoa::indexer
