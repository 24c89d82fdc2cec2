#pragma once

#include <filesystem>
#include <memory>
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
/// catching up: one thread at a time.
class Follower {
 public:
  virtual ~Follower() = default;
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

  /// Follows the journal to its end. An index of another journal, of another form, or ahead of the journal is thrown
  /// away and made anew. Errors: those of journal and database; it then stands where it stood, or further on.
  Result<void> catch_up(const Journal& journal);
  /// Follows the entries before number `end`.
  Result<void> follow(const Journal& journal, std::uint64_t end);
  [[nodiscard]] Result<Position> position() const;

  /// At most `limit` rows after the key `after`, but for the position's: to compare two indexes.
  [[nodiscard]] Result<std::vector<Database::Row>> rows_after(const std::string& after, std::size_t limit) const;

 protected:
  Follower(std::unique_ptr<Database> database, std::uint32_t version)
      : database_(std::move(database)), version_(version) {}

  virtual Result<void> apply(const JournalEntry& entry, IndexRows& rows) = 0;
  /// Before rows are written, and after the database was cleared.
  virtual Result<void> before_flush(IndexRows& rows) = 0;
  virtual void forget() = 0;

  [[nodiscard]] const Database& database() const { return *database_; }

 private:
  [[nodiscard]] Result<bool> is_of(const Journal& journal, const Position& position, std::uint64_t size) const;
  Result<void> follow_on(const Journal& journal, std::uint64_t end);
  Result<void> write(IndexRows& rows, const Position& position);

  std::unique_ptr<Database> database_;
  const std::uint32_t version_;
  bool failed_ = false;  ///< of the following thread; what it had in memory is then of no use
};

}  // namespace sohoa::indexer
