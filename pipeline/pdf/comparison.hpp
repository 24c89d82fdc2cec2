#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "pipeline/pdf/file.hpp"

namespace sohoa::pdf {

/// Objects that are compared by themselves, so that a reference to one is told by its number.
struct ComparedApart {
  std::unordered_set<const Object*> pages;  ///< and nodes of their tree
  std::unordered_set<const Object*> parts;  ///< annotations and fields
};

/// Compares values as two revisions have them, all that they refer to included. What stands apart is known by the
/// structure of the document, never by what it says of itself, as who writes a document may call anything a page.
class Comparison {
 public:
  Comparison(const View& before, const View& after, const ComparedApart& apart)
      : before_(before), after_(after), apart_(apart) {}

  /// What a page shows must not lead to annotations and fields that may change: there they are entered.
  enum class Scope : std::uint8_t { contents, document };
  /// Where the two differ: "object 12: /Length", at most eight places. An object that was compared once is not compared
  /// again, so that what differs is told in the first place that comes to it.
  [[nodiscard]] std::vector<std::string> differences(const Object& before, const Object& after,
                                                     Scope scope = Scope::document);
  /// Objects of the later revision that were compared.
  [[nodiscard]] const std::unordered_set<const Object*>& compared() const { return compared_; }

 private:
  struct Pair {
    const Object* before;
    const Object* after;
    std::int64_t object = 0;  ///< the number of the one that they stand in
    std::string_view key;
  };
  void compare(const Pair& pair);
  void compare_entries(const Pair& pair);
  void compare_elements(const Pair& pair);
  void compare_data(const Pair& pair);
  void differ(const Pair& pair);
  bool is_apart(const Object& object) const;

  const View& before_;
  const View& after_;
  const ComparedApart& apart_;
  Scope scope_ = Scope::document;
  std::vector<Pair> open_;
  std::vector<std::string> found_;
  std::unordered_set<const Object*> compared_;
  struct HashPair {
    std::size_t operator()(const std::pair<const Object*, const Object*>& pair) const {
      return std::hash<const void*>()(pair.first) * 31 + std::hash<const void*>()(pair.second);
    }
  };
  std::unordered_set<std::pair<const Object*, const Object*>, HashPair> seen_;
};

/// An entry of a dictionary as two revisions have it, references not followed.
struct EntryPair {
  std::string_view key;
  const Object* before = &null_object;
  const Object* after = &null_object;
};
/// The entries of either, by key.
[[nodiscard]] std::vector<EntryPair> entries_of(const Object& before, const Object& after);

}  // namespace sohoa::pdf
